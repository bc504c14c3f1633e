package io.asynclog.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The byte layout of a record, in the byte order of the machine: writing into a segment, and what is read there. No
 * other class knows an offset but {@link RecordFields}, which reads a copy, and {@link RecordCheck}.
 *
 * <pre>
 *  0       4       5       6       8               16              24      28      32      36      40      44
 *  +-------+-------+-------+-------+---------------+---------------+-------+-------+-------+-------+-------+------
 *  | length| level | flags | thread| sequence      | epoch nanos   |message| logger|entries|except.| check | body
 *  +-------+-------+-------+-------+---------------+---------------+-------+-------+-------+-------+-------+------
 *  body:  logger name, thread name, message, entries, exception; each as long as its header field says
 *  entry: type (1), first (4), second (4), then for pairs the key (first bytes) and the value (second bytes)
 * </pre>
 *
 * <p>Records begin at multiples of 8. <em>Length</em> is the record's whole size and is written last, with release: 0
 * means that nothing is published here yet, a negative length means padding of that size, which has no fields but flags
 * and, when {@link #FLAG_ABORTED} is set, the sequence that was claimed for it.
 *
 * <p><em>Check</em> is what {@link RecordCheck} computes where the segment is a file, else 0. Padding within a segment
 * has one of 16 bits in the place of the thread.
 */
final class RecordCodec {
    static final int ALIGNMENT = 8;
    static final int HEADER_LENGTH = 44;

    /** Somebody waits for this record with a future. */
    static final int FLAG_AWAITED = 1;
    /** The record was logged by the thread of a sink. */
    static final int FLAG_FROM_SINK = 1 << 1;
    /** The record was longer than the maximum. */
    static final int FLAG_TRUNCATED = 1 << 2;
    /** Some arguments have control characters; range entries say where in the message. */
    static final int FLAG_UNSAFE = 1 << 3;
    /** Padding that was claimed as a record and could not be filled. */
    static final int FLAG_ABORTED = 1 << 4;

    static final byte ENTRY_KEY_VALUE = 1;
    static final byte ENTRY_CONTEXT = 2;
    static final byte ENTRY_MARKER = 3;
    /** The first and second number are the begin and end of an unsafe argument within the message. */
    static final byte ENTRY_UNSAFE_RANGE = 4;

    static final int ENTRY_HEADER_LENGTH = 9;

    // Where the fields of an entry's header and of a record's are.
    static final int ENTRY_FIRST = 1;
    static final int ENTRY_SECOND = 5;
    static final int LEVEL = 4;
    static final int FLAGS = 5;
    static final int THREAD_LENGTH = 6;
    static final int SEQUENCE = 8;
    static final int EPOCH_NANOS = 16;
    static final int MESSAGE_LENGTH = 24;
    static final int LOGGER_LENGTH = 28;
    static final int ENTRIES_LENGTH = 32;
    static final int EXCEPTION_LENGTH = 36;
    private static final int CHECK = 40;

    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle HEAP_SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle HEAP_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle HEAP_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private RecordCodec() {}

    /** Returns the space that a record with a body of this many bytes takes. */
    static int recordLength(int bodyLength) {
        return align(HEADER_LENGTH + bodyLength);
    }

    static int align(int length) {
        return (length + ALIGNMENT - 1) & -ALIGNMENT;
    }

    static long alignUp(long position) {
        return (position + ALIGNMENT - 1) & -ALIGNMENT;
    }

    // ---- writing ----------------------------------------------------------------------------------------------------

    /** Writes the header of a record but for what its place decides: sequence, length and check. */
    static void putHeader(byte[] target, RecordEncoder record) {
        target[LEVEL] = (byte) record.level().toInt();
        target[FLAGS] = (byte) record.flags();
        HEAP_SHORT.set(target, THREAD_LENGTH, (short) record.threadNameLength());
        HEAP_LONG.set(target, EPOCH_NANOS, record.epochNanos());
        HEAP_INT.set(target, MESSAGE_LENGTH, record.messageLength());
        HEAP_INT.set(target, LOGGER_LENGTH, record.loggerNameLength());
        HEAP_INT.set(target, ENTRIES_LENGTH, record.entriesLength());
        HEAP_INT.set(target, EXCEPTION_LENGTH, record.exceptionLength());
        HEAP_INT.set(target, CHECK, 0);
    }

    /** Copies a complete record, all but its length, so that it stays invisible until {@link #publish}. */
    static void fill(ByteBuffer bytes, int at, long sequence, RecordEncoder record) {
        bytes.put(at + LEVEL, record.bytes(), LEVEL, record.end() - LEVEL);
        bytes.putLong(at + SEQUENCE, sequence);
    }

    /** Adds the checksum to a filled record. */
    static void seal(ByteBuffer bytes, int at, int length, int bodyCheck, long seed) {
        bytes.putInt(at + CHECK, RecordCheck.ofRecord(bytes, at, length, bodyCheck, seed));
    }

    /**
     * Makes a filled record visible. Release: pairs with the acquire in {@link #publishedLength}; without it a reader
     * could see the length before the bytes it speaks of.
     */
    static void publish(ByteBuffer bytes, int at, int length) {
        INT.setRelease(bytes, at, length);
    }

    /** Publishes the rest of a segment, at least 8 bytes, as padding that is no record. */
    static void publishEndPadding(ByteBuffer bytes, int at, int length) {
        bytes.putInt(at + LEVEL, 0);
        INT.setRelease(bytes, at, -length);
    }

    /** Publishes the place of a record that could not be filled as padding that keeps its sequence. */
    static void publishAborted(ByteBuffer bytes, int at, int length, long sequence, long seed) {
        bytes.putLong(at + SEQUENCE, sequence);
        publishPadding(bytes, at, length, FLAG_ABORTED, RecordCheck.ofPadding(length, FLAG_ABORTED, sequence, seed));
    }

    /** Publishes a place in which no record can be read, at least 8 bytes, as padding that is no record. */
    static void publishGap(ByteBuffer bytes, int at, int length, long seed) {
        publishPadding(bytes, at, length, 0, RecordCheck.ofPadding(length, 0, 0, seed));
    }

    private static void publishPadding(ByteBuffer bytes, int at, int length, int flags, short check) {
        bytes.put(at + LEVEL, (byte) 0);
        bytes.put(at + FLAGS, (byte) flags);
        bytes.putShort(at + THREAD_LENGTH, check);
        INT.setRelease(bytes, at, -length);
    }

    static void putEntryHeader(byte[] target, int at, byte type, int first, int second) {
        target[at] = type;
        HEAP_INT.set(target, at + ENTRY_FIRST, first);
        HEAP_INT.set(target, at + ENTRY_SECOND, second);
    }

    // ---- reading ----------------------------------------------------------------------------------------------------

    /** Returns the length word: 0 when nothing is published at this place. Acquire: pairs with {@link #publish}. */
    static int publishedLength(ByteBuffer bytes, int at) {
        return (int) INT.getAcquire(bytes, at);
    }

    /**
     * Returns whether an intact record begins at a place of a segment in a file.
     *
     * @param seed that the record was {@linkplain #seal sealed} with
     */
    static boolean isIntact(ByteBuffer bytes, int at, long seed) {
        int length = bytes.getInt(at);
        if (length < HEADER_LENGTH || length > bytes.capacity() - at || length % ALIGNMENT != 0) {
            return false;
        }
        int logger = bytes.getInt(at + LOGGER_LENGTH);
        int body = logger
                + bytes.getShort(at + THREAD_LENGTH)
                + bytes.getInt(at + MESSAGE_LENGTH)
                + bytes.getInt(at + ENTRIES_LENGTH)
                + Math.max(0, bytes.getInt(at + EXCEPTION_LENGTH));
        if (body < 0 || body > length || recordLength(body) != length || logger < 0 || logger > body) {
            return false;
        }
        int from = at + HEADER_LENGTH;
        int bodyCheck = RecordCheck.ofBody(bytes, from, from + logger, from + body);
        return bytes.getInt(at + CHECK) == RecordCheck.ofRecord(bytes, at, length, bodyCheck, seed);
    }

    /** Returns whether intact padding that was claimed as a record begins at a place of a segment in a file. */
    static boolean isIntactAborted(ByteBuffer bytes, int at, long seed) {
        return has(bytes, at, FLAG_ABORTED)
                && bytes.capacity() - at >= HEADER_LENGTH
                && isIntactPadding(bytes, at, FLAG_ABORTED, sequence(bytes, at), seed);
    }

    /** Returns whether an intact gap, or the padding at the end, begins at a place of a segment in a file. */
    static boolean isIntactGap(ByteBuffer bytes, int at, long seed) {
        return isEndPadding(bytes, at) || isIntactPadding(bytes, at, 0, 0, seed);
    }

    static boolean isEndPadding(ByteBuffer bytes, int at) {
        return -bytes.getInt(at) == bytes.capacity() - at && bytes.getInt(at + LEVEL) == 0;
    }

    private static boolean isIntactPadding(ByteBuffer bytes, int at, int flags, long sequence, long seed) {
        int length = -bytes.getInt(at);
        return length >= ALIGNMENT
                && length <= bytes.capacity() - at
                && length % ALIGNMENT == 0
                && bytes.get(at + LEVEL) == 0
                && bytes.get(at + FLAGS) == flags
                && bytes.getShort(at + THREAD_LENGTH) == RecordCheck.ofPadding(length, flags, sequence, seed);
    }

    static int level(ByteBuffer bytes, int at) {
        return bytes.get(at + LEVEL);
    }

    static boolean has(ByteBuffer bytes, int at, int flag) {
        return (bytes.get(at + FLAGS) & flag) != 0;
    }

    static long sequence(ByteBuffer bytes, int at) {
        return bytes.getLong(at + SEQUENCE);
    }

    static long epochNanos(ByteBuffer bytes, int at) {
        return bytes.getLong(at + EPOCH_NANOS);
    }
}
