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

    /**
     * Returns whether there is nothing but printable ASCII in a range: nearly all there is, hence eight bytes at a
     * time.
     */
    static boolean isPrintableAscii(byte[] bytes, int from, int to) {
        int last = to - Long.BYTES;
        for (int at = from; at < last; at += Long.BYTES) {
            if (!isPrintableAscii((long) LONGS.get(bytes, at))) {
                return false;
            }
        }
        if (last >= from) {
            return isPrintableAscii((long) LONGS.get(bytes, last)); // overlaps the ones before
        }
        for (int at = from; at < to; at++) {
            if (bytes[at] < ' ' || bytes[at] == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /**
     * Looks at eight bytes. The high bit of a byte is set in the first term when the byte is 0x80 or more, in the
     * second when it is below 0x20, in the third when it is 0x7f. A carry into the next byte comes from a byte that
     * counts anyway.
     */
    private static boolean isPrintableAscii(long bytes) {
        return ((bytes | (bytes - BLANKS) | (bytes + ONES)) & HIGH_BITS) == 0;
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
