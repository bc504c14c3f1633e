package io.asynclog.layout;

import io.asynclog.InvalidOptionException;

/**
 * The text of a pattern and the option it comes from.
 *
 * @param option the name of the option
 * @param text the pattern
 */
record PatternText(String option, String text) {
    /** Returns the exception for a fault that begins at {@code at}; readers count from 1. */
    InvalidOptionException fault(int at, String reason, String mend) {
        return new InvalidOptionException(option, text, "At character " + (at + 1) + ": " + reason, mend);
    }
}
