package io.asynclog.buffer;

import io.asynclog.LogRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * The key-values, or the MDC, of one record after another: gone through pair by pair, in UTF-8, where they lie. To make
 * a map of strings of them, as {@link LogRecord#keyValues()} and {@link LogRecord#context()} do, takes many times as
 * long. For one thread at a time.
 */
public final class RecordPairs {
    /** With more pairs, a map costs less than to compare each key with all others. */
    private static final int MAX_COMPARED = 16;

    private static final byte[] NONE = {};

    private final byte type;
    private byte[] bytes = NONE;
    private int begin;
    private int end;
    private int next;
    /** Whether a key may come more than once. */
    private boolean mayRepeat;
    /** The entries that key and value of the present pair are of. */
    private int keyEntry;

    private int valueEntry;

    private RecordPairs(byte type) {
        this.type = type;
    }

    /** Returns what goes through the key-values of records. */
    public static RecordPairs ofKeyValues() {
        return new RecordPairs(RecordCodec.ENTRY_KEY_VALUE);
    }

    /** Returns what goes through the MDC of records. */
    public static RecordPairs ofContext() {
        return new RecordPairs(RecordCodec.ENTRY_CONTEXT);
    }

    /** Turns to a record, and stands before its first pair. Key and value are then valid as long as the record. */
    public void read(LogRecord record) {
        if (!(record instanceof RecordView view) || !readInPlace(view)) {
            Map<String, String> pairs = type == RecordCodec.ENTRY_CONTEXT ? record.context() : record.keyValues();
            set(pairs.isEmpty() ? NONE : encode(pairs));
            begin = 0;
            end = bytes.length;
            mayRepeat = false;
        }
        next = begin;
    }

    /** Reads pairs where they lie, unless there are too many of them, or the array is one that nobody should keep. */
    private boolean readInPlace(RecordView view) {
        byte[] source = view.bytes();
        int first = view.firstEntry();
        int behind = view.endOfEntries();
        int count = 0;
        for (int entry = first; entry < behind; entry = RecordFields.nextEntry(source, entry)) {
            count += RecordFields.entryType(source, entry) == type ? 1 : 0;
        }
        if (count > MAX_COMPARED || source.length > ReadAhead.MAX_KEPT_SIZE) {
            return false;
        }
        set(source);
        begin = first;
        end = behind;
        mayRepeat = count > 1;
        return true;
    }

    /** Mostly it is the array of the record before, and a store of a reference costs G1 more than a look. */
    private void set(byte[] source) {
        if (bytes != source) {
            bytes = source;
        }
    }

    /**
     * Goes to the next pair. A repeated key comes once, in its first place and with its last value, as in the map.
     *
     * @return false when there is none
     */
    public boolean next() {
        while (next < end) {
            int entry = next;
            next = RecordFields.nextEntry(bytes, entry);
            if (RecordFields.entryType(bytes, entry) == type && !isRepeated(entry)) {
                keyEntry = entry;
                valueEntry = lastOf(entry);
                return true;
            }
        }
        return false;
    }

    /**
     * Goes to the pair of a key in UTF-8.
     *
     * @return false when there is none
     */
    public boolean find(byte[] key) {
        boolean found = false;
        for (int entry = begin; entry < end; entry = RecordFields.nextEntry(bytes, entry)) {
            if (hasKey(entry, key, 0, key.length)) {
                keyEntry = entry;
                valueEntry = entry; // of a repeated key the last
                found = true;
            }
        }
        return found;
    }

    /** Returns whether there is a pair with the key that the present pair of others has. */
    public boolean hasKeyOf(RecordPairs others) {
        int from = others.keyOffset();
        int to = from + others.keyLength();
        for (int entry = begin; entry < end; entry = RecordFields.nextEntry(bytes, entry)) {
            if (hasKey(entry, others.bytes, from, to)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the array that key and value of the present pair lie in. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns where the key begins. */
    public int keyOffset() {
        return keyEntry + RecordCodec.ENTRY_HEADER_LENGTH;
    }

    /** Returns how many bytes the key has. */
    public int keyLength() {
        return RecordFields.entryFirst(bytes, keyEntry);
    }

    /** Returns where the value begins. */
    public int valueOffset() {
        return valueEntry + RecordCodec.ENTRY_HEADER_LENGTH + RecordFields.entryFirst(bytes, valueEntry);
    }

    /** Returns how many bytes the value has. */
    public int valueLength() {
        return RecordFields.entrySecond(bytes, valueEntry);
    }

    private boolean isRepeated(int entry) {
        if (mayRepeat) {
            for (int other = begin; other < entry; other = RecordFields.nextEntry(bytes, other)) {
                if (haveSameKey(entry, other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private int lastOf(int entry) {
        int last = entry;
        if (mayRepeat) {
            for (int other = next; other < end; other = RecordFields.nextEntry(bytes, other)) {
                last = haveSameKey(entry, other) ? other : last;
            }
        }
        return last;
    }

    private boolean haveSameKey(int entry, int other) {
        int from = entry + RecordCodec.ENTRY_HEADER_LENGTH;
        return hasKey(other, bytes, from, from + RecordFields.entryFirst(bytes, entry));
    }

    private boolean hasKey(int entry, byte[] key, int from, int to) {
        int begins = entry + RecordCodec.ENTRY_HEADER_LENGTH;
        int length = RecordFields.entryFirst(bytes, entry);
        return RecordFields.entryType(bytes, entry) == type
                && length == to - from
                && Arrays.equals(bytes, begins, begins + length, key, from, to);
    }

    /** Brings pairs into the form that they have in a record of the buffer. */
    private byte[] encode(Map<String, String> pairs) {
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        byte[] header = new byte[RecordCodec.ENTRY_HEADER_LENGTH];
        pairs.forEach((keyText, valueText) -> {
            byte[] key = String.valueOf(keyText).getBytes(StandardCharsets.UTF_8);
            byte[] value = String.valueOf(valueText).getBytes(StandardCharsets.UTF_8);
            RecordCodec.putEntryHeader(header, 0, type, key.length, value.length);
            entries.writeBytes(header);
            entries.writeBytes(key);
            entries.writeBytes(value);
        });
        return entries.toByteArray();
    }
}
