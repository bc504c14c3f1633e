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
    private static final byte[] TIMESTAMP = ByteOutput.padded("\"@timestamp\":\"");
    private static final byte[] SEQUENCE = ByteOutput.padded("\",\"sequence\":");
    private static final byte[] LEVEL = ByteOutput.padded(",\"level\":\"");
    private static final byte[] LOGGER = ByteOutput.padded("\",\"logger\":\"");
    private static final byte[] THREAD = ByteOutput.padded("\",\"thread\":\"");
    private static final byte[] MESSAGE = ByteOutput.padded("\",\"message\":\"");
    private static final byte[] KEY_VALUES = ByteOutput.padded(",\"keyValues\":");
    private static final byte[] CONTEXT = ByteOutput.padded(",\"context\":");
    private static final byte[] MARKER = ByteOutput.padded(",\"marker\":\"");
    private static final byte[] EXCEPTION = ByteOutput.padded(",\"exception\":\"");
    private static final byte[] END = ByteOutput.padded("}\n");

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
            appendString(key, out);
            out.append((byte) ':');
            appendString(value, out);
            out.append((byte) ',');
        });
        appendMembers(record, out);
    }

    private void appendMembers(LogRecord record, ByteOutput out) {
        out.appendPadded(TIMESTAMP);
        timestamp.append(record, out);
        out.appendPadded(SEQUENCE);
        out.appendDecimal(record.sequence());
        out.appendPadded(LEVEL);
        level.append(record, out);
        out.appendPadded(LOGGER);
        JsonText.append(record, LogRecord.Text.LOGGER_NAME, out);
        out.appendPadded(THREAD);
        JsonText.append(record, LogRecord.Text.THREAD_NAME, out);
        out.appendPadded(MESSAGE);
        JsonText.append(record, LogRecord.Text.MESSAGE, out);
        out.append((byte) '"');
        appendPairs(KEY_VALUES, keyValues, record, out);
        appendPairs(CONTEXT, context, record, out);
        appendIfAny(MARKER, record, LogRecord.Text.MARKER, out);
        appendIfAny(EXCEPTION, record, LogRecord.Text.EXCEPTION, out);
        out.appendPadded(END);
    }

    private static void appendIfAny(byte[] name, LogRecord record, LogRecord.Text text, ByteOutput out) {
        if (record.utf8Length(text) > 0) {
            out.appendPadded(name);
            JsonText.append(record, text, out);
            out.append((byte) '"');
        }
    }

    private static void appendPairs(byte[] name, RecordPairs pairs, LogRecord record, ByteOutput out) {
        pairs.read(record);
        if (!pairs.next()) {
            return;
        }
        out.appendPadded(name);
        byte before = '{';
        do {
            out.append(before);
            JsonText.appendString(pairs.bytes(), pairs.keyOffset(), pairs.keyLength(), out);
            out.append((byte) ':');
            JsonText.appendValue(pairs, out);
            before = ',';
        } while (pairs.next());
        out.append((byte) '}');
    }

    private static void appendString(String text, ByteOutput out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonText.appendString(bytes, 0, bytes.length, out);
    }
}
