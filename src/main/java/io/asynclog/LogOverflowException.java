package io.asynclog;

/** A record was dropped because the buffer was full; the message says by which policy. It was not logged anywhere. */
public final class LogOverflowException extends AsyncLogException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message that says why the record was dropped. */
    public LogOverflowException(String message) {
        super(message, null);
    }
}
