package io.asynclog;

/**
 * A record was dropped because it found no place in the buffer: mostly because the buffer was full. The message says
 * why, and what to do. The record was not logged anywhere.
 */
public final class LogOverflowException extends AsyncLogException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message that says why the record was dropped. */
    LogOverflowException(String message) {
        super(message, null);
    }
}
