package io.asynclog.benchmarks;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** What several rounds measured of one thing: the median, the smallest and the largest. */
record Spread(double median, double smallest, double largest) {
    static Spread of(DoubleStream measured) {
        double[] sorted = measured.sorted().toArray();
        return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    /** Returns the median with the smallest and the largest behind it in brackets. */
    String format(String number) {
        return String.format(Locale.ROOT, number + " (" + number + "-" + number + ")", median, smallest, largest);
    }
}
