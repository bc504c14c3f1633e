package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;

/** A benchmark that forks a JVM for each figure. */
interface Comparison {
    /**
     * Measures, prints Markdown tables, and leaves a file for {@link Charts} where there is something to draw.
     *
     * @return how many records were lost or doubled
     */
    long run(PrintStream out) throws IOException, InterruptedException;
}
