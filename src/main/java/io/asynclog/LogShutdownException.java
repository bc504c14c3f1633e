package io.asynclog;

/**
 * A record was logged after {@link AsyncLogManager#shutdown}, too late for the sinks; the message says what became of
 * it.
 */
public final class LogShutdownException extends AsyncLogException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message that says what became of the record. */
    public LogShutdownException(String message) {
        super(message, null);
    }
}
