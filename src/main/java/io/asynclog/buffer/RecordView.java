package io.asynclog.buffer;

import io.asynclog.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * A record of a batch, read from the bytes of the batch. Texts are decoded at every call; what is not asked for costs
 * nothing. The names of logger and thread can be compared as they are, for layouts that keep what they have made of
 * them.
 */
public final class RecordView implements LogRecord {
    private static final byte[] DIVIDER = {',', ' '};
    /** 2<sup>64</sup> by the golden ratio, as in Knuth's multiplicative hashing. */
    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

    private final SegmentBatch.Lease lease;
    private final byte[] bytes;
    /** Changes only in a view that {@link SegmentBatch#oneAtATime} moves on. */
    private int at;
    /**
     * The latest message that was escaped: who asks for its length will ask for it, too. In one object with final
     * fields, as several threads may read a record: at worst each of them escapes the message.
     */
    private @Nullable Escaped escaped;

    RecordView(SegmentBatch.Lease lease, byte[] bytes, int at) {
        this.lease = lease;
        this.bytes = bytes;
        this.at = at;
    }

    /** Becomes the view of another record of the batch. Only for who has handed this one to nobody. */
    void moveTo(int place) {
        at = place;
    }

    @Override
    public UUID instance() {
        lease.check();
        return lease.instance();
    }

    @Override
    public long sequence() {
        return RecordFields.sequence(bytes(), at);
    }

    @Override
    public Instant timestamp() {
        long nanos = epochNanos();
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }

    @Override
    public long epochNanos() {
        return RecordFields.epochNanos(bytes(), at);
    }

    @Override
    public Level level() {
        return Level.intToLevel(RecordFields.level(bytes(), at));
    }

    @Override
    public String loggerName() {
        return decode(RecordFields.loggerOffset(at), RecordFields.loggerLength(bytes(), at));
    }

    @Override
    public String threadName() {
        return decode(RecordFields.threadOffset(bytes(), at), RecordFields.threadLength(bytes, at));
    }

    @Override
    public String message() {
        return decode(RecordFields.messageOffset(bytes(), at), RecordFields.messageLength(bytes, at));
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
        int length = copyMarkers(null, 0);
        if (length == 0) {
            return null;
        }
        byte[] markers = new byte[length];
        int ignored = copyMarkers(markers, 0);
        return new String(markers, StandardCharsets.UTF_8);
    }

    @Override
    public @Nullable String exception() {
        int length = RecordFields.exceptionLength(bytes(), at);
        return length < 0 ? null : decode(RecordFields.exceptionOffset(bytes, at), length);
    }

    @Override
    public boolean truncated() {
        return RecordFields.has(bytes(), at, RecordCodec.FLAG_TRUNCATED);
    }

    @Override
    public LogRecord copy() {
        return new RecordCopy(this);
    }

    // ---- what every line of a built-in sink goes through ------------------------------------------------------------
    // Small, so that the compiler takes it in, with the rare cases elsewhere.

    @Override
    public int utf8Length(Text text) {
        return switch (text) {
            case LOGGER_NAME -> RecordFields.loggerLength(bytes(), at);
            case THREAD_NAME -> RecordFields.threadLength(bytes(), at);
            case MESSAGE -> RecordFields.messageLength(bytes(), at);
            case SAFE_MESSAGE -> isUnsafe() ? escapedMessage().length : RecordFields.messageLength(bytes, at);
            case MARKER -> copyMarkers(null, 0);
            case EXCEPTION -> Math.max(0, RecordFields.exceptionLength(bytes(), at));
        };
    }

    @Override
    public int copyUtf8(Text text, byte[] target, int offset) {
        byte[] source = bytes();
        return switch (text) {
            case LOGGER_NAME ->
                copy(RecordFields.loggerOffset(at), RecordFields.loggerLength(source, at), target, offset);
            case THREAD_NAME ->
                copy(RecordFields.threadOffset(source, at), RecordFields.threadLength(source, at), target, offset);
            case MESSAGE -> copyMessage(target, offset);
            case SAFE_MESSAGE -> isUnsafe() ? copy(escapedMessage(), target, offset) : copyMessage(target, offset);
            case MARKER -> copyMarkers(target, offset);
            case EXCEPTION -> copy(RecordFields.exceptionOffset(source, at), utf8Length(text), target, offset);
        };
    }

    private int copyMessage(byte[] target, int offset) {
        return copy(RecordFields.messageOffset(bytes, at), RecordFields.messageLength(bytes, at), target, offset);
    }

    /** Returns the names of logger and thread, one after the other, in UTF-8. */
    public byte[] names() {
        int begin = RecordFields.loggerOffset(at);
        return Arrays.copyOfRange(bytes(), begin, RecordFields.messageOffset(bytes, at));
    }

