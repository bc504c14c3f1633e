package io.asynclog.layout;

import io.asynclog.LogRecord;
import io.asynclog.buffer.RecordPairs;
import java.nio.charset.StandardCharsets;

/** One value of the MDC, or a default where the MDC has none. */
final class ContextPart implements Part {
    private final RecordPairs context = RecordPairs.ofContext();
    private final byte[] key;
    private final String defaultValue;

    ContextPart(String key, String defaultValue) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
        this.defaultValue = defaultValue;
    }

    @Override
    public void append(LogRecord record, ByteOutput out) {
        context.read(record);
        if (context.find(key)) {
            Controls.appendEscaped(out, context.bytes(), context.valueOffset(), context.valueLength());
        } else {
            Controls.appendEscaped(out, defaultValue);
        }
    }
}
