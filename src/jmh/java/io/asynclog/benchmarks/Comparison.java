package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;

/** A benchmark that forks a JVM for each figure. */
interface Comparison {
    /**
     * Measures, prints Markdown tables, and leaves a file for {@link Charts} where there is something to draw.
     *
     * @return how many records were lost, doubled, or out of order where the subject keeps one
     */
    long run(PrintStream out) throws IOException, InterruptedException;

    /** Ends a program, with an error when there were such faults: what loses records is fast for nothing. */
    static void end(long faults) {
        if (faults > 0) {
            System.err.println("Records were lost, doubled or out of order: " + faults);
            System.exit(1);
        }
    }
}
