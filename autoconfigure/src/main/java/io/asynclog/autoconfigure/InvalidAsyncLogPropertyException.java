package io.asynclog.autoconfigure;

import io.asynclog.InvalidOptionException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A property of the engine has an impossible value. */
final class InvalidAsyncLogPropertyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final Pattern QUOTED = Pattern.compile("'([a-z.-]+)'");

    private final String property;
    private final String value;
    private final String reason;
    private final String action;

    private InvalidAsyncLogPropertyException(
            String property, String reason, String action, InvalidOptionException cause) {
        super("Property '" + property + "' is '" + cause.value() + "'. " + reason + " " + action, cause);
        this.property = property;
        this.value = cause.value();
        this.reason = reason;
        this.action = action;
    }

    /** Returns what the supplier returns; an option that the core refuses is named as the property it came from. */
    static <T> T naming(Supplier<T> options) {
        return naming("", options);
    }

    /**
     * Does the same for an option that goes by the name of a property of Spring Boot.
     *
     * @param wayOut what else may be done than to change that property
     */
    static <T> T namingAsItIs(String wayOut, Supplier<T> option) {
        return withPrefix("", " " + wayOut, option);
    }

    /** Does the same for options that the core names without the prefix under which they are properties. */
    static <T> T naming(String optionPrefix, Supplier<T> options) {
        return withPrefix(AsyncLogProperties.PREFIX + "." + optionPrefix, "", options);
    }

    private static <T> T withPrefix(String prefix, String wayOut, Supplier<T> options) {
        try {
            return options.get();
        } catch (InvalidOptionException invalid) {
            throw new InvalidAsyncLogPropertyException(
                    prefix + invalid.option(),
                    nameProperties(invalid.reason(), prefix),
                    nameProperties(invalid.action(), prefix) + wayOut,
                    invalid);
        }
    }

    /** Gives the options that a text quotes their full names, too. */
    private static String nameProperties(String text, String prefix) {
        return QUOTED.matcher(text).replaceAll(quoted -> {
            String property = prefix + quoted.group(1);
            return Matcher.quoteReplacement(PropertyNames.contains(property) ? "'" + property + "'" : quoted.group());
        });
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

    String action() {
        return action;
    }
}
