package io.asynclog.consumer;

import java.util.concurrent.TimeUnit;

/**
 * How a loop waits for more records. While they flow it lingers, so that no producer has to wake it; only then does it
 * sleep. The slower they come the longer it lingers, so that they gather into larger batches: waking for a handful is
 * expensive. At 100,000 records a second this takes the loop's processor time down to a quarter. Whoever waits for a
 * record, or for room, {@linkplain io.asynclog.buffer.Cursor#hurry cuts it short}, as does who begins a segment.
 *
 * <p>Used by the thread of the loop.
 */
final class Linger {
    /** What {@link #nextNanos} returns when the loop is to sleep until a record wakes it. */
    static final long UNTIL_WOKEN = Long.MAX_VALUE;

    static final long MIN_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    /** From this size on, in records or bytes, a batch is cheap for each record. */
    static final int LARGE_BATCH = 256;

    static final int LARGE_BATCH_BYTES = 32 * 1024;

    private static final int SPINS = 20;
    private static final int ROUNDS = 8;

    private final int largeBatch;
    /** How long the loop lingers at first. */
    private long nanos = MIN_NANOS;

    private int idleRounds;
    /** Whether the latest batch was small, and the loop has not waited behind it. */
    private boolean isGathering;

    /** Creates the waiting of a loop whose batches have at most so many records. */
    Linger(int maxBatch) {
        largeBatch = Math.min(LARGE_BATCH, maxBatch);
    }

    /**
     * Notes a batch that was passed.
     *
     * @param records how many it had
     * @param bytes in how many bytes they were found
     * @param pressed whether the next look is to follow at once, however small the batch: there are more records, or
     *     somebody waited for one of these, and so may do so again in a moment
     */
    void after(int records, int bytes, boolean pressed) {
        boolean large = records >= largeBatch || bytes >= LARGE_BATCH_BYTES;
        nanos = large ? Math.max(nanos / 2, MIN_NANOS) : Math.min(2 * nanos, MAX_NANOS);
        isGathering = !large && !pressed;
    }

    /**
     * Returns how long to let records come together before the next look: behind a small batch once, else 0. A loop
     * that looked at once would find the one record that has come during the flush, where a flush takes as long as it
     * takes for one to come, and so would go on to flush them one by one, each at the price of a batch.
     *
     * @param sinceLook nanoseconds since the latest look, in which some have come together already
     */
    long gatherNanos(long sinceLook) {
        if (!isGathering) {
            return 0;
        }
        isGathering = false;
        idleRounds = SPINS + 1; // this is the first of the rounds
        return Math.max(0, nanos - sinceLook);
    }

    /** Notes that there was something to do. */
    void reset() {
        idleRounds = 0;
    }

    /**
     * Returns how long to wait before looking again: 0 for a moment, or {@link #UNTIL_WOKEN}. To be called when there
     * was nothing to do.
     */
    long nextNanos() {
        if (idleRounds < SPINS) {
            idleRounds++;
            return 0;
        }
        int round = idleRounds - SPINS;
        if (round == ROUNDS) {
            return UNTIL_WOKEN;
        }
        idleRounds++;
        return Math.min(nanos << round, MAX_NANOS);
    }
}
