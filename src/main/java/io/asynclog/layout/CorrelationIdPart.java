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
        boolean hasAny = false;
        for (Id id : ids) {
            hasAny |= id.find(context) > 0;
        }
        byte before = '[';
        for (Id id : ids) {
            out.append(before);
            id.append(context.bytes(), out);
            before = (byte) (hasAny ? '-' : ' ');
        }
        out.append((byte) ']');
        out.append((byte) ' ');
    }

    /** One of the ids. */
    static final class Id {
        private final byte[] key;
        private final Width width;
        /** Where its value lies in the MDC of the record at hand. */
        private int valueOffset;

        private int valueLength;

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

        /** Looks for it in an MDC, and returns how many bytes its value has there. */
        int find(RecordPairs context) {
            boolean found = context.find(key);
            valueOffset = found ? context.valueOffset() : 0;
            valueLength = found ? context.valueLength() : 0;
            return valueLength;
        }

        /** Appends the value that was found, fitted into its width. */
        void append(byte[] context, ByteOutput out) {
            // As escaping and fitting would have it, with one look instead of two: nearly every id is plain, and the
            // width, which pads on the right and cuts nothing, then counts bytes.
            boolean isPlain = Controls.isPrintableAscii(context, valueOffset, valueOffset + valueLength);
            if (isPlain) {
                out.append(context, valueOffset, valueLength);
                out.appendBlanks(Math.max(0, width.min() - valueLength));
            } else {
                int from = out.length();
                Controls.appendEscaped(out, context, valueOffset, valueLength);
                width.fit(out, from);
            }
        }
    }
}
