package io.asynclog.consumer;

import io.asynclog.LogReceipt;
import io.asynclog.LogStoreException;
import java.util.concurrent.ExecutionException;
import org.slf4j.event.Level;

/**
 * A future that is known to nobody but the thread that waits for it. No code of a user can hang on it, so whoever has
 * the outcome completes it, and it never waits for the completion thread, which somebody's callback may hold up.
 */
public final class UnsharedFuture extends RecordFuture {
    /** Creates the future of a record of a level. */
    public UnsharedFuture(Level level) {
        super(level);
    }

    /**
     * Waits for the outcome.
     *
     * @throws LogStoreException when the thread is interrupted; its interrupt status is kept
     * @throws RuntimeException what the future fails with, as it is
     */
    public LogReceipt await() {
        try {
            return get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LogStoreException(
                    "The thread was interrupted while it waited: it is not known whether the record was stored",
                    interrupted);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            } else if (cause instanceof Error error) {
                throw error;
            }
            throw new LogStoreException("It is not known whether the record was stored", cause);
        }
    }
}
