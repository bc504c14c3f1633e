package io.asynclog.buffer;

import io.asynclog.LogRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** A record read in place. Texts are decoded at every call; what is not asked for costs nothing. */
final class RecordView implements LogRecord {
    private final SegmentBatch.Lease lease;
    private final ByteBuffer bytes;
    private final int at;

    RecordView(SegmentBatch.Lease lease, ByteBuffer bytes, int at) {
        this.lease = lease;
        this.bytes = bytes;
        this.at = at;
    }

    @Override
    public UUID instance() {
        lease.check();
        return lease.instance();
    }

    @Override
    public long sequence() {
        return RecordCodec.sequence(bytes(), at);
    }

    @Override
    public Instant timestamp() {
        long nanos = epochNanos();
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }

    @Override
    public long epochNanos() {
        return RecordCodec.epochNanos(bytes(), at);
    }

    @Override
    public Level level() {
        return Level.intToLevel(RecordCodec.level(bytes(), at));
    }

    @Override
    public String loggerName() {
        return decode(RecordCodec.loggerOffset(at), RecordCodec.loggerLength(bytes(), at));
    }

    @Override
    public String threadName() {
        return decode(RecordCodec.threadOffset(bytes(), at), RecordCodec.threadLength(bytes, at));
    }

    @Override
    public String message() {
        return decode(RecordCodec.messageOffset(bytes(), at), RecordCodec.messageLength(bytes, at));
    }

    @Override
    public String safeMessage() {
        return isUnsafe() ? new String(escapedMessage(), StandardCharsets.UTF_8) : message();
    }

    @Override
    public Map<String, String> keyValues() {
        return pairs(RecordCodec.ENTRY_KEY_VALUE);
    }

    @Override
    public Map<String, String> context() {
        return pairs(RecordCodec.ENTRY_CONTEXT);
    }

    @Override
    public @Nullable String marker() {
        StringBuilder markers = new StringBuilder();
        for (int entry = firstEntry(), end = endOfEntries(); entry < end; entry = RecordCodec.nextEntry(bytes, entry)) {
            if (RecordCodec.entryType(bytes, entry) == RecordCodec.ENTRY_MARKER) {
                markers.append(markers.length() == 0 ? "" : ", ").append(entryValue(entry));
            }
        }
        return markers.length() == 0 ? null : markers.toString();
    }

    @Override
    public @Nullable String exception() {
        int length = RecordCodec.exceptionLength(bytes(), at);
        return length < 0 ? null : decode(RecordCodec.exceptionOffset(bytes, at), length);
    }

    @Override
    public boolean truncated() {
        return RecordCodec.has(bytes(), at, RecordCodec.FLAG_TRUNCATED);
    }

    @Override
    public LogRecord copy() {
        return new RecordCopy(this);
    }

    // The two methods that every line of a built-in sink goes through: small, so that the compiler takes them in, with
    // the
    // rare cases elsewhere.

    @Override
    public int utf8Length(Text text) {
        return switch (text) {
            case LOGGER_NAME -> RecordCodec.loggerLength(bytes(), at);
            case THREAD_NAME -> RecordCodec.threadLength(bytes(), at);
            case MESSAGE -> RecordCodec.messageLength(bytes(), at);
            case SAFE_MESSAGE -> isUnsafe() ? escapedMessage().length : RecordCodec.messageLength(bytes, at);
            case MARKER -> markerUtf8().length;
            case EXCEPTION -> Math.max(0, RecordCodec.exceptionLength(bytes(), at));
        };
    }

    @Override
    public int copyUtf8(Text text, byte[] target, int offset) {
        ByteBuffer source = bytes();
        return switch (text) {
            case LOGGER_NAME ->
                copy(RecordCodec.loggerOffset(at), RecordCodec.loggerLength(source, at), target, offset);
            case THREAD_NAME ->
                copy(RecordCodec.threadOffset(source, at), RecordCodec.threadLength(source, at), target, offset);
            case MESSAGE -> copyMessage(target, offset);
            case SAFE_MESSAGE -> isUnsafe() ? copy(escapedMessage(), target, offset) : copyMessage(target, offset);
            case MARKER -> copy(markerUtf8(), target, offset);
            case EXCEPTION -> copy(RecordCodec.exceptionOffset(source, at), utf8Length(text), target, offset);
        };
    }

    private int copyMessage(byte[] target, int offset) {
        return copy(RecordCodec.messageOffset(bytes, at), RecordCodec.messageLength(bytes, at), target, offset);
    }

    @Override
    public String toString() {
        return lease.isReleased() ? "LogRecord (released)" : level() + " " + loggerName() + " " + message();
    }

    /** Returns the segment's bytes, or throws when they may already belong to other records. */
    private ByteBuffer bytes() {
        lease.check();
        return bytes;
    }

    private boolean isUnsafe() {
        return RecordCodec.has(bytes(), at, RecordCodec.FLAG_UNSAFE);
    }

    private byte[] escapedMessage() {
        byte[] message = new byte[RecordCodec.messageLength(bytes, at)];
        bytes.get(RecordCodec.messageOffset(bytes, at), message);
        MessageEscaper escaper = new MessageEscaper(message);
        for (int entry = firstEntry(), end = endOfEntries(); entry < end; entry = RecordCodec.nextEntry(bytes, entry)) {
            if (RecordCodec.entryType(bytes, entry) == RecordCodec.ENTRY_UNSAFE_RANGE) {
                escaper.escape(RecordCodec.entryFirst(bytes, entry), RecordCodec.entrySecond(bytes, entry));
            }
        }
        return escaper.finish();
    }

    private byte[] markerUtf8() {
        String marker = marker();
        return marker == null ? new byte[0] : marker.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, String> pairs(byte type) {
        Map<String, String> pairs = null;
        for (int entry = firstEntry(), end = endOfEntries(); entry < end; entry = RecordCodec.nextEntry(bytes, entry)) {
            if (RecordCodec.entryType(bytes, entry) == type) {
                pairs = pairs == null ? new LinkedHashMap<>() : pairs;
                String key = decode(entry + RecordCodec.ENTRY_HEADER_LENGTH, RecordCodec.entryFirst(bytes, entry));
                pairs.put(key, entryValue(entry));
            }
        }
        return pairs == null ? Map.of() : Collections.unmodifiableMap(pairs);
    }

    private String entryValue(int entry) {
        int keyLength = RecordCodec.entryFirst(bytes, entry);
        return decode(entry + RecordCodec.ENTRY_HEADER_LENGTH + keyLength, RecordCodec.entrySecond(bytes, entry));
    }

    private int firstEntry() {
        return RecordCodec.entriesOffset(bytes(), at);
    }

    private int endOfEntries() {
        return firstEntry() + RecordCodec.entriesLength(bytes, at);
    }

    private String decode(int offset, int length) {
        byte[] copy = new byte[length];
        bytes.get(offset, copy);
        return new String(copy, StandardCharsets.UTF_8);
    }

    private int copy(int from, int length, byte[] target, int offset) {
        bytes.get(from, target, offset, length);
        return length;
    }

    private static int copy(byte[] source, byte[] target, int offset) {
        System.arraycopy(source, 0, target, offset, source.length);
        return source.length;
    }
}
