package io.asynclog.buffer;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The time of day in nanoseconds, at the price of one {@link System#nanoTime()} and without garbage.
 *
 * <p>The distance between the two clocks is measured by {@link #calibrate()}, which its owner calls about once a
 * second, so that a step of the system clock or a suspended machine shows in the time stamps within that second. Safe
 * for any number of threads.
 */
public final class EpochClock {
    /** Differences below this are the jitter of the measurement itself; following them would make time stamps waver. */
    private static final long TOLERANCE_NANOS = 200_000;

    private static final int ATTEMPTS = 3;

    private final LongSupplier distance;
    private volatile long offsetNanos;

    /** Creates a calibrated clock. */
    public EpochClock() {
        this(EpochClock::measure);
    }

    /** Creates a calibrated clock. Tests say what the distance of the two clocks is. */
    EpochClock(LongSupplier distance) {
        this.distance = distance;
        offsetNanos = distance.getAsLong();
    }

    /** Returns nanoseconds since 1970-01-01T00:00:00Z. */
    public long epochNanos() {
        return System.nanoTime() + offsetNanos;
    }

    /** Follows the system clock where it has moved against {@link System#nanoTime()}. */
    void calibrate() {
        long measured = distance.getAsLong();
        if (Math.abs(measured - offsetNanos) > TOLERANCE_NANOS) {
            offsetNanos = measured;
        }
    }

    /** Returns the distance, by the quickest of some attempts: a thread that is held up in one measures its pause. */
    private static long measure() {
        long offset = 0;
        long quickest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long before = System.nanoTime();
            Instant now = Instant.now();
            long duration = System.nanoTime() - before;
            if (duration < quickest) {
                quickest = duration;
                long epochNanos =
                        Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
                offset = epochNanos - (before + duration / 2);
            }
        }
        return offset;
    }
}
