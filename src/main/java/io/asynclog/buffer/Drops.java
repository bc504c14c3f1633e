package io.asynclog.buffer;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** Counts the records that found no room, and words what is told of them. */
final class Drops {
    private static final byte[] LOGGER = AsyncBuffer.class.getName().getBytes(StandardCharsets.US_ASCII);
    private static final String REPORT = "{} log records were dropped before this one: {}";

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
        report.begin(Level.WARN, LOGGER, epochNanos, Thread.currentThread());
        report.message(REPORT, 2, count, reason(growthFailure), null, null);
    }

    /**
     * Says why a record found no room, and what can be done.
     *
     * @param growthFailure why the buffer cannot grow at present; null when it can, or has its full size
     */
    String reason(@Nullable Throwable growthFailure) {
        String policy = options.policy().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String rest = " bytes, and the overflow policy is '" + policy + "'. ";
        if (growthFailure == null) {
            return "there was no room in the buffer of " + options.maxSize() + rest
                    + "See to sinks that are down or slow, or raise 'buffer.max-size'.";
        }
        String mend = growthFailure instanceof OutOfMemoryError
                ? "Raise -XX:MaxDirectMemorySize, or give the process more memory."
                : "See to the disk of 'buffer.directory'.";
        return "there was no room in the buffer, which cannot grow (" + growthFailure + ") up to its "
                + options.maxSize() + rest + mend;
    }
}
