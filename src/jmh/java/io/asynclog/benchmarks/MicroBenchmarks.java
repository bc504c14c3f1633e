package io.asynclog.benchmarks;

import java.io.IOException;

/**
 * The JMH benchmarks of {@code io.asynclog.benchmarks.micro}: what the stations of a record cost, one by one.
 *
 * <p>Arguments are those of JMH itself: a part of a benchmark's name, {@code -f} forks, {@code -i} iterations,
 * {@code -p kind=string} to choose among parameters, {@code -prof gc} for the bytes that are allocated for each
 * operation, {@code -h} for all there are.
 */
public final class MicroBenchmarks {
    private MicroBenchmarks() {}

    /** Runs them. */
    public static void main(String[] args) throws IOException {
        org.openjdk.jmh.Main.main(args);
    }
}
