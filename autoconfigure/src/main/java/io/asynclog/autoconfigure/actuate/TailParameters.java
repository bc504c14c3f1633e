package io.asynclog.autoconfigure.actuate;

import io.asynclog.tail.TailQuery;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** The parameters of a question to the tail, as texts, so that whoever gets one wrong is told what is wrong with it. */
final class TailParameters {
    private static final int MAX_TEXT = 1000;

    private TailParameters() {}

    /**
     * Returns the query.
     *
     * @throws IllegalArgumentException that says which parameter is wrong, and why
     */
    static TailQuery query(
            @Nullable String after,
            @Nullable String level,
            @Nullable String logger,
            @Nullable String contains,
            @Nullable String limit) {
        TailQuery all = TailQuery.all();
        return new TailQuery(
                after == null ? all.after() : number("after", after),
                level == null ? all.level() : level(level),
                text("logger", logger),
                text("contains", contains),
                limit == null ? all.limit() : (int) Math.max(0, Math.min(number("limit", limit), Integer.MAX_VALUE)));
    }

    private static long number(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException invalid) {
            throw new IllegalArgumentException("'" + name + "' is a whole number", invalid);
        }
    }

    private static Level level(String value) {
        return Arrays.stream(Level.values())
                .filter(level -> level.name().equals(value.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'level' is one of TRACE, DEBUG, INFO, WARN and ERROR"));
    }

    private static String text(String name, @Nullable String value) {
        if (value == null) {
            return "";
        }
        if (value.length() > MAX_TEXT) {
            throw new IllegalArgumentException("'" + name + "' has at most " + MAX_TEXT + " characters");
        }
        return value;
    }
}
