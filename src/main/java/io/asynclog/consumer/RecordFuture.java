package io.asynclog.consumer;

import io.asynclog.LogReceipt;

/** The future of a record. Users see a {@link java.util.concurrent.CompletableFuture} like any other. */
public sealed class RecordFuture extends PendingFuture<LogReceipt> permits UnsharedFuture {
    @Override
    final LogReceipt outcome() {
        return new LogReceipt(sequence, awaitsNobody ? LogReceipt.Status.ACCEPTED : LogReceipt.Status.FLUSHED);
    }

    @Override
    final boolean isBarrier() {
        return false;
    }
}
