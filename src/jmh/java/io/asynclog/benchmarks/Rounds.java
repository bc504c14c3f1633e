package io.asynclog.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is compared takes turns, so that a machine that slows down does so for all. */
final class Rounds {
    private Rounds() {}

    /** Returns what each of some things measured in each round. */
    static <T, R> Map<T, List<R>> run(int rounds, List<T> things, Measurement<T, R> measurement)
            throws IOException, InterruptedException {
        Map<T, List<R>> results = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (T thing : things) {
                results.computeIfAbsent(thing, key -> new ArrayList<>()).add(measurement.of(thing));
            }
        }
        return results;
    }

    /** Measures once. */
    @FunctionalInterface
    interface Measurement<T, R> {
        R of(T thing) throws IOException, InterruptedException;
    }
}
