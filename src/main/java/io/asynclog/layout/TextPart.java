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

    /** Returns whether it is not fitted yet, so that {@link #fittedInto} takes no other width away. */
    boolean hasAnyWidth() {
        return width.isAny();
    }

    TextPart fittedInto(Width newWidth) {
        return new TextPart(text, newWidth);
    }

    @Override
    public void append(LogRecord record, ByteOutput out) {
        int from = out.length();
        out.append(record, text);
        Controls.escape(out, from);
        width.fit(out, from);
    }

    @Override
    public boolean isOfOrigin() {
        return text == LogRecord.Text.THREAD_NAME;
    }
}
