package io.asynclog.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads the fields of a published record from a copy on the heap; see {@link RecordCodec} for their layout. */
final class RecordFields {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private RecordFields() {}

    static int level(byte[] bytes, int at) {
        return bytes[at + RecordCodec.LEVEL];
    }

    static boolean has(byte[] bytes, int at, int flag) {
        return (bytes[at + RecordCodec.FLAGS] & flag) != 0;
    }

    static long sequence(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at + RecordCodec.SEQUENCE);
    }

    static long epochNanos(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at + RecordCodec.EPOCH_NANOS);
    }

    static int loggerLength(byte[] bytes, int at) {
        return (int) INT.get(bytes, at + RecordCodec.LOGGER_LENGTH);
    }

    static int loggerOffset(int at) {
        return at + RecordCodec.HEADER_LENGTH;
    }

    static int threadLength(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at + RecordCodec.THREAD_LENGTH);
    }

    static int threadOffset(byte[] bytes, int at) {
        return loggerOffset(at) + loggerLength(bytes, at);
    }

    static int messageLength(byte[] bytes, int at) {
        return (int) INT.get(bytes, at + RecordCodec.MESSAGE_LENGTH);
    }

    static int messageOffset(byte[] bytes, int at) {
        return threadOffset(bytes, at) + threadLength(bytes, at);
    }

    static int entriesLength(byte[] bytes, int at) {
        return (int) INT.get(bytes, at + RecordCodec.ENTRIES_LENGTH);
    }

    static int entriesOffset(byte[] bytes, int at) {
        return messageOffset(bytes, at) + messageLength(bytes, at);
    }

    /** Returns the length of the exception's text, or -1 when the record has none. */
    static int exceptionLength(byte[] bytes, int at) {
        return (int) INT.get(bytes, at + RecordCodec.EXCEPTION_LENGTH);
    }

    static int exceptionOffset(byte[] bytes, int at) {
        return entriesOffset(bytes, at) + entriesLength(bytes, at);
    }

    static long eightBytes(byte[] bytes, int from) {
        return (long) LONG.get(bytes, from);
    }

    static byte entryType(byte[] bytes, int entry) {
        return bytes[entry];
    }

    static int entryFirst(byte[] bytes, int entry) {
        return (int) INT.get(bytes, entry + RecordCodec.ENTRY_FIRST);
    }

    static int entrySecond(byte[] bytes, int entry) {
        return (int) INT.get(bytes, entry + RecordCodec.ENTRY_SECOND);
    }

    /** Returns where the entry after this one begins. */
    static int nextEntry(byte[] bytes, int entry) {
        int texts = entryType(bytes, entry) == RecordCodec.ENTRY_UNSAFE_RANGE
                ? 0
                : entryFirst(bytes, entry) + entrySecond(bytes, entry);
        return entry + RecordCodec.ENTRY_HEADER_LENGTH + texts;
    }
}
