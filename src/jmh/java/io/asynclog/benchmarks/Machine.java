package io.asynclog.benchmarks;

import java.util.Locale;

/** The machine that measures. */
final class Machine {
    private Machine() {}

    /** Returns what the figures depend on most, for the head of a table. */
    static String description() {
        Runtime runtime = Runtime.getRuntime();
        return String.format(
                Locale.ROOT,
                "Java %s, %s, %d processors",
                Runtime.version(),
                System.getProperty("os.arch"),
                runtime.availableProcessors());
    }
}
