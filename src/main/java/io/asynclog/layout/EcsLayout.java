package io.asynclog.layout;

import io.asynclog.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes each record as one line of JSON in the Elastic Common Schema (<a
 * href="https://www.elastic.co/docs/reference/ecs">ECS</a>), version 8.11, nested as Spring Boot's own lines are from
 * 3.5 on: {@code @timestamp}, {@code log}, {@code process}, {@code service}, {@code message}, {@code event.sequence},
 * then key-values and MDC under their own names, {@code error}, {@code tags} and {@code ecs}.
 *
 * <p>A key that is in both the key-values and the MDC has the value of the former. A key that is the name of one of
 * these fields stands below {@code labels}. Type and message of an exception are read off the first lines of its trace,
 * which is what {@code toString()} made of it: where that is of another form, or the class is in no package, the type
 * is left out.
 *
 * <p>Keeps caches: to be used by one thread at a time.
 */
public final class EcsLayout implements Layout {
    private static final byte[] TIMESTAMP = ByteOutput.padded("{\"@timestamp\":\"");
    private static final byte[] LEVEL = ByteOutput.padded("\",\"log\":{\"level\":\"");
    private static final byte[] LOGGER = ByteOutput.padded("\",\"logger\":\"");
    private static final byte[] MESSAGE = ByteOutput.padded(",\"message\":\"");
    private static final byte[] SEQUENCE = ByteOutput.padded("\",\"event\":{\"sequence\":");
    private static final byte[] ERROR = ByteOutput.padded(",\"error\":{");
    private static final byte[] TYPE = ByteOutput.padded("\"type\":");
    private static final byte[] ERROR_MESSAGE = ByteOutput.padded("\"message\":");
    private static final byte[] STACK_TRACE = ByteOutput.padded("\"stack_trace\":");
    private static final byte[] END = ByteOutput.padded(",\"ecs\":{\"version\":\"8.11\"}}\n");

    private final Part timestamp = DatePart.of("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", ZoneOffset.UTC, Locale.ROOT);
    private final Part level = LevelPart.of(Enum::name);
    private final FlatPairs pairs = new FlatPairs(
            "labels",
            List.of(
                    "@timestamp",
                    "log.level",
                    "log.logger",
                    "process.pid",
                    "process.thread.name",
                    "service.name",
                    "service.version",
                    "service.environment",
                    "service.node.name",
                    "message",
                    "event.sequence",
                    "error.type",
                    "error.message",
                    "error.stack_trace",
                    "tags",
                    "ecs.version"),
            List.of("log", "process", "process.thread", "service", "service.node", "event", "error", "ecs"));
    private final byte[] thread;
    private final byte[] service;
    private final TraceHead head = new TraceHead();

    /** Creates a layout for the records of a service. */
    public EcsLayout(ServiceInfo service) {
        thread = utf8("\"},\"process\":{\"pid\":" + ProcessHandle.current().pid() + ",\"thread\":{\"name\":\"");
        this.service = utf8("\"}}" + members(service));
    }

    private static String members(ServiceInfo service) {
        StringBuilder members = new StringBuilder();
        add(members, "name", service.name());
        add(members, "version", service.version());
        add(members, "environment", service.environment());
        if (service.nodeName() != null) {
            members.append(members.isEmpty() ? "" : ",").append("\"node\":{");
            StringBuilder node = new StringBuilder();
            add(node, "name", service.nodeName());
            members.append(node).append('}');
        }
        return members.isEmpty() ? "" : ",\"service\":{" + members + "}";
    }

    private static void add(StringBuilder members, String name, @Nullable String value) {
        if (value != null) {
            ByteOutput string = new ByteOutput();
            byte[] bytes = utf8(value);
            JsonText.appendString(bytes, 0, bytes.length, string);
            members.append(members.isEmpty() ? "" : ",")
                    .append('"')
                    .append(name)
                    .append("\":")
                    .append(new String(string.array(), 0, string.length(), StandardCharsets.UTF_8));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void append(LogRecord record, ByteOutput out) {
        out.appendPadded(TIMESTAMP);
        timestamp.append(record, out);
        out.appendPadded(LEVEL);
        level.append(record, out);
        out.appendPadded(LOGGER);
        JsonText.append(record, LogRecord.Text.LOGGER_NAME, out);
        out.append(thread);
        JsonText.append(record, LogRecord.Text.THREAD_NAME, out);
        out.append(service);
        out.appendPadded(MESSAGE);
        JsonText.append(record, LogRecord.Text.MESSAGE, out);
        out.appendPadded(SEQUENCE);
        out.appendDecimal(record.sequence());
        out.append((byte) '}');
        pairs.append(record, out);
        appendError(record, out);
        MarkerTags.append(record, out);
        out.appendPadded(END);
    }

    private void appendError(LogRecord record, ByteOutput out) {
        if (record.utf8Length(LogRecord.Text.EXCEPTION) == 0) {
            return;
        }
        head.read(record);
        out.appendPadded(ERROR);
        if (head.typeLength() > 0) {
            out.appendPadded(TYPE);
            JsonText.appendString(head.bytes(), 0, head.typeLength(), out);
            out.append((byte) ',');
        }
        if (head.messageLength() > 0) {
            out.appendPadded(ERROR_MESSAGE);
            JsonText.appendString(head.bytes(), head.messageOffset(), head.messageLength(), out);
            out.append((byte) ',');
        }
        out.appendPadded(STACK_TRACE);
        JsonText.appendString(head.bytes(), 0, head.length(), out);
        out.append((byte) '}');
    }
}
