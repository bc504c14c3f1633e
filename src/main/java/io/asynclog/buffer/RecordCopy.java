package io.asynclog.buffer;

import io.asynclog.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** A record on the heap, for keeps. */
final class RecordCopy implements LogRecord {
    private final UUID instance;
    private final long sequence;
    private final Instant timestamp;
    private final long epochNanos;
    private final Level level;
    private final String loggerName;
    private final String threadName;
    private final String message;
    private final String safeMessage;
    private final Map<String, String> keyValues;
    private final Map<String, String> context;
    private final @Nullable String marker;
    private final @Nullable String exception;
    private final boolean truncated;

    RecordCopy(LogRecord source) {
        instance = source.instance();
        sequence = source.sequence();
        timestamp = source.timestamp();
        epochNanos = source.epochNanos();
        level = source.level();
        loggerName = source.loggerName();
        threadName = source.threadName();
        message = source.message();
        safeMessage = source.safeMessage();
        keyValues = source.keyValues();
        context = source.context();
        marker = source.marker();
        exception = source.exception();
        truncated = source.truncated();
    }

    @Override
    public UUID instance() {
        return instance;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public Instant timestamp() {
        return timestamp;
    }

    @Override
    public long epochNanos() {
        return epochNanos;
    }

    @Override
    public Level level() {
        return level;
    }

    @Override
    public String loggerName() {
        return loggerName;
    }

    @Override
    public String threadName() {
        return threadName;
    }

    @Override
    public String message() {
        return message;
    }

    @Override
    public String safeMessage() {
        return safeMessage;
    }

    @Override
    public Map<String, String> keyValues() {
        return keyValues;
    }

    @Override
    public Map<String, String> context() {
        return context;
    }

    @Override
    public @Nullable String marker() {
        return marker;
    }

    @Override
    public @Nullable String exception() {
        return exception;
    }

    @Override
    public boolean truncated() {
        return truncated;
    }

    @Override
    public LogRecord copy() {
        return this;
    }

    @Override
    public int utf8Length(Text text) {
        return utf8(text).length;
    }

    @Override
    public int copyUtf8(Text text, byte[] target, int offset) {
        byte[] source = utf8(text);
        System.arraycopy(source, 0, target, offset, source.length);
        return source.length;
    }

    @Override
    public String toString() {
        return level + " " + loggerName + " " + message;
    }

    private byte[] utf8(Text text) {
        String value = string(text);
        return value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
    }

    private @Nullable String string(Text text) {
        return switch (text) {
            case LOGGER_NAME -> loggerName;
            case THREAD_NAME -> threadName;
            case MESSAGE -> message;
            case SAFE_MESSAGE -> safeMessage;
            case MARKER -> marker;
            case EXCEPTION -> exception;
        };
    }
}
