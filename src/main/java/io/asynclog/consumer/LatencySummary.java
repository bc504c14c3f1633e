package io.asynclog.consumer;

/**
 * A distribution of durations since the start. Percentiles are exact to 1%, and all are zero while the count is.
 *
 * @param count how many durations
 * @param totalNanos their sum in nanoseconds
 * @param p50Nanos the 50th percentile in nanoseconds
 * @param p90Nanos the 90th percentile in nanoseconds
 * @param p99Nanos the 99th percentile in nanoseconds
 * @param p999Nanos the 99.9th percentile in nanoseconds
 * @param maxNanos the longest in nanoseconds
 */
public record LatencySummary(
        long count, double totalNanos, long p50Nanos, long p90Nanos, long p99Nanos, long p999Nanos, long maxNanos) {

    /** Returns the mean in nanoseconds. */
    public double meanNanos() {
        return count == 0 ? 0 : totalNanos / count;
    }
}
