package io.asynclog.layout;

import io.asynclog.LogRecord;
import io.asynclog.buffer.RecordPairs;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Ids out of the MDC in brackets, as in Spring Boot: each padded to its usual length with blanks, and blanks alone
 * where there are none, so that the lines stay in columns. A blank follows the brackets.
 */
final class CorrelationIdPart implements Part {
    private final RecordPairs context = RecordPairs.ofContext();
    private final Id[] ids;

    CorrelationIdPart(List<Id> ids) {
        this.ids = ids.toArray(new Id[0]);
    }

    @Override
    public void append(LogRecord record, ByteOutput out) {
        context.read(record);
        byte divider = (byte) (hasAny() ? '-' : ' ');
        byte before = '[';
        for (Id id : ids) {
            out.append(before);
            int from = out.length();
            if (context.find(id.key)) {
                Controls.appendEscaped(out, context.bytes(), context.valueOffset(), context.valueLength());
            }
            id.width.fit(out, from);
            before = divider;
        }
        out.append((byte) ']');
        out.append((byte) ' ');
    }

    private boolean hasAny() {
        for (Id id : ids) {
            if (context.find(id.key) && context.valueLength() > 0) {
                return true;
            }
        }
        return false;
    }

    /** One of the ids. */
    static final class Id {
        private final byte[] key;
        private final Width width;

        /**
         * Creates an id.
         *
         * @param key its key in the MDC
         * @param length how long it usually is
         */
        Id(String key, int length) {
            this.key = key.getBytes(StandardCharsets.UTF_8);
            this.width = new Width(length, Integer.MAX_VALUE, false, true);
        }
    }
}
