package io.asynclog.layout;

import io.asynclog.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** A record for tests, made of what they set. */
public class FakeRecord implements LogRecord {
    private long sequence;
    private long epochNanos = nanos("2026-03-29T00:59:59.987654321Z");
    private Level level = Level.INFO;
    private String loggerName = "com.example.orders.OrderService";
    private String threadName = "main";
    private String message = "hello";
    private @Nullable String safeMessage;
    private final Map<String, String> keyValues = new LinkedHashMap<>();
    private final Map<String, String> context = new LinkedHashMap<>();
    private @Nullable String marker;
    private @Nullable String exception;

    public static long nanos(String instant) {
        Instant time = Instant.parse(instant);
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }

    public FakeRecord sequence(long value) {
        sequence = value;
        return this;
    }

    public FakeRecord at(String instant) {
        epochNanos = nanos(instant);
        return this;
    }

    public FakeRecord level(Level value) {
        level = value;
        return this;
    }

    public FakeRecord logger(String value) {
        loggerName = value;
        return this;
    }

    public FakeRecord thread(String value) {
        threadName = value;
        return this;
    }

    public FakeRecord message(String value) {
        message = value;
        return this;
    }

    public FakeRecord safeMessage(String value) {
        safeMessage = value;
        return this;
    }

    public FakeRecord keyValue(String key, String value) {
        keyValues.put(key, value);
        return this;
    }

    public FakeRecord context(String key, String value) {
        context.put(key, value);
        return this;
    }

    public FakeRecord marker(String value) {
        marker = value;
        return this;
    }

    public FakeRecord exception(String value) {
        exception = value;
        return this;
    }

    @Override
    public UUID instance() {
        return new UUID(0, 0);
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public Instant timestamp() {
        return Instant.ofEpochSecond(0, epochNanos);
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
        return safeMessage == null ? message : safeMessage;
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
        return false;
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
        byte[] bytes = utf8(text);
        System.arraycopy(bytes, 0, target, offset, bytes.length);
        return bytes.length;
    }

    private byte[] utf8(Text text) {
        String string =
                switch (text) {
                    case LOGGER_NAME -> loggerName;
                    case THREAD_NAME -> threadName;
                    case MESSAGE -> message;
                    case SAFE_MESSAGE -> safeMessage();
                    case MARKER -> marker;
                    case EXCEPTION -> exception;
                };
        return string == null ? new byte[0] : string.getBytes(StandardCharsets.UTF_8);
    }
}
