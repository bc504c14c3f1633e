package io.asynclog.consumer;

import org.HdrHistogram.Histogram;

/** A histogram of durations. Guarded by its owner's lock. */
final class LatencyRecorder {
    private static final long MAX_NANOS = 3_600_000_000_000L;
    private static final int DIGITS = 2;
    /** Finer than a microsecond nobody looks. */
    private static final long MIN_NANOS = 1_000;

    private final Histogram histogram = new Histogram(MIN_NANOS, MAX_NANOS, DIGITS);
    private long totalNanos;

    /** Adds a duration; a negative one, from a clock that was set back, counts as zero, and one over an hour as an hour. */
    void record(long nanos) {
        record(nanos, 1);
    }

    /** Adds a duration so many times. */
    void record(long nanos, long times) {
        long bounded = Math.max(0, Math.min(nanos, MAX_NANOS));
        histogram.recordValueWithCount(bounded, times);
        totalNanos += bounded * times;
    }

    LatencySummary summary() {
        return new LatencySummary(
                histogram.getTotalCount(),
                totalNanos,
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getTotalCount() == 0 ? 0 : histogram.getMaxValue());
    }
}
