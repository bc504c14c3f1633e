package io.asynclog.autoconfigure;

import io.asynclog.InvalidOptionException;
import java.util.function.Supplier;

/** A property of the engine has an impossible value. */
final class InvalidAsyncLogPropertyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String property;
    private final String value;
    private final String reason;
    private final String mend;

    private InvalidAsyncLogPropertyException(String property, InvalidOptionException cause) {
        super("Property '" + property + "' is '" + cause.value() + "'. " + cause.reason() + " " + cause.mend(), cause);
        this.property = property;
        this.value = cause.value();
        this.reason = cause.reason();
        this.mend = cause.mend();
    }

    /** Returns what the supplier returns; an option that the core refuses is named as the property it came from. */
    static <T> T naming(Supplier<T> options) {
        return naming("", options);
    }

    /** Does the same for options that the core names without the prefix under which they are properties. */
    static <T> T naming(String optionPrefix, Supplier<T> options) {
        try {
            return options.get();
        } catch (InvalidOptionException invalid) {
            String property = AsyncLogProperties.PREFIX + "." + optionPrefix + invalid.option();
            throw new InvalidAsyncLogPropertyException(property, invalid);
        }
    }

    String property() {
        return property;
    }

    String value() {
        return value;
    }

    String reason() {
        return reason;
    }

    String mend() {
        return mend;
    }
}
