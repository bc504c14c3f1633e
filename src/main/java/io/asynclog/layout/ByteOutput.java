package io.asynclog.layout;

import io.asynclog.LogRecord;
import io.asynclog.internal.DecimalDigits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes in the making: grows as needed and is used again after {@link #clear()}. For one thread at a time. */
public final class ByteOutput {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int PADDING = Long.BYTES - 1;
    private static final int INITIAL_CAPACITY = 4 * 1024;
    private static final int MAX_KEPT_CAPACITY = 1024 * 1024;

    private byte[] bytes = new byte[INITIAL_CAPACITY];
    private int length;

    /** Returns the array that holds the first {@link #length()} bytes; another one after it has grown. */
    public byte[] array() {
        return bytes;
    }

    /** Returns how many bytes there are. */
    public int length() {
        return length;
    }

    /** Forgets all bytes; gives an unusually large array back. */
    public void clear() {
        length = 0;
        if (bytes.length > MAX_KEPT_CAPACITY) {
            bytes = new byte[INITIAL_CAPACITY];
        }
    }

    /** Appends one byte. */
    public void append(byte value) {
        ensureRoom(1);
        bytes[length++] = value;
    }

    /** Appends bytes. */
    public void append(byte[] source) {
        append(source, 0, source.length);
    }

    /** Appends {@code count} bytes from {@code offset} on. */
    public void append(byte[] source, int offset, int count) {
        ensureRoom(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /** Returns a short text in UTF-8 in the form that {@link #appendPadded} takes. */
    static byte[] padded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, bytes.length + PADDING);
    }

    /** Appends a short text, eight bytes at a time: a call that copies just as many as there are is dearer. */
    void appendPadded(byte[] padded) {
        ensureRoom(padded.length);
        int count = padded.length - PADDING;
        for (int i = 0; i < count; i += Long.BYTES) {
            LONG.set(bytes, length + i, (long) LONG.get(padded, i));
        }
        length += count;
    }

    /** Appends a text of a record as it is, in UTF-8. */
    public void append(LogRecord record, LogRecord.Text text) {
        ensureRoom(record.utf8Length(text));
        length += record.copyUtf8(text, bytes, length);
    }

    /** Appends a string in UTF-8. */
    public void append(String string) {
        int count = string.length();
        ensureRoom(count);
        for (int i = 0; i < count; i++) {
            char c = string.charAt(i);
            if (c > '~') {
                length += i;
                append(string.substring(i).getBytes(StandardCharsets.UTF_8));
                return;
            }
            bytes[length + i] = (byte) c;
        }
        length += count;
    }

    /** Appends a number in decimal digits. */
    void appendDecimal(long number) {
        if (number < 0) {
            append(Long.toString(number));
            return;
        }
        int digits = DecimalDigits.count(number);
        ensureRoom(digits);
        DecimalDigits.put(number, bytes, length + digits);
        length += digits;
    }

    /** Appends blanks. */
    void appendBlanks(int count) {
        ensureRoom(count);
        Arrays.fill(bytes, length, length + count, (byte) ' ');
        length += count;
    }

    /** Inserts blanks. */
    void insertBlanks(int at, int count) {
        ensureRoom(count);
        System.arraycopy(bytes, at, bytes, at + count, length - at);
        Arrays.fill(bytes, at, at + count, (byte) ' ');
        length += count;
    }

    /** Takes bytes out of the middle. */
    void remove(int at, int count) {
        System.arraycopy(bytes, at + count, bytes, at, length - at - count);
        length -= count;
    }

    /** Returns whether a text of ASCII characters stands at a place. */
    boolean hasAt(int at, String text) {
        boolean hasIt = at + text.length() <= length;
        for (int i = 0; hasIt && i < text.length(); i++) {
            hasIt = bytes[at + i] == text.charAt(i);
        }
        return hasIt;
    }

    /** Forgets all bytes from {@code newLength} on. */
    void truncate(int newLength) {
        length = newLength;
    }

    /** Forgets all bytes from {@code newLength} on, and returns them. */
    byte[] cut(int newLength) {
        byte[] tail = Arrays.copyOfRange(bytes, newLength, length);
        length = newLength;
        return tail;
    }

    private void ensureRoom(int count) {
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), 2 * bytes.length));
        }
    }
}
