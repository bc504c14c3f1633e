package io.asynclog.layout;

import io.asynclog.internal.ControlCharacters;
import java.nio.charset.StandardCharsets;

/** Texts of a record made safe, as they are in a line of a {@link PatternLayout}, for outputs that deal in strings. */
public final class SafeText {
    private SafeText() {}

    /** Returns a text with its control characters and line separators escaped. */
    public static String escape(String text) {
        if (isPlain(text)) {
            return text;
        }
        ByteOutput out = new ByteOutput();
        Controls.appendEscaped(out, text);
        return toString(out);
    }

    /** Returns a stack trace with its control characters escaped, but for those that make its lines. */
    public static String escapeTrace(String trace) {
        ByteOutput out = new ByteOutput();
        ExceptionPart.appendSafely(trace.getBytes(StandardCharsets.UTF_8), out);
        return toString(out);
    }

    private static boolean isPlain(String text) {
        return text.chars().noneMatch(ControlCharacters::isControl);
    }

    private static String toString(ByteOutput out) {
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    }
}
