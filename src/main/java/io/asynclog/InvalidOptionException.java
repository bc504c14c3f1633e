package io.asynclog;

/**
 * An option has an impossible value. Names the option (as in the Spring properties, without their {@code asynclog.}
 * prefix), the value, and the action.
 */
public final class InvalidOptionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String option;
    private final String value;
    private final String reason;
    private final String action;

    /**
     * Creates an exception.
     *
     * @param option the option's name, such as {@code buffer.max-size}
     * @param value the value it was given
     * @param reason what is wrong with the value, as a sentence
     * @param action what to do, as a sentence
     */
    public InvalidOptionException(String option, Object value, String reason, String action) {
        super("Option '" + option + "' is '" + value + "'. " + reason + " " + action);
        this.option = option;
        this.value = String.valueOf(value);
        this.reason = reason;
        this.action = action;
    }

    /** Returns the option's name, such as {@code buffer.max-size}. */
    public String option() {
        return option;
    }

    /** Returns the value the option was given. */
    public String value() {
        return value;
    }

    /** Returns what is wrong with the value. */
    public String reason() {
        return reason;
    }

    /** Returns what to do. */
    public String action() {
        return action;
    }
}
