package io.asynclog;

import org.jspecify.annotations.Nullable;

/**
 * A sink cannot be opened, and not for the value of one option: its file cannot be written, say, or another sink has
 * its name. Names the sink, the reason, and the action.
 */
public final class InvalidSinkException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String sink;
    private final String reason;
    private final String action;

    /**
     * Creates an exception.
     *
     * @param sink the sink's name
     * @param reason why it cannot be opened, as a sentence
     * @param action what to do, as a sentence
     * @param cause what was thrown, or null when nothing was
     */
    public InvalidSinkException(String sink, String reason, String action, @Nullable Throwable cause) {
        super("Sink '" + sink + "' cannot be opened: " + reason + " " + action, cause);
        this.sink = sink;
        this.reason = reason;
        this.action = action;
    }

    /** Returns the sink's name. */
    public String sink() {
        return sink;
    }

    /** Returns why the sink cannot be opened. */
    public String reason() {
        return reason;
    }

    /** Returns what to do. */
    public String action() {
        return action;
    }
}
