package io.asynclog.layout;

import io.asynclog.LogRecord;
import io.asynclog.buffer.RecordPairs;
import java.nio.charset.StandardCharsets;

/** The key-values of a record or its MDC, as {@code a="1" b="2"}. */
final class PairsPart implements Part {
    private final RecordPairs pairs;
    private final byte[] divider;
    private final byte[] quote;

    /**
     * Creates a part.
     *
     * @param divider between one pair and the next
     * @param quote before and behind a value
     */
    PairsPart(RecordPairs pairs, String divider, String quote) {
        this.pairs = pairs;
        this.divider = divider.getBytes(StandardCharsets.UTF_8);
        this.quote = quote.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void append(LogRecord record, ByteOutput out) {
        pairs.read(record);
        boolean first = true;
        while (pairs.next()) {
            if (!first) {
                out.append(divider);
            }
            first = false;
            Controls.appendEscaped(out, pairs.bytes(), pairs.keyOffset(), pairs.keyLength());
            out.append((byte) '=');
            out.append(quote);
            Controls.appendEscaped(out, pairs.bytes(), pairs.valueOffset(), pairs.valueLength());
            out.append(quote);
        }
    }
}
