package io.asynclog.layout;

import org.jspecify.annotations.Nullable;

/**
 * A date pattern split at its fraction of a second, the letters {@code S}.
 *
 * @param before what stands before the fraction
 * @param digits the digits of the fraction, 0 to 9
 * @param after what stands behind the fraction
 */
record FractionPattern(String before, int digits, String after) {
    private static final int MAX_DIGITS = 9;
    /**
     * Further letters that change within a second, the padding letter, and optional sections, which cannot be split.
     */
    private static final String UNSPLITTABLE = "nNAp[]";

    /** Splits a pattern; returns null when more in it than one fraction changes within a second. */
    static @Nullable FractionPattern of(String pattern) {
        int begin = pattern.length();
        int end = pattern.length();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && UNSPLITTABLE.indexOf(c) >= 0) {
                return null;
            } else if (!quoted && c == 'S') {
                if (begin == pattern.length()) {
                    begin = i;
                    end = i + 1;
                } else if (end == i) {
                    end = i + 1;
                } else {
                    return null;
                }
            }
        }
        if (end - begin > MAX_DIGITS) {
            return null;
        }
        return new FractionPattern(pattern.substring(0, begin), end - begin, pattern.substring(end));
    }

    /** Returns the worth of the last digit. */
    int nanosPerDigit() {
        int nanos = 1_000_000_000;
        for (int i = 0; i < digits; i++) {
            nanos /= 10;
        }
        return nanos;
    }
}
