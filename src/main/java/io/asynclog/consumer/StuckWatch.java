package io.asynclog.consumer;

import io.asynclog.ErrorHandler;
import java.util.concurrent.TimeUnit;

/**
 * Looks whether a flush lasts too long, and where its thread stands then, and reports it once. Does nothing about it.
 */
final class StuckWatch {
    private final Sink sink;
    private final SinkCall call;
    private final Thread thread;
    private final ErrorHandler errors;
    /** Whether the flush under way was reported. Used by the housekeeping only. */
    private boolean reported;

    StuckWatch(Sink sink, SinkCall call, Thread thread, ErrorHandler errors) {
        this.sink = sink;
        this.call = call;
        this.thread = thread;
        this.errors = errors;
    }

    /** Returns whether the flush under way lasts too long. For any thread. */
    boolean isStuck() {
        return call.flushingNanos()
                > TimeUnit.NANOSECONDS.convert(sink.options().flushTimeout());
    }

    /**
     * Returns the frames of the flush, the innermost first: that one alone would mostly be a lock or a socket. For any
     * thread.
     */
    String stuckAt() {
        return Frames.of(thread.getStackTrace());
    }

    /** Reports where the flush under way stands, if there is one, when the time for it is over. */
    void reportUnfinished() {
        if (call.flushingNanos() > 0) {
            errors.report("Sink '" + sink.name() + "' is stopped in a flush, at " + stuckAt(), null);
        }
    }

    /** Reports a sink that has got stuck since the last look. Called by the housekeeping. */
    void check() {
        boolean stuck = isStuck();
        if (stuck && !reported) {
            errors.report("Sink '" + sink.name() + "' is stuck at " + stuckAt(), null);
        }
        reported = stuck;
    }
}
