package io.asynclog.layout;

import io.asynclog.LogRecord;
import java.util.List;
import java.util.Map;

/**
 * Ids out of the MDC in brackets, as in Spring Boot: each padded to its usual length with blanks, and blanks alone
 * where there are none, so that the lines stay in columns. A blank follows the brackets.
 */
final class CorrelationIdPart implements Part {
    private final List<Id> ids;

    CorrelationIdPart(List<Id> ids) {
        this.ids = List.copyOf(ids);
    }

    /**
     * One of the ids.
     *
     * @param key its key in the MDC
     * @param width how long it usually is
     */
    record Id(String key, Width width) {
        Id(String key, int length) {
            this(key, new Width(length, Integer.MAX_VALUE, false, true));
        }
    }

    @Override
    public void append(LogRecord record, ByteOutput out) {
        Map<String, String> context = record.context();
        boolean any =
                ids.stream().anyMatch(id -> !context.getOrDefault(id.key, "").isEmpty());
        String before = "[";
        for (Id id : ids) {
            out.append(before);
            int from = out.length();
            Controls.appendEscaped(out, context.getOrDefault(id.key, ""));
            id.width.fit(out, from);
            before = any ? "-" : " ";
        }
        out.append("] ");
    }
}
