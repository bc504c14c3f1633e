package io.asynclog;

/**
 * Is told of every flush of every sink when it has returned; for meters. Called by the thread of that sink, once per
 * flush and never on the path of a log call, so several sinks may call at the same time. Whoever takes long here holds
 * that sink up.
 *
 * <p>What it throws is reported to the {@link ErrorHandler} and changes nothing for the sink.
 */
public interface FlushListener {
    /**
     * Called after a flush that succeeded.
     *
     * @param sink the sink's name
     * @param flushNanos how long the sink took, in nanoseconds
     * @param deliveryNanos how long ago the first record of the flush was logged, in nanoseconds; not negative. One
     *     that was bound to a transaction, or waited for room, may have been under way longer
     */
    void flushed(String sink, long flushNanos, long deliveryNanos);

    /**
     * Called after a flush that threw.
     *
     * @param sink the sink's name
     * @param flushNanos how long the sink took, in nanoseconds
     */
    void flushFailed(String sink, long flushNanos);
}
