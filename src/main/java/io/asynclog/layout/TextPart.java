package io.asynclog.layout;

import io.asynclog.LogRecord;

/** A text of the record with its control characters escaped, fitted into a width. */
final class TextPart implements Part {
    private final LogRecord.Text text;
    private final Width width;

    TextPart(LogRecord.Text text, Width width) {
        this.text = text;
        this.width = width;
    }

    TextPart fittedInto(Width newWidth) {
        return new TextPart(text, newWidth);
    }

    @Override
    public void append(LogRecord record, ByteOutput out) {
        int from = out.length();
        int length = record.utf8Length(text);
        // Most texts are plain ASCII: then a byte is a character, and the blanks can go first.
        int blanks = width.padLeft() ? Math.max(0, width.min() - length) : 0;
        out.appendBlanks(blanks);
        out.append(record, text);
        if (!Controls.isPrintableAscii(out.array(), from + blanks, out.length())) {
            out.remove(from, blanks);
            Controls.escape(out, from);
            width.fit(out, from);
        } else if (length > width.max() || (length < width.min() && !width.padLeft())) {
            width.fit(out, from);
        }
    }
}
