package io.asynclog.sink;

import io.asynclog.internal.Checkpoint;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a rolling file is in the log, in the form in which a {@link Checkpoint} keeps it.
 *
 * <pre>
 *   0         1               9           17      25       27    27+n     29+n   29+n+m
 *   +---------+---------------+-----------+-------+--------+-----+--------+------+
 *   | version | next sequence | committed | end   | n      | key | m      | boot |
 *   +---------+---------------+-----------+-------+--------+-----+--------+------+
 * </pre>
 *
 * @param nextSequence every record before it is in the files for good
 * @param committed the length of the current file up to which it holds whole batches
 * @param end the length that the current file has at most when a batch is cut off in its middle; {@code committed} when
 *     none is being written
 * @param key identifies the current file, null when that is unknown
 * @param boot identifies the run of the machine, null when that is unknown
 */
record FilePosition(
        long nextSequence,
        long committed,
        long end,
        @Nullable String key,
        @Nullable String boot) {
    private static final byte VERSION = 1;
    private static final int FIXED_LENGTH = 1 + 3 * Long.BYTES + 2 * Short.BYTES;
    private static final int MAX_TEXT_LENGTH = 400;

    /** Returns at most {@link Checkpoint#MAX_LENGTH} bytes. A key or boot that is too long to fit becomes unknown. */
    byte[] encode() {
        byte[] keyBytes = bytes(key);
        byte[] bootBytes = bytes(boot);
        return ByteBuffer.allocate(FIXED_LENGTH + keyBytes.length + bootBytes.length)
                .put(VERSION)
                .putLong(nextSequence)
                .putLong(committed)
                .putLong(end)
                .putShort((short) keyBytes.length)
                .put(keyBytes)
                .putShort((short) bootBytes.length)
                .put(bootBytes)
                .array();
    }

    private static byte[] bytes(@Nullable String text) {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MAX_TEXT_LENGTH ? bytes : new byte[0]; // cut, it might name another file
    }

    /**
     * Returns what {@link #encode} was called on, or null when the bytes are of another version or of something else.
     */
    static @Nullable FilePosition decode(byte[] state) {
        ByteBuffer bytes = ByteBuffer.wrap(state);
        try {
            if (bytes.get() != VERSION) {
                return null;
            }
            return new FilePosition(bytes.getLong(), bytes.getLong(), bytes.getLong(), text(bytes), text(bytes));
        } catch (BufferUnderflowException tooShort) {
            return null;
        }
    }

    private static @Nullable String text(ByteBuffer bytes) {
        byte[] text = new byte[Short.toUnsignedInt(bytes.getShort())];
        bytes.get(text);
        return text.length == 0 ? null : new String(text, StandardCharsets.UTF_8);
    }
}
