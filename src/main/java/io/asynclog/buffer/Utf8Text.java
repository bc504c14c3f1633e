package io.asynclog.buffer;

import io.asynclog.internal.ControlCharacters;
import io.asynclog.internal.DecimalDigits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing run of UTF-8 in which texts are written one behind the other, each with a limit of its own beyond which it
 * is cut, with a mark. Lone surrogates become a question mark, as {@link String#getBytes} has it.
 */
final class Utf8Text {
    /** The most that {@link #begin} takes away from a text's length for the mark. */
    static final int CUT_MARK_LENGTH = 8;

    /** How much more is read than there is by {@link #appendPadded}. */
    static final int PADDING = Long.BYTES - 1;

    private static final int MAX_WORDWISE = 64;

    private static final byte[] CUT_MARK = {'.', '.', '.', '[', 'c', 'u', 't', ']'};
    private static final int INITIAL_SIZE = 1024;
    /** A larger array is not kept. Enough for the default of the largest record, doubled. */
    private static final int MAX_KEPT = 128 * 1024;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    /** Sign, 17 digits, point and exponent. */
    private static final int MAX_DOUBLE_LENGTH = 24;

    private final PrintableAscii printableAscii = new PrintableAscii();
    private byte[] bytes = new byte[INITIAL_SIZE];
    private int position;
    private int begin;
    /** The current text ends here; the mark still fits behind. */
    private int limit;

    /**
     * Up to here at least the current text has room, and the array too, with {@link #PADDING} to spare. Less than the
     * position where the array is nearly full, and valid from {@link #begin} on.
     */
    private int roomEnd;

    private boolean markFits;
    /** Once it is true nothing more comes behind the hole: {@link #limit} is where the text ends. */
    private boolean cut;

    private boolean controlSeen;

    /**
     * Takes numbers whose digits only the JDK knows how to choose, without the string that their {@code toString}
     * makes.
     */
    private final StringBuilder rendered = new StringBuilder(MAX_DOUBLE_LENGTH);

    /** Forgets all bytes from a position on; {@link #begin} is what comes next. */
    void truncate(int newPosition) {
        position = newPosition;
    }

    /**
     * Gives up an array that is too large to be kept while nobody uses it, and with it all bytes from a position on.
     * {@link #begin} is what comes next.
     */
    void trim(int newPosition) {
        if (bytes.length > MAX_KEPT) {
            position = newPosition;
            bytes = Arrays.copyOf(bytes, Math.max(INITIAL_SIZE, newPosition));
            printableAscii.forgetTarget();
        }
    }

    /** Begins a text of at most this many bytes, the mark included. */
    void begin(int maxLength) {
        begin = position;
        limit = position + Math.max(0, maxLength - CUT_MARK_LENGTH);
        markFits = maxLength >= CUT_MARK_LENGTH;
        cut = false;
        findRoomEnd();
    }

    private void findRoomEnd() {
        roomEnd = Math.min(limit, bytes.length - PADDING);
    }

    /** Returns whether the current text has room for so many bytes. As much of it as it has, the array has then too. */
    private boolean hasRoom(int length) {
        return length <= roomEnd - position || makeRoom(length);
    }

    private boolean makeRoom(int length) {
        int room = limit - position;
        ensureCapacity(position + Math.min(length, room) + PADDING);
        return length <= room;
    }

    /** Ends the current text, with the mark when it was cut, and returns its length in bytes. */
    int end() {
        if (cut && markFits) {
            ensureCapacity(position + CUT_MARK_LENGTH);
            System.arraycopy(CUT_MARK, 0, bytes, position, CUT_MARK_LENGTH);
            position += CUT_MARK_LENGTH;
        }
        return position - begin;
    }

    /** Removes the white space at the end of the current text, as {@link String#stripTrailing}, unless it is cut. */
    void stripTrailing() {
        while (!cut && position > begin) {
            int last = position - 1;
            while (last > begin && (bytes[last] & 0xc0) == 0x80) {
                last--; // within a character
            }
            int codePoint = bytes[last] >= 0
                    ? bytes[last]
                    : new String(bytes, last, position - last, StandardCharsets.UTF_8).codePointAt(0);
            if (!Character.isWhitespace(codePoint)) {
                return;
            }
            position = last;
        }
    }

    boolean isCut() {
        return cut;
    }

    boolean isFull() {
        return position >= limit;
    }

    /** Returns whether a control character or line separator was appended since the last call. */
    boolean takeControlSeen() {
        boolean seen = controlSeen;
        controlSeen = false;
        return seen;
    }

    /** Appends a string. */
    void append(String string) {
        append(string, 0, string.length());
    }

    /** Appends a part of a string. */
    void append(String string, int from, int to) {
        int length = hasRoom(to - from) ? to - from : limit - position;
        int copied = printableAscii.copy(string, from, length, bytes, position);
        position += copied;
        if (from + copied < to) {
            appendAny(string, from + copied, to);
        }
    }

    /** Appends what is UTF-8 already. */
    void appendUtf8(byte[] source, int from, int to) {
        int length = to - from;
        boolean fits = hasRoom(length);
        if (!fits) {
            length = limit - position;
            while (length > 0 && (source[from + length] & 0xc0) == 0x80) {
                length--; // not within a character
            }
        }
        System.arraycopy(source, from, bytes, position, length);
        position += length;
        if (!fits) {
            cut();
        }
    }

    /**
     * Appends what is UTF-8 already and short, such as the texts of a template. Copies eight bytes at a time, which is
     * cheaper than a call that copies just as many as there are.
     *
     * @param source has at least {@link #PADDING} bytes behind {@code to}
     */
    void appendPadded(byte[] source, int from, int to) {
        int length = to - from;
        if (length > MAX_WORDWISE || length > roomEnd - position) {
            appendUtf8(source, from, to);
            return;
        }
        for (int i = 0; i < length; i += Long.BYTES) {
            LONG.set(bytes, position + i, (long) LONG.get(source, from + i));
        }
        position += length;
    }

    private void appendAny(String string, int from, int to) {
        for (int i = from; i < to && !cut; i++) {
            int codePoint = string.charAt(i);
            if (Character.isSurrogate((char) codePoint)) {
                codePoint = string.codePointAt(i);
                if (Character.isSupplementaryCodePoint(codePoint) && i + 1 < to) {
                    i++;
                } else {
                    codePoint = '?';
                }
            }
            appendCodePoint(codePoint);
        }
    }

    /** Appends a character; what is half of one becomes a question mark. */
    void append(char character) {
        appendCodePoint(Character.isSurrogate(character) ? '?' : character);
    }

    private void appendCodePoint(int codePoint) {
        controlSeen |= ControlCharacters.isControl(codePoint);
        int length = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        if (!hasRoom(length)) {
            cut();
            return;
        }
        put(codePoint, length);
    }

    /** Ends what is taken for the current text: a shorter piece that would still fit must not follow a gap. */
    private void cut() {
        cut = true;
        limit = position;
        roomEnd = position;
    }

    private void put(int codePoint, int length) {
        if (length == 1) {
            bytes[position++] = (byte) codePoint;
            return;
        }
        // The lead byte has as many high ones as the sequence has bytes; the others carry six bits each.
        bytes[position++] = (byte) ((0xf00 >> length) | (codePoint >> (6 * (length - 1))));
        for (int rest = length - 2; rest >= 0; rest--) {
            bytes[position++] = (byte) (0x80 | ((codePoint >> (6 * rest)) & 0x3f));
        }
    }

    /** Appends a whole number in decimal digits, without a string. */
    void appendDecimal(long value) {
        if (value == Long.MIN_VALUE) {
            append(Long.toString(value)); // has no positive counterpart
            return;
        }
        long rest = Math.abs(value);
        int digits = DecimalDigits.count(rest);
        int length = value < 0 ? digits + 1 : digits;
        if (!hasRoom(length)) {
            cut();
            return;
        }
        if (value < 0) {
            bytes[position] = '-';
        }
        int end = position + length;
        DecimalDigits.put(rest, bytes, end);
        position = end; // last: should the stack be used up, nothing of an earlier record must count as text
    }

    /** Appends a number as {@link Double#toString(double)} has it, without a string. */
    void append(double value) {
        rendered.setLength(0);
        appendNumber(rendered.append(value));
    }

    /** Appends a number as {@link Float#toString(float)} has it, without a string. */
    void append(float value) {
        rendered.setLength(0);
        appendNumber(rendered.append(value));
    }

    /** Appends all of a number or nothing, as part of one would be another. */
    private void appendNumber(CharSequence number) {
        int length = number.length();
        if (!hasRoom(length)) {
            cut();
            return;
        }
        for (int i = 0; i < length; i++) {
            bytes[position + i] = (byte) number.charAt(i); // always ASCII
        }
        position += length;
    }

    /** Leaves room for something that is no text and returns where it begins. */
    int skip(int length) {
        ensureCapacity(position + length);
        position += length;
        return position - length;
    }

    private void ensureCapacity(int capacity) {
        if (capacity > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(capacity, 2 * bytes.length));
            findRoomEnd();
        }
    }

    /** Returns the array that holds the first {@link #position} bytes; another one after it has grown. */
    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }
}
