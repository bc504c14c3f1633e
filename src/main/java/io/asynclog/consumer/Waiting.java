package io.asynclog.consumer;

import io.asynclog.LogFlushException;
import io.asynclog.LogReceipt;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A future and the record, or for a barrier the last record, that it waits for. Guarded by the lock of {@link Completions}. */
final class Waiting implements Comparable<Waiting> {
    final long sequence;
    private final @Nullable CompletableFuture<LogReceipt> record;
    private final @Nullable CompletableFuture<Void> barrier;
    /** Never modified, always replaced, under the lock; volatile, for the futures are completed outside of it. */
    private volatile @Nullable Map<String, Throwable> failures;

    /** Whether the future was given to be failed, before its place is passed. */
    boolean told;

    Waiting(long sequence, @Nullable CompletableFuture<LogReceipt> record, @Nullable CompletableFuture<Void> barrier) {
        this.sequence = sequence;
        this.record = record;
        this.barrier = barrier;
    }

    boolean isBarrier() {
        return barrier != null;
    }

    void addFailure(String sink, Throwable failure) {
        Map<String, Throwable> before = failures;
        Map<String, Throwable> more = before == null ? new LinkedHashMap<>() : new LinkedHashMap<>(before);
        more.putIfAbsent(sink, failure);
        failures = more;
    }

    void complete() {
        if (record != null) {
            complete(record, new LogReceipt(sequence, LogReceipt.Status.FLUSHED));
        }
        if (barrier != null) {
            complete(barrier, null);
        }
    }

    private <T> void complete(CompletableFuture<T> future, @Nullable T result) {
        Map<String, Throwable> bySink = failures;
        if (bySink == null) {
            future.complete(result);
        } else {
            future.completeExceptionally(new LogFlushException(bySink));
        }
    }

    void completeExceptionally(Throwable failure) {
        if (record != null) {
            record.completeExceptionally(failure);
        }
        if (barrier != null) {
            barrier.completeExceptionally(failure);
        }
    }

    @Override
    public int compareTo(Waiting other) {
        return Long.compare(sequence, other.sequence);
    }
}
