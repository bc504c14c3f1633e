package io.asynclog;

import org.jspecify.annotations.Nullable;

/**
 * What the future of a log call fails with, or {@link AsyncLogger#logStored} throws, when a record is not confirmed.
 */
public abstract sealed class AsyncLogException extends RuntimeException
        permits LogFlushException, LogOverflowException, LogShutdownException, LogStoreException {
    private static final long serialVersionUID = 1L;

    AsyncLogException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
