package io.asynclog.layout;

import io.asynclog.LogRecord;
import io.asynclog.buffer.RecordPairs;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The key-values and the MDC of a record as members of one JSON object that has members of its own. No name comes
 * twice, for which stores refuse a whole line: of a key that is in both, the key-value counts, and a key that is the
 * name of another member gets a prefix.
 *
 * <p>For one thread at a time.
 */
final class FlatPairs {
    private final byte[] prefix;
    private final byte[][] reserved;
    private final RecordPairs keyValues = RecordPairs.ofKeyValues();
    private final RecordPairs context = RecordPairs.ofContext();

    /**
     * Creates what appends pairs.
     *
     * @param prefix for a key that is one of the reserved names
     * @param reserved the names of the object's other members
     */
    FlatPairs(String prefix, String... reserved) {
        this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
        this.reserved = Stream.of(reserved)
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /** Appends a comma and a member for each pair. */
    void append(LogRecord record, ByteOutput out) {
        keyValues.read(record);
        while (keyValues.next()) {
            appendMember(keyValues, out);
        }
        context.read(record);
        while (context.next()) {
            if (!keyValues.hasKeyOf(context)) {
                appendMember(context, out);
            }
        }
    }

    private void appendMember(RecordPairs pairs, ByteOutput out) {
        out.append((byte) ',');
        out.append((byte) '"');
        if (isReserved(pairs.bytes(), pairs.keyOffset(), pairs.keyLength())) {
            out.append(prefix);
        }
        Controls.appendEscapedJson(out, pairs.bytes(), pairs.keyOffset(), pairs.keyLength());
        out.append((byte) '"');
        out.append((byte) ':');
        JsonText.appendValue(pairs, out);
    }

    /** Returns whether a key is a reserved name, or one behind the prefix, which is what such a key becomes. */
    private boolean isReserved(byte[] bytes, int offset, int length) {
        int from = offset;
        int to = offset + length;
        while (to - from > prefix.length
                && Arrays.equals(prefix, 0, prefix.length, bytes, from, from + prefix.length)) {
            from += prefix.length;
        }
        for (byte[] name : reserved) {
            if (Arrays.equals(name, 0, name.length, bytes, from, to)) {
                return true;
            }
        }
        return false;
    }
}
