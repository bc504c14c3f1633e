package io.asynclog.consumer;

import io.asynclog.ErrorHandler;
import io.asynclog.buffer.Cursor;
import io.asynclog.buffer.EpochClock;
import io.asynclog.buffer.SegmentBatch;
import io.asynclog.internal.Failures;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls one sink with a batch, and keeps account of how that goes. Used by the sink's loop, but for what is said to be
 * for any thread.
 */
final class SinkCall {
    private final Sink sink;
    private final Cursor cursor;
    private final EpochClock clock;
    private final SinkStats stats;
    private final FlushListeners listeners;
    private final ErrorHandler errors;

    /** Failures since anything went through. Volatile, written by the loop: others see whether the sink is retried. */
    private volatile int failuresInARow;

    private boolean down;

    /** When the flush under way began, by {@link System#nanoTime}, made odd; 0 when none is. Read by other threads. */
    private volatile long flushingSince;

    SinkCall(
            Sink sink,
            Cursor cursor,
            EpochClock clock,
            SinkStats stats,
            FlushListeners listeners,
            ErrorHandler errors) {
        this.sink = sink;
        this.cursor = cursor;
        this.clock = clock;
        this.stats = stats;
        this.listeners = listeners;
        this.errors = errors;
    }

    /**
     * Has the sink flush a batch, which ends with that. Whatever it throws, an {@link Error} included, is its failure
     * and nobody else's.
     *
     * @return null when the batch is flushed, and counted
     */
    @Nullable
    Throwable flush(SegmentBatch batch) {
        cursor.attempt(batch);
        long begin = System.nanoTime();
        flushingSince = begin | 1;
        Throwable failure = null;
        try {
            sink.function().flush(batch);
        } catch (Throwable thrown) {
            failure = thrown;
        } finally {
            flushingSince = 0;
            batch.release();
        }
        long nanos = System.nanoTime() - begin;
        if (failure == null) {
            long end = clock.epochNanos();
            if (stats.flushed(batch, nanos, end)) {
                tellFlushed(nanos, Math.max(0, end - batch.epochNanos(0)));
            } else {
                failure = new TimeoutException("The flush ended after the shutdown"); // which has reported what is left
            }
        } else {
            stats.flushFailed(Failures.describe(failure));
            failed(failure);
            listeners.flushFailed(nanos);
        }
        Thread.interrupted(); // one that the sink or a listener left behind must not cut the next flush or pause short
        return failure;
    }

    /** Nothing that breaks off here, for want of memory say, may have the batch flushed and counted again. */
    private void tellFlushed(long nanos, long deliveryNanos) {
        try {
            succeeded();
            listeners.flushed(nanos, deliveryNanos);
        } catch (Throwable untold) {
            // The flush is counted; it went well.
        }
    }

    private void succeeded() {
        int before = failuresInARow;
        if (before == 0) {
            return;
        }
        failuresInARow = 0;
        if (down) {
            down = false;
            errors.report("Sink '" + sink.name() + "' takes records again after " + before + " failures", null);
        }
    }

    private void failed(Throwable failure) {
        int before = failuresInARow;
        failuresInARow = before + 1;
        if (before == 0) {
            errors.report("Sink '" + sink.name() + "' failed and is retried", failure);
        }
    }

    /** Notes that the sink takes nothing at all, until something goes through. */
    void noteDown(Throwable failure) {
        if (!down) {
            down = true;
            errors.report("Sink '" + sink.name() + "' takes nothing; its records wait until it does", failure);
        }
    }

    /** Returns whether the last flush failed. For any thread. */
    boolean isFailing() {
        return failuresInARow > 0;
    }

    /**
     * Returns how long to wait after rounds that failed.
     *
     * @param rounds how many of them in a row, each of which may have called the sink many times: 1 or more
     */
    Duration pauseAfter(int rounds) {
        long nanos = sink.options().retry().delayAfter(rounds).toNanos();
        return Duration.ofNanos(nanos - ThreadLocalRandom.current().nextLong(nanos / 2 + 1));
    }

    /** Returns for how long the flush under way has lasted, 0 when none is. For any thread. */
    long flushingNanos() {
        long since = flushingSince;
        return since == 0 ? 0 : Math.max(1, System.nanoTime() - since);
    }
}
