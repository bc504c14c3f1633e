package io.asynclog.layout;

import io.asynclog.LogRecord;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;

/**
 * Writes each record as one line of JSON (RFC 8259, in UTF-8) with the fields {@code @timestamp}, {@code sequence},
 * {@code level}, {@code logger}, {@code thread}, {@code message}, and, where the record has them, {@code keyValues},
 * {@code context}, {@code marker} and {@code exception}.
 *
 * <p>Control characters and line separators in texts are escaped, so that a record is always one line.
 *
 * <p>Keeps caches: to be used by one thread at a time.
 */
public final class JsonLayout implements Layout {
    private final Part timestamp = DatePart.of("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", ZoneOffset.UTC, Locale.ROOT);

    @Override
    public void append(LogRecord record, ByteOutput out) {
        append(record, Map.of(), out);
    }

    /** Appends a record with further fields, which come first. */
    public void append(LogRecord record, Map<String, String> further, ByteOutput out) {
        out.append((byte) '{');
        further.forEach((key, value) -> {
            appendMember(key, value, out);
            out.append((byte) ',');
        });
        out.append("\"@timestamp\":\"");
        timestamp.append(record, out);
        out.append("\",\"sequence\":");
        out.append(Long.toString(record.sequence()));
        out.append(",\"level\":\"");
        out.append(record.level().name());
        out.append((byte) '"');
        appendText("logger", record, LogRecord.Text.LOGGER_NAME, out);
        appendText("thread", record, LogRecord.Text.THREAD_NAME, out);
        appendText("message", record, LogRecord.Text.MESSAGE, out);
        appendPairs("keyValues", record.keyValues(), out);
        appendPairs("context", record.context(), out);
        appendIfAny("marker", record, LogRecord.Text.MARKER, out);
        appendIfAny("exception", record, LogRecord.Text.EXCEPTION, out);
        out.append("}\n");
    }

    private static void appendIfAny(String name, LogRecord record, LogRecord.Text text, ByteOutput out) {
        if (record.utf8Length(text) > 0) {
            appendText(name, record, text, out);
        }
    }

    private static void appendText(String name, LogRecord record, LogRecord.Text text, ByteOutput out) {
        out.append(",\"");
        out.append(name);
        out.append("\":\"");
        int from = out.length();
        out.append(record, text);
        escape(out, from);
        out.append((byte) '"');
    }

    private static void appendPairs(String name, Map<String, String> pairs, ByteOutput out) {
        if (pairs.isEmpty()) {
            return;
        }
        out.append(",\"");
        out.append(name);
        out.append("\":");
        char before = '{';
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            out.append((byte) before);
            appendMember(pair.getKey(), pair.getValue(), out);
            before = ',';
        }
        out.append((byte) '}');
    }

    private static void appendMember(String key, String value, ByteOutput out) {
        appendString(key, out);
        out.append((byte) ':');
        appendString(value, out);
    }

    private static void appendString(String value, ByteOutput out) {
        out.append((byte) '"');
        int from = out.length();
        out.append(value);
        escape(out, from);
        out.append((byte) '"');
    }

    private static void escape(ByteOutput out, int from) {
        if (isPlain(out.array(), from, out.length())) {
            return;
        }
        byte[] text = out.cut(from);
        for (int i = 0; i < text.length; ) {
            int control = Controls.lengthAt(text, i, text.length);
            if (control > 0) {
                Controls.appendEscape(out, text, i, control);
                i += control;
                continue;
            }
            if (text[i] == '"' || text[i] == '\\') {
                out.append((byte) '\\');
            }
            out.append(text[i++]);
        }
    }

    private static boolean isPlain(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b < ' ' || b == 0x7f || b == '"' || b == '\\') {
                return false;
            }
        }
        return true;
    }
}
