package io.asynclog.buffer;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** Counts the records that found no room, and words the line that tells of them. */
final class Drops {
    private static final byte[] LOGGER = AsyncBuffer.class.getName().getBytes(StandardCharsets.US_ASCII);
    private static final String REPORT =
            "{} log records were dropped before this one: the buffer of {} bytes was full, the overflow policy is {}{}";

    private final BufferOptions options;
    private final LongAdder dropped = new LongAdder();
    private final AtomicLong unreported = new AtomicLong();

    Drops(BufferOptions options) {
        this.options = options;
    }

    void add() {
        dropped.increment();
        unreported.incrementAndGet();
    }

    long count() {
        return dropped.sum();
    }

    boolean areUnreported() {
        return unreported.get() != 0;
    }

    /** Takes the number that was not yet told of; it is this thread's to tell now, or to give back. */
    long takeUnreported() {
        return unreported.getAndSet(0);
    }

    void giveBack(long count) {
        unreported.addAndGet(count);
    }

    /** Words the line. */
    void report(RecordEncoder report, long epochNanos, long count, @Nullable Throwable growthFailure) {
        String growth = growthFailure == null ? "" : "; it could not grow: " + growthFailure.getMessage();
        report.begin(Level.WARN, LOGGER, epochNanos, Thread.currentThread());
        report.message(REPORT, 4, new Object[] {count, options.maxSize(), options.policy(), growth});
    }
}
