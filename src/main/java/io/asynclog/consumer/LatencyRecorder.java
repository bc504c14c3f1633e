package io.asynclog.consumer;

import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** A histogram of durations. Guarded by its owner's lock. */
final class LatencyRecorder {
    private static final long MAX_NANOS = 3_600_000_000_000L;
    private static final int DIGITS = 2;
    /** Finer than a microsecond nobody looks. */
    private static final long MIN_NANOS = 1_000;

    private static final LatencySummary NONE = new LatencySummary(0, 0, 0, 0, 0, 0, 0);

    /**
     * Made by {@link #prepare}: its library is loaded by a sink's thread then, not by the one that starts the
     * application.
     */
    private @Nullable Histogram histogram;

    /** Exact to 16 digits; a whole number would overflow when millions of records have waited for an hour. */
    private double totalNanos;

    /** Takes the memory that the first duration needs, if there is any: {@link #record} takes none then. */
    void prepare() {
        if (histogram == null) {
            histogram = new Histogram(MIN_NANOS, MAX_NANOS, DIGITS);
        }
    }

    /**
     * Adds a duration; a negative one, from a clock that was set back, counts as zero, and one over an hour as an hour.
     */
    void record(long nanos) {
        record(nanos, 1);
    }

    /** Adds a duration so many times. */
    void record(long nanos, long times) {
        long bounded = Math.max(0, Math.min(nanos, MAX_NANOS));
        prepare();
        Objects.requireNonNull(histogram).recordValueWithCount(bounded, times);
        totalNanos += (double) bounded * times;
    }

    LatencySummary summary() {
        Histogram durations = histogram;
        if (durations == null) {
            return NONE;
        }
        return new LatencySummary(
                durations.getTotalCount(),
                totalNanos,
                durations.getValueAtPercentile(50),
                durations.getValueAtPercentile(90),
                durations.getValueAtPercentile(99),
                durations.getValueAtPercentile(99.9),
                durations.getMaxValue());
    }
}
