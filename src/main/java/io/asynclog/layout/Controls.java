package io.asynclog.layout;

import io.asynclog.internal.ControlCharacters;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds and escapes {@link ControlCharacters} in UTF-8. */
final class Controls {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long BLANKS = 0x2020202020202020L;
    private static final long QUOTES = 0x2222222222222222L;
    private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Controls() {}

    /** Returns how many bytes the control character at {@code at} has, or 0 when there is none. */
    static int lengthAt(byte[] bytes, int at, int end) {
        byte first = bytes[at];
        if (first >= ' ') {
            return first == 0x7f ? 1 : 0;
        }
        if (first >= 0) {
            return 1;
        }
        if (first == (byte) 0xc2) { // U+0080 to U+00BF
            return at + 1 < end && bytes[at + 1] < (byte) 0xa0 ? 2 : 0;
        }
        boolean isSeparator = first == (byte) 0xe2
                && at + 2 < end
                && bytes[at + 1] == (byte) 0x80
                && (bytes[at + 2] == (byte) 0xa8 || bytes[at + 2] == (byte) 0xa9);
        return isSeparator ? 3 : 0;
    }

    /** Returns whether there is nothing but printable ASCII in a range. */
    static boolean isPrintableAscii(byte[] bytes, int from, int to) {
        return isPrintableAscii(bytes, from, to, 0, 0);
    }

    /** Returns whether there is nothing but printable ASCII in a range, and no quote or backslash. */
    static boolean isPlainJson(byte[] bytes, int from, int to) {
        return isPrintableAscii(bytes, from, to, QUOTES, BACKSLASHES);
    }

    /**
     * Looks at eight bytes at a time, as nearly all text there is passes.
     *
     * @param one eight times a byte that does not pass either; 0, which does not pass anyway, for none
     * @param other another
     */
    private static boolean isPrintableAscii(byte[] bytes, int from, int to, long one, long other) {
        int last = to - Long.BYTES;
        for (int at = from; at < last; at += Long.BYTES) {
            if (!isPrintableAscii((long) LONGS.get(bytes, at), one, other)) {
                return false;
            }
        }
        if (last >= from) {
            return isPrintableAscii((long) LONGS.get(bytes, last), one, other); // overlaps the ones before
        }
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (b < ' ' || b == 0x7f || b == (byte) one || b == (byte) other) {
                return false;
            }
        }
        return true;
    }

    /**
     * The high bit of a byte is set in the first term when the byte is 0x80 or more, in the second when it is below
     * 0x20, in the third when it is 0x7f, in the last two when it is one of those left out. A carry into the next byte
     * comes from a byte that counts anyway.
     */
    private static boolean isPrintableAscii(long bytes, long one, long other) {
        long outside = bytes | (bytes - BLANKS) | (bytes + ONES);
        return ((outside | ((bytes ^ one) - ONES) | ((bytes ^ other) - ONES)) & HIGH_BITS) == 0;
    }

    /** Escapes the control characters of what was appended since {@code from}. */
    static void escape(ByteOutput out, int from) {
        if (isPrintableAscii(out.array(), from, out.length())) {
            return;
        }
        byte[] text = out.cut(from);
        for (int i = 0; i < text.length; ) {
            int length = lengthAt(text, i, text.length);
            if (length == 0) {
                out.append(text[i++]);
            } else {
                appendEscape(out, text, i, length);
                i += length;
            }
        }
    }

    /** Appends a string in UTF-8 with its control characters escaped. */
    static void appendEscaped(ByteOutput out, String text) {
        int from = out.length();
        out.append(text);
        escape(out, from);
    }

    /** Appends a text in UTF-8 with its control characters escaped. */
    static void appendEscaped(ByteOutput out, byte[] source, int offset, int count) {
        int from = out.length();
        out.append(source, offset, count);
        escape(out, from);
    }

    /** Appends the escape of a control character whose length {@link #lengthAt} has told. */
    static void appendEscape(ByteOutput out, byte[] text, int at, int length) {
        int codePoint =
                switch (length) {
                    case 1 -> text[at];
                    case 2 -> text[at + 1] & 0xff; // behind the lead byte 0xc2 the code point is the second byte
                    default -> 0x2000 | (text[at + 2] & 0x3f);
                };
        out.append(ControlCharacters.escape(codePoint));
    }
}
