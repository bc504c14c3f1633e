package io.asynclog.layout;

import io.asynclog.LogRecord;
import io.asynclog.buffer.RecordPairs;
import java.nio.charset.StandardCharsets;
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
    private static final byte[] TIMESTAMP = utf8("\"@timestamp\":\"");
    private static final byte[] SEQUENCE = utf8("\",\"sequence\":");
    private static final byte[] LEVEL = utf8(",\"level\":\"");
    private static final byte[] LOGGER = utf8("\",\"logger\":\"");
    private static final byte[] THREAD = utf8("\",\"thread\":\"");
    private static final byte[] MESSAGE = utf8("\",\"message\":\"");
    private static final byte[] KEY_VALUES = utf8(",\"keyValues\":");
    private static final byte[] CONTEXT = utf8(",\"context\":");
    private static final byte[] MARKER = utf8(",\"marker\":\"");
    private static final byte[] EXCEPTION = utf8(",\"exception\":\"");
    private static final byte[] END = utf8("}\n");

    private final Part timestamp = DatePart.of("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", ZoneOffset.UTC, Locale.ROOT);
    private final Part level = LevelPart.of(Enum::name);
    private final RecordPairs keyValues = RecordPairs.ofKeyValues();
    private final RecordPairs context = RecordPairs.ofContext();

    @Override
    public void append(LogRecord record, ByteOutput out) {
        out.append((byte) '{');
        appendMembers(record, out);
    }

    /** Appends a record with further fields, which come first. */
    public void append(LogRecord record, Map<String, String> further, ByteOutput out) {
        out.append((byte) '{');
        further.forEach((key, value) -> {
            appendString(utf8(key), out);
            out.append((byte) ':');
            appendString(utf8(value), out);
            out.append((byte) ',');
        });
        appendMembers(record, out);
    }

    private void appendMembers(LogRecord record, ByteOutput out) {
        out.append(TIMESTAMP);
        timestamp.append(record, out);
        out.append(SEQUENCE);
        out.appendDecimal(record.sequence());
        out.append(LEVEL);
        level.append(record, out);
        out.append(LOGGER);
        appendEscaped(record, LogRecord.Text.LOGGER_NAME, out);
        out.append(THREAD);
        appendEscaped(record, LogRecord.Text.THREAD_NAME, out);
        out.append(MESSAGE);
        appendEscaped(record, LogRecord.Text.MESSAGE, out);
        out.append((byte) '"');
        appendPairs(KEY_VALUES, keyValues, record, out);
        appendPairs(CONTEXT, context, record, out);
        appendIfAny(MARKER, record, LogRecord.Text.MARKER, out);
        appendIfAny(EXCEPTION, record, LogRecord.Text.EXCEPTION, out);
        out.append(END);
    }

    private static void appendIfAny(byte[] name, LogRecord record, LogRecord.Text text, ByteOutput out) {
        if (record.utf8Length(text) > 0) {
            out.append(name);
            appendEscaped(record, text, out);
            out.append((byte) '"');
        }
    }

    private static void appendPairs(byte[] name, RecordPairs pairs, LogRecord record, ByteOutput out) {
        pairs.read(record);
        if (!pairs.next()) {
            return;
        }
        out.append(name);
        byte before = '{';
        do {
            out.append(before);
            appendString(pairs.bytes(), pairs.keyOffset(), pairs.keyLength(), out);
            out.append((byte) ':');
            appendString(pairs.bytes(), pairs.valueOffset(), pairs.valueLength(), out);
            before = ',';
        } while (pairs.next());
        out.append((byte) '}');
    }

    private static void appendString(byte[] text, ByteOutput out) {
        appendString(text, 0, text.length, out);
    }

    private static void appendString(byte[] source, int offset, int count, ByteOutput out) {
        out.append((byte) '"');
        Controls.appendEscapedJson(out, source, offset, count);
        out.append((byte) '"');
    }

    private static void appendEscaped(LogRecord record, LogRecord.Text text, ByteOutput out) {
        int from = out.length();
        out.append(record, text);
        Controls.escapeJson(out, from);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
