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
        boolean isControl = first == (byte) 0xe2
                && at + 2 < end
                && ControlCharacters.isControl(0x2000 | ((bytes[at + 1] & 0x3f) << 6) | (bytes[at + 2] & 0x3f));
        return isControl ? 3 : 0;
    }

    /** Returns whether there is nothing but printable ASCII in a range. */
    static boolean isPrintableAscii(byte[] bytes, int from, int to) {
        return isPrintableAsciiBut(bytes, from, to, 0, 0);
    }

    /**
     * Returns where the first character of a range begins that is to be escaped, or its end when there is none.
     *
     * @param unwanted eight times a byte that is escaped besides control characters; 0, which is one, for none
     * @param unwantedToo another
     */
    private static int firstEscaped(byte[] bytes, int from, int to, long unwanted, long unwantedToo) {
        if (isPrintableAsciiBut(bytes, from, to, unwanted, unwantedToo)) {
            return to; // as nearly all texts
        }
        int at = from;
        while (at < to) {
            if (to - at >= Long.BYTES && isPrintableAsciiBut((long) LONGS.get(bytes, at), unwanted, unwantedToo)) {
                at += Long.BYTES;
                continue;
            }
            byte b = bytes[at];
            if (b == (byte) unwanted || b == (byte) unwantedToo || lengthAt(bytes, at, to) > 0) {
                return at;
            }
            at++;
        }
        return to;
    }

    /** Looks at eight bytes at a time; the parameters are those of {@link #firstEscaped}. */
    private static boolean isPrintableAsciiBut(byte[] bytes, int from, int to, long unwanted, long unwantedToo) {
        int last = to - Long.BYTES;
        for (int at = from; at < last; at += Long.BYTES) {
            if (!isPrintableAsciiBut((long) LONGS.get(bytes, at), unwanted, unwantedToo)) {
                return false;
            }
        }
        if (last >= from) {
            return isPrintableAsciiBut((long) LONGS.get(bytes, last), unwanted, unwantedToo); // overlaps those before
        }
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (b < ' ' || b == 0x7f || b == (byte) unwanted || b == (byte) unwantedToo) {
                return false;
            }
        }
        return true;
    }

    /**
     * The high bit of a byte is set in the first term when the byte is 0x80 or more, in the second when it is below
     * 0x20, in the third when it is 0x7f, in the last two when it is an unwanted one. A carry into the next byte comes
     * from a byte that counts anyway.
     */
    private static boolean isPrintableAsciiBut(long bytes, long unwanted, long unwantedToo) {
        long outside = bytes | (bytes - BLANKS) | (bytes + ONES);
        return ((outside | ((bytes ^ unwanted) - ONES) | ((bytes ^ unwantedToo) - ONES)) & HIGH_BITS) == 0;
    }

    /** Escapes the control characters of what was appended since {@code from}. */
    static void escape(ByteOutput out, int from) {
        escape(out, from, 0, 0);
    }

    /** Escapes what a string of JSON cannot have, in what was appended since {@code from}. */
    static void escapeJson(ByteOutput out, int from) {
        escape(out, from, QUOTES, BACKSLASHES);
    }

    /** Appends a string in UTF-8 with its control characters escaped. */
    static void appendEscaped(ByteOutput out, String text) {
        int from = out.length();
        out.append(text);
        escape(out, from);
    }

    /** Appends a text in UTF-8 with its control characters escaped. */
    static void appendEscaped(ByteOutput out, byte[] text, int offset, int count) {
        appendEscaped(out, text, offset, offset + count, 0, 0);
    }

    /** Appends a text in UTF-8 as a string of JSON has it, without the quotes around. */
    static void appendEscapedJson(ByteOutput out, byte[] text, int offset, int count) {
        appendEscaped(out, text, offset, offset + count, QUOTES, BACKSLASHES);
    }

    private static void escape(ByteOutput out, int from, long unwanted, long unwantedToo) {
        int first = firstEscaped(out.array(), from, out.length(), unwanted, unwantedToo);
        if (first < out.length()) {
            byte[] rest = out.cut(first);
            appendEscaped(out, rest, 0, rest.length, unwanted, unwantedToo);
        }
    }

    /** Appends runs of what stays as it is, and between them the escapes; an unwanted byte gets a backslash. */
    private static void appendEscaped(ByteOutput out, byte[] text, int from, int to, long unwanted, long unwantedToo) {
        int kept = from;
        int at = firstEscaped(text, from, to, unwanted, unwantedToo);
        while (at < to) {
            out.append(text, kept, at - kept);
            int control = lengthAt(text, at, to);
            if (control > 0) {
                appendEscape(out, text, at, control);
                kept = at + control;
            } else {
                out.append((byte) '\\');
                out.append(text[at]);
                kept = at + 1;
            }
            at = firstEscaped(text, kept, to, unwanted, unwantedToo);
        }
        out.append(text, kept, to - kept);
    }

    /** Appends the escape of a control character whose length {@link #lengthAt} has told. */
    static void appendEscape(ByteOutput out, byte[] text, int at, int length) {
        int codePoint =
                switch (length) {
                    case 1 -> text[at];
                    case 2 -> text[at + 1] & 0xff; // behind the lead byte 0xc2 the code point is the second byte
                    default -> 0x2000 | ((text[at + 1] & 0x3f) << 6) | (text[at + 2] & 0x3f);
                };
        out.append(ControlCharacters.escape(codePoint));
    }
}
