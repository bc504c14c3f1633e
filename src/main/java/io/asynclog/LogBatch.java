package io.asynclog;

/**
 * Records handed to a {@link FlushFunction} in one call, in the order of their {@linkplain LogRecord#sequence()
 * sequence}.
 *
 * <p>May be iterated any number of times while the call lasts. The records are views of memory that the next batch uses
 * again: use {@link LogRecord#copy()} for what must outlive the call.
 */
public interface LogBatch extends Iterable<LogRecord> {
    /** Returns the number of records, at least 1. */
    int size();

    /**
     * Returns whether this sink may have been given some of these records before: after a flush that failed, where one
     * came {@linkplain #early() early}, or, with a buffer in mapped files, before the process ended in the midst of a
     * flush. A receiver recognises a repeat by {@link LogRecord#instance()} and {@link LogRecord#sequence()}.
     */
    boolean redelivered();

    /**
     * Returns the same records for an iteration that makes no object for each: one object, a <i>flyweight</i>, becomes
     * one record after another. For outputs that are done with a record before they ask for the next; those that write
     * its texts with {@link LogRecord#copyUtf8} then make next to no garbage. To gather what this gives, or to hand it
     * to another thread, is a mistake, but for a {@link LogRecord#copy()}.
     */
    default Iterable<LogRecord> oneAtATime() {
        return this;
    }

    /**
     * Returns whether this is a single record that comes before its turn, as a test of the sink. The engine tries a few
     * records this way when a batch has failed to the last attempt and so has its first record alone, and again when
     * that one has failed alone to the last attempt. If one of these calls returns normally, the engine takes the sink
     * to be alive, and in the end refuses records before it for good that fail again. If all throw, it takes the sink
     * to be down, and the records wait.
     *
     * <p>The record comes again in its turn. A sink that goes by the order of the records, or that only notes the
     * highest sequence, may ignore it here. But such a sink must throw, unless it knows that its receiver is alive.
     *
     * <p>Always false for a sink whose records all go through.
     */
    default boolean early() {
        return false;
    }
}
