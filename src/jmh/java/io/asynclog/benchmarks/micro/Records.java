package io.asynclog.benchmarks.micro;

import io.asynclog.LogRecord;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.RecordEncoder;
import io.asynclog.buffer.SegmentBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.event.Level;

/** A buffer with the defaults, and the record that the benchmarks below the log call work with: 69 bytes of message. */
final class Records {
    private static final byte[] LOGGER = RecordEncoder.encodeLoggerName("com.example.orders.OrderService");

    private static final List<Map.Entry<String, String>> CONTEXT = List.of(
            Map.entry("traceId", "4bf92f3577b34da6a3ce929d0e0e4736"),
            Map.entry("spanId", "00f067aa0ba902b7"),
            Map.entry("tenant", "acme-4711"));

    private Records() {}

    static AsyncBuffer newBuffer() {
        return new AsyncBuffer(BufferOptions.defaults(), Runnable::run, (message, cause) -> {
            throw new IllegalStateException(message, cause);
        });
    }

    /** Returns a record that is put together and not pushed. */
    static RecordEncoder encoded(AsyncBuffer buffer) {
        RecordEncoder record = buffer.leaseEncoder();
        record.begin(Level.INFO, LOGGER, buffer.clock().epochNanos(), Thread.currentThread());
        record.message(
                "{} order of {} charged to {}", 3, "a confirmed", "customer-4711", "DE89370400440532013000", null);
        return record;
    }

    /** Returns that record as a sink gets it, with some entries of an MDC. */
    static LogRecord read(int context) {
        RecordEncoder record = encoded(newBuffer());
        Map<String, String> entries = new LinkedHashMap<>();
        CONTEXT.subList(0, context).forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        record.context(entries);
        return SegmentBatch.of(record).get(0);
    }
}
