package io.asynclog.internal;

import java.util.HexFormat;

/**
 * What could end a line, move the cursor of a terminal or show a line in another order than it has: control characters
 * (below 0x20, 0x7f to 0x9f), the separators U+2028 and U+2029, and the embeddings, overrides and isolates of
 * bidirectional text (U+202A to U+202E, U+2066 to U+2069). The one place that says which these are and how they are
 * escaped. What looks at UTF-8 or at eight bytes at a time says the same once more, as it has no character in hand.
 */
public final class ControlCharacters {
    private ControlCharacters() {}

    /** Returns whether a character, given as a code point, is one of these. */
    public static boolean isControl(int codePoint) {
        return codePoint < ' '
                || (codePoint > '~' && codePoint < 0xa0)
                || (codePoint >= 0x2028 && codePoint <= 0x202e) // separators of lines and paragraphs; bidirectional
                || (codePoint >= 0x2066 && codePoint <= 0x2069); // bidirectional isolates
    }

    /** Returns what is printed in the place of one of these. */
    public static String escape(int codePoint) {
        return switch (codePoint) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u" + HexFormat.of().toHexDigits((char) codePoint);
        };
    }
}
