package io.asynclog.consumer;

import java.util.concurrent.TimeUnit;

/**
 * How a loop waits for more records. While they flow it lingers, so that no producer has to wake it; only then does it sleep.
 * While they come slowly it lingers longer, so that more of them come together, for to wake for a handful is dear: at 100,000
 * records a second that takes the processor time of the loop down to a quarter. Where somebody awaits them, and would wait
 * for the loop, it sleeps at once, so that the next record wakes it.
 *
 * <p>Used by the thread of the loop.
 */
final class Linger {
    /** What {@link #nextNanos} returns when the loop is to sleep until a record wakes it. */
    static final long UNTIL_WOKEN = Long.MAX_VALUE;

    static final long MIN_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** To flush as many at once costs little for each of them. */
    static final int LARGE_BATCH = 256;

    private static final int SPINS = 20;
    private static final int ROUNDS = 8;

    /** How long the loop lingers at first; 0 when it sleeps at once. */
    private long nanos = MIN_NANOS;

    private int idleRounds;

    /** Hears of a batch of at least {@link #LARGE_BATCH} records that was flushed. */
    void afterLarge() {
        nanos = Math.max(nanos / 2, MIN_NANOS);
    }

    /** Hears of a smaller batch that was flushed. */
    void afterSmall(boolean awaited) {
        nanos = awaited ? 0 : Math.min(Math.max(2 * nanos, MIN_NANOS), MAX_NANOS);
    }

    /** Hears that there was something to do. */
    void reset() {
        idleRounds = 0;
    }

    /**
     * Returns how long to wait before looking again: 0 for a moment, or {@link #UNTIL_WOKEN}. To be called when there was
     * nothing to do.
     */
    long nextNanos() {
        if (idleRounds < SPINS) {
            idleRounds++;
            return 0;
        }
        int round = idleRounds - SPINS;
        if (nanos == 0 || round == ROUNDS) {
            return UNTIL_WOKEN;
        }
        idleRounds++;
        return Math.min(nanos << round, MAX_NANOS);
    }
}
