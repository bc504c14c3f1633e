package io.asynclog;

/**
 * A record came too late for the sinks: it was logged after {@link AsyncLogManager#shutdown}, or still waited for room
 * in the buffer then. The message says which, and where the record was written.
 */
public final class LogShutdownException extends AsyncLogException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message that says what became of the record. */
    LogShutdownException(String message) {
        super(message, null);
    }
}
