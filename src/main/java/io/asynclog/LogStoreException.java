package io.asynclog;

import org.jspecify.annotations.Nullable;

/**
 * It is not confirmed that a record is on the device; the message says why. The record is in the buffer all the same
 * and goes to the sinks, and it may be on the device.
 */
public final class LogStoreException extends AsyncLogException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what happened, as a sentence
     * @param cause what the force of the device threw, or null when it never came to that
     */
    public LogStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