    /** Returns whether the level and the names of logger and thread are these; see {@link #names()}. */
    public boolean isOf(Level level, byte[] names, int loggerNameLength) {
        int begin = RecordFields.loggerOffset(at);
        return RecordFields.level(bytes(), at) == level.toInt()
                && RecordFields.loggerLength(bytes, at) == loggerNameLength
                && Arrays.equals(names, 0, names.length, bytes, begin, RecordFields.messageOffset(bytes, at));
    }

    /**
     * Returns a hash of the names of logger and thread. Takes eight bytes at a time; the last may overlap those before,
     * which are multiplied so that digits at the end of a thread's name do not cancel out.
     */
    public long namesHash() {
        int begin = RecordFields.loggerOffset(at);
        int end = RecordFields.messageOffset(bytes(), at);
        int last = end - Long.BYTES;
        long hash = (long) end - begin;
        if (last < begin) {
            for (int from = begin; from < end; from++) {
                hash = Long.rotateLeft(hash, 5) ^ bytes[from];
            }
            return hash;
        }
        for (int from = begin; from < last; from += Long.BYTES) {
            hash = Long.rotateLeft(hash, 5) ^ RecordFields.eightBytes(bytes, from);
        }
        return (hash * GOLDEN_RATIO) ^ RecordFields.eightBytes(bytes, last);
    }

    @Override
    public String toString() {
        return lease.isReleased() ? "LogRecord (released)" : level() + " " + loggerName() + " " + message();
    }

    /** Returns the bytes of the batch, or throws when they may already be those of other records. */
    byte[] bytes() {
        lease.check();
        return bytes;
    }

    private boolean isUnsafe() {
        return RecordFields.has(bytes(), at, RecordCodec.FLAG_UNSAFE);
    }

    private byte[] escapedMessage() {
        Escaped latest = escaped;
        if (latest == null || latest.at != at) {
            latest = new Escaped(at, escapeMessage());
            escaped = latest;
        }
        return latest.message;
    }

    /** A message whose control characters are escaped, and where its record begins. */
    private static final class Escaped {
        private final int at;
        private final byte[] message;

        Escaped(int at, byte[] message) {
            this.at = at;
            this.message = message;
        }
    }

    private byte[] escapeMessage() {
        int begin = RecordFields.messageOffset(bytes, at);
        byte[] message = Arrays.copyOfRange(bytes, begin, begin + RecordFields.messageLength(bytes, at));
        MessageEscaper escaper = new MessageEscaper(message);
        for (int entry = firstEntry(), end = endOfEntries();
                entry < end;
                entry = RecordFields.nextEntry(bytes, entry)) {
            if (RecordFields.entryType(bytes, entry) == RecordCodec.ENTRY_UNSAFE_RANGE) {
                escaper.escape(RecordFields.entryFirst(bytes, entry), RecordFields.entrySecond(bytes, entry));
            }
        }
        return escaper.finish();
    }

    /** Returns how many bytes the names of the markers have, with what divides them, and copies them, if anywhere. */
    private int copyMarkers(byte @Nullable [] target, int offset) {
        int length = 0;
        for (int entry = firstEntry(), end = endOfEntries();
                entry < end;
                entry = RecordFields.nextEntry(bytes, entry)) {
            if (RecordFields.entryType(bytes, entry) == RecordCodec.ENTRY_MARKER) {
                if (length > 0) {
                    length += target == null ? DIVIDER.length : copy(DIVIDER, target, offset + length);
                }
                int count = RecordFields.entrySecond(bytes, entry);
                int from = entry + RecordCodec.ENTRY_HEADER_LENGTH + RecordFields.entryFirst(bytes, entry);
                length += target == null ? count : copy(from, count, target, offset + length);
            }
        }
        return length;
    }

    private Map<String, String> pairs(byte type) {
        Map<String, String> pairs = null;
        for (int entry = firstEntry(), end = endOfEntries();
                entry < end;
                entry = RecordFields.nextEntry(bytes, entry)) {
            if (RecordFields.entryType(bytes, entry) == type) {
                pairs = pairs == null ? new LinkedHashMap<>() : pairs;
                String key = decode(entry + RecordCodec.ENTRY_HEADER_LENGTH, RecordFields.entryFirst(bytes, entry));
                pairs.put(key, entryValue(entry));
            }
        }
        return pairs == null ? Map.of() : Collections.unmodifiableMap(pairs);
    }

    private String entryValue(int entry) {
        int keyLength = RecordFields.entryFirst(bytes, entry);
        return decode(entry + RecordCodec.ENTRY_HEADER_LENGTH + keyLength, RecordFields.entrySecond(bytes, entry));
    }

    int firstEntry() {
        return RecordFields.entriesOffset(bytes(), at);
    }

    int endOfEntries() {
        return firstEntry() + RecordFields.entriesLength(bytes, at);
    }

    private String decode(int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    private int copy(int from, int length, byte[] target, int offset) {
        System.arraycopy(bytes, from, target, offset, length);
        return length;
    }

    private static int copy(byte[] source, byte[] target, int offset) {
        System.arraycopy(source, 0, target, offset, source.length);
        return source.length;
    }
}
