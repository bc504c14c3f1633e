package io.asynclog.autoconfigure;

import java.util.Locale;

/** How states and times are written, alike at the endpoint, in health and in meters. */
public final class Notation {
    private static final double NANOS_PER_MILLI = 1_000_000;

    private Notation() {}

    /** Returns a constant's name as it is written in a property, such as {@code best-effort}. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns a time in milliseconds, with fractions. */
    public static double millis(long nanos) {
        return nanos / NANOS_PER_MILLI;
    }

    /** Returns a mean of times in milliseconds. */
    public static double millis(double nanos) {
        return nanos / NANOS_PER_MILLI;
    }
}
