package io.asynclog.layout;

import io.asynclog.LogRecord;
import io.asynclog.buffer.RecordPairs;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
    private final byte[][] values;
    private final byte[][] objects;
    private final RecordPairs keyValues = RecordPairs.ofKeyValues();
    private final RecordPairs context = RecordPairs.ofContext();

    /**
     * Creates what appends pairs.
     *
     * @param prefix of a key that is reserved, before a dot
     * @param values the names of the object's other members, and of those within them, that are no objects
     * @param objects the names of those that are
     */
    FlatPairs(String prefix, List<String> values, List<String> objects) {
        this.prefix = utf8(prefix + ".");
        this.values = values.stream().map(FlatPairs::utf8).toArray(byte[][]::new);
        // the prefix among them: stores take what is before a dot for an object
        this.objects = Stream.concat(objects.stream(), Stream.of(prefix))
                .map(FlatPairs::utf8)
                .toArray(byte[][]::new);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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

    /** Returns whether a key is reserved, or so behind the prefix, which is what such a key becomes. */
    private boolean isReserved(byte[] bytes, int offset, int length) {
        int from = offset;
        int to = offset + length;
        while (to - from > prefix.length
                && Arrays.equals(prefix, 0, prefix.length, bytes, from, from + prefix.length)) {
            from += prefix.length;
        }
        for (byte[] name : values) {
            boolean begins =
                    to - from >= name.length && Arrays.equals(name, 0, name.length, bytes, from, from + name.length);
            if (begins && (to - from == name.length || bytes[from + name.length] == '.')) {
                return true;
            }
        }
        for (byte[] name : objects) {
            if (Arrays.equals(name, 0, name.length, bytes, from, to)) {
                return true;
            }
        }
        return false;
    }
}
