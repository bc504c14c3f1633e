package io.asynclog.layout;

import io.asynclog.LogRecord;
import io.asynclog.buffer.RecordPairs;

/** Appends texts in JSON (RFC 8259): what would end a string, or a line, is escaped. */
final class JsonText {
    private JsonText() {}

    /** Appends a text of a record, without quotes. */
    static void append(LogRecord record, LogRecord.Text text, ByteOutput out) {
        int from = out.length();
        out.append(record, text);
        Controls.escapeJson(out, from);
    }

    /** Appends bytes in UTF-8 as a string. */
    static void appendString(byte[] source, int offset, int count, ByteOutput out) {
        out.append((byte) '"');
        Controls.appendEscapedJson(out, source, offset, count);
        out.append((byte) '"');
    }

    /** Appends the value of the present pair as a string. */
    static void appendValue(RecordPairs pairs, ByteOutput out) {
        appendString(pairs.bytes(), pairs.valueOffset(), pairs.valueLength(), out);
    }
}
