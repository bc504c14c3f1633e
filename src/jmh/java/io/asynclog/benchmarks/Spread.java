package io.asynclog.benchmarks;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** What several rounds measured of one thing: the median, the smallest and the largest. */
record Spread(double median, double smallest, double largest) {
    static Spread of(DoubleStream measured) {
        double[] sorted = measured.sorted().toArray();
        int last = sorted.length - 1;
        double median =
                (sorted[last / 2] + sorted[sorted.length / 2]) / 2; // of an even number: between the two in the middle
        return new Spread(median, sorted[0], sorted[last]);
    }

    /** Returns the median with the smallest and the largest behind it in brackets. */
    String format(String number) {
        return String.format(Locale.ROOT, number + " (" + number + "-" + number + ")", median, smallest, largest);
    }
}
