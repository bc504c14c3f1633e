package io.asynclog.layout;

import io.asynclog.LogRecord;

/**
 * The stack trace, ended by a line break; nothing for a record without one. The message of an exception may hold a
 * user's input, which must not look like the line of another record. So to every line behind the first that is not
 * {@linkplain TraceLines one of a trace} a tab is added. Control characters are escaped.
 */
final class ExceptionPart implements Part {
    private static final String LINE_BREAK = System.lineSeparator();

    private final boolean spaced;

    /** Creates a part; {@code spaced} adds an empty line before and behind. */
    ExceptionPart(boolean spaced) {
        this.spaced = spaced;
    }

    @Override
    public void append(LogRecord record, ByteOutput out) {
        if (record.utf8Length(LogRecord.Text.EXCEPTION) == 0) {
            return;
        }
        if (spaced) {
            out.append(LINE_BREAK);
        }
        int from = out.length();
        out.append(record, LogRecord.Text.EXCEPTION);
        if (!isSafe(out.array(), from, out.length())) {
            appendSafely(out.cut(from), out);
        }
        if (out.array()[out.length() - 1] != '\n') {
            out.append(LINE_BREAK);
        }
        if (spaced) {
            out.append(LINE_BREAK);
        }
    }

    private static boolean isSafe(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < ' ' || bytes[i] == 0x7f) {
                boolean safe = bytes[i] == '\t' || isLineBreak(bytes, i, to) || Controls.lengthAt(bytes, i, to) == 0;
                if (!safe || (bytes[i] == '\n' && needsTab(bytes, i + 1, to))) {
                    return false;
                }
            }
        }
        return true;
    }

    static void appendSafely(byte[] text, ByteOutput out) {
        for (int i = 0; i < text.length; ) {
            boolean kept = text[i] == '\t' || isLineBreak(text, i, text.length);
            int escaped = kept ? 0 : Controls.lengthAt(text, i, text.length);
            if (escaped > 0) {
                Controls.appendEscape(out, text, i, escaped);
                i += escaped;
                continue;
            }
            out.append(text[i++]);
            if (text[i - 1] == '\n' && needsTab(text, i, text.length)) {
                out.append((byte) '\t');
            }
        }
    }

    /** Returns whether a line feed is at {@code at}, or a carriage return that belongs to one. */
    private static boolean isLineBreak(byte[] bytes, int at, int end) {
        return bytes[at] == '\n' || (bytes[at] == '\r' && at + 1 < end && bytes[at + 1] == '\n');
    }

    private static boolean needsTab(byte[] bytes, int lineBegin, int end) {
        return lineBegin != end && !isLineBreak(bytes, lineBegin, end) && !TraceLines.isOne(bytes, lineBegin, end);
    }
}
