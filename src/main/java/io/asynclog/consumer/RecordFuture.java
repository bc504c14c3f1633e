package io.asynclog.consumer;

import io.asynclog.LogReceipt;
import org.slf4j.event.Level;

/** The future of a record. Users see a {@link java.util.concurrent.CompletableFuture} like any other. */
public sealed class RecordFuture extends PendingFuture<LogReceipt> permits UnsharedFuture {
    private final Level level;

    /** Whether any required sink was given the record. Written by holders of the lock, read by who completes it. */
    boolean taken;

    /** Creates the future of a record of a level. */
    public RecordFuture(Level level) {
        this.level = level;
    }

    /** Returns the level of the record. */
    public final Level level() {
        return level;
    }

    @Override
    final LogReceipt outcome() {
        return new LogReceipt(sequence, taken ? LogReceipt.Status.FLUSHED : LogReceipt.Status.ACCEPTED);
    }

    @Override
    final boolean isBarrier() {
        return false;
    }
}
