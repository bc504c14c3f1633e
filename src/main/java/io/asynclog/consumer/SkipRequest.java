package io.asynclog.consumer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's wish to drop a sink's oldest records, which the sink's loop fulfils. Either the loop or the one who waits
 * {@linkplain #take takes} it, so that nothing is dropped for somebody who was told that nothing was.
 */
final class SkipRequest {
    private final String sink;
    private final long records;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CompletableFuture<Long> dropped = new CompletableFuture<>();

    SkipRequest(String sink, long records) {
        this.sink = sink;
        this.records = records;
    }

    /** Returns how many records are to be dropped. */
    long records() {
        return records;
    }

    /** Returns whether it is the caller's to answer, or to withdraw. */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    void fulfil(long droppedRecords) {
        dropped.complete(droppedRecords);
    }

    void refuse(Throwable reason) {
        dropped.completeExceptionally(reason);
    }

    long await(Duration timeout) throws InterruptedException, TimeoutException {
        try {
            return dropped.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        } catch (ExecutionException refused) {
            throw unwrap(refused.getCause());
        } catch (TimeoutException busy) {
            if (take()) {
                throw new TimeoutException("Sink '" + sink + "' is still in a flush; nothing was dropped");
            }
        } catch (InterruptedException interrupt) {
            if (take()) {
                throw interrupt;
            }
            Thread.currentThread().interrupt();
        }
        return join(); // the loop is at it, and that is a matter of moments
    }

    private long join() {
        try {
            return dropped.join();
        } catch (CompletionException refused) {
            throw unwrap(refused.getCause());
        }
    }

    private static RuntimeException unwrap(@Nullable Throwable reason) {
        if (reason instanceof Error error) {
            throw error;
        }
        return reason instanceof RuntimeException exception ? exception : new IllegalStateException(reason);
    }
}
