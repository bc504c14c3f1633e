package io.asynclog.consumer;

import io.asynclog.LogFlushException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A future that waits for a record to be flushed, or for a barrier for the last record before it. It is its own place
 * in the {@link PendingQueue}, so that one object is all that an awaited record costs.
 *
 * <p>The fields are guarded by the lock of {@link WaitingFutures}, once the future is in the line.
 */
abstract class PendingFuture<T> extends CompletableFuture<T> {
    /** The record that is waited for. Set before the future is registered. */
    long sequence;

    /**
     * Neighbours in the line; null when the future is in none, for users may keep it, and it must not keep the others.
     */
    @Nullable
    PendingFuture<?> next;

    @Nullable
    PendingFuture<?> previous;

    /** Never modified, always replaced, under the lock; volatile, for the futures are completed outside of it. */
    private volatile @Nullable Map<String, Throwable> failures;

    /** Whether the future was given to be failed, before its place is passed. */
    boolean failureQueued;

    /** Returns what the future completes with when nothing has failed. */
    abstract @Nullable T outcome();

    /** Returns whether the future fails when a record before its own was refused. */
    abstract boolean isBarrier();

    void addFailure(String sink, Throwable failure) {
        Map<String, Throwable> before = failures;
        Map<String, Throwable> more = before == null ? new LinkedHashMap<>() : new LinkedHashMap<>(before);
        more.putIfAbsent(sink, failure);
        failures = more;
    }

    /** Completes the future, and runs what hangs on it. */
    void resolve() {
        Map<String, Throwable> bySink = failures;
        if (bySink == null) {
            complete(outcome());
        } else {
            completeExceptionally(new LogFlushException(bySink));
        }
    }
}
