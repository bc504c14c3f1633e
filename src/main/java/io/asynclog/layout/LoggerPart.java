package io.asynclog.layout;

import io.asynclog.LogRecord;

/** The name of the logger, abbreviated to a target length and fitted into a width. */
final class LoggerPart implements Part {
    /** The target length that leaves names whole. */
    static final int WHOLE = -1;

    private final int targetLength;
    private final Width width;

    LoggerPart(int targetLength, Width width) {
        this.targetLength = targetLength;
        this.width = width;
    }

    /** Returns whether it is not fitted yet, so that {@link #fittedInto} takes no other width away. */
    boolean hasAnyWidth() {
        return width.isAny();
    }

    LoggerPart fittedInto(Width newWidth) {
        return new LoggerPart(targetLength, newWidth);
    }

    @Override
    public void append(LogRecord record, ByteOutput out) {
        int from = out.length();
        if (targetLength == WHOLE) {
            out.append(record, LogRecord.Text.LOGGER_NAME);
        } else {
            out.append(abbreviate(record.loggerName(), targetLength));
        }
        Controls.escape(out, from);
        width.fit(out, from);
    }

    @Override
    public boolean isOfOrigin() {
        return true;
    }

    /**
     * Abbreviates a name as Logback does. At 0 only the last segment stays. Else segments are shortened to their first
     * character, from the left, until the name has the target length; the last segment always stays whole.
     */
    static String abbreviate(String name, int targetLength) {
        int lastDot = name.lastIndexOf('.');
        if (targetLength == 0) {
            return name.substring(lastDot + 1);
        }
        if (lastDot < 0 || name.length() < targetLength) {
            return name;
        }
        int excess = lastDot - Math.max(0, targetLength - (name.length() - lastDot));
        StringBuilder result = new StringBuilder(name.length());
        int at = 0;
        while (true) {
            int dot = name.indexOf('.', at);
            if (dot > at) {
                result.append(name.charAt(at));
                excess -= dot - at - 1;
            }
            if (dot == lastDot || excess <= 0) {
                return result.append(name, dot, name.length()).toString();
            }
            result.append('.');
            at = dot + 1;
        }
    }
}
