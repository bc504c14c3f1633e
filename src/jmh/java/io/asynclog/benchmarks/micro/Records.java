package io.asynclog.benchmarks.micro;

import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.RecordEncoder;
import org.slf4j.event.Level;

/** A buffer with the defaults, and the record that the benchmarks below the log call work with: 69 bytes of message. */
final class Records {
    private static final byte[] LOGGER = RecordEncoder.encodeLoggerName("com.example.orders.OrderService");

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
}
