package io.asynclog.layout;

import io.asynclog.LogRecord;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * Writes each record as one line of JSON with the names that Logstash's encoder for Logback (<a
 * href="https://github.com/logfellow/logstash-logback-encoder">logstash-logback-encoder</a>) gives, and Spring Boot's
 * own lines of that format have: {@code @timestamp} with the offset of the system's time zone, {@code @version},
 * {@code message}, {@code logger_name}, {@code thread_name}, {@code level}, {@code level_value}, then key-values and
 * MDC under their own names, {@code tags} and {@code stack_trace}.
 *
 * <p>A key that is in both the key-values and the MDC has the value of the former. A key that is one of these names
 * gets {@code context.} before it.
 *
 * <p>Keeps caches: to be used by one thread at a time.
 */
public final class LogstashLayout implements Layout {
    private static final byte[] TIMESTAMP = ByteOutput.padded("{\"@timestamp\":\"");
    private static final byte[] MESSAGE = ByteOutput.padded("\",\"@version\":\"1\",\"message\":\"");
    private static final byte[] LOGGER = ByteOutput.padded("\",\"logger_name\":\"");
    private static final byte[] THREAD = ByteOutput.padded("\",\"thread_name\":\"");
    private static final byte[] LEVEL = ByteOutput.padded("\",\"level\":\"");
    private static final byte[] LEVEL_VALUE = ByteOutput.padded("\",\"level_value\":");
    private static final byte[] STACK_TRACE = ByteOutput.padded(",\"stack_trace\":\"");
    private static final byte[] END = ByteOutput.padded("}\n");

    private final Part timestamp;
    private final Part level = LevelPart.of(Enum::name);
    private final FlatPairs pairs = new FlatPairs(
            "context",
            List.of(
                    "@timestamp",
                    "@version",
                    "message",
                    "logger_name",
                    "thread_name",
                    "level",
                    "level_value",
                    "tags",
                    "stack_trace"),
            List.of());

    /** Creates a layout with times in the system's zone. */
    public LogstashLayout() {
        this(ZoneId.systemDefault());
    }

    LogstashLayout(ZoneId zone) {
        timestamp = DatePart.of("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX", zone, Locale.ROOT);
    }

    @Override
    public void append(LogRecord record, ByteOutput out) {
        out.appendPadded(TIMESTAMP);
        timestamp.append(record, out);
        out.appendPadded(MESSAGE);
        JsonText.append(record, LogRecord.Text.MESSAGE, out);
        out.appendPadded(LOGGER);
        JsonText.append(record, LogRecord.Text.LOGGER_NAME, out);
        out.appendPadded(THREAD);
        JsonText.append(record, LogRecord.Text.THREAD_NAME, out);
        out.appendPadded(LEVEL);
        level.append(record, out);
        out.appendPadded(LEVEL_VALUE);
        out.appendDecimal(levelValue(record));
        pairs.append(record, out);
        MarkerTags.append(record, out);
        if (record.utf8Length(LogRecord.Text.EXCEPTION) > 0) {
            out.appendPadded(STACK_TRACE);
            JsonText.append(record, LogRecord.Text.EXCEPTION, out);
            out.append((byte) '"');
        }
        out.appendPadded(END);
    }

    /** Returns the number that Logback has for the level. */
    private static int levelValue(LogRecord record) {
        return switch (record.level()) {
            case ERROR -> 40_000;
            case WARN -> 30_000;
            case INFO -> 20_000;
            case DEBUG -> 10_000;
            case TRACE -> 5_000;
        };
    }
}
