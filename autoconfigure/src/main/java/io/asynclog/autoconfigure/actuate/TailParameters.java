package io.asynclog.autoconfigure.actuate;

import io.asynclog.tail.TailQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/** The parameters of a question to the tail. */
final class TailParameters {
    private static final int MAX_TEXT = 1000;

    private TailParameters() {}

    /**
     * Returns the query.
     *
     * @throws InvalidEndpointRequestException that says which parameter is wrong, and why
     */
    static TailQuery query(
            @Nullable String after,
            @Nullable String instance,
            @Nullable String level,
            @Nullable String logger,
            @Nullable String contains,
            @Nullable String limit) {
        TailQuery all = TailQuery.all();
        return new TailQuery(
                after == null ? all.after() : EndpointInput.number("after", after, -1, Long.MAX_VALUE),
                instance == null ? null : EndpointInput.uuid("instance", instance),
                level == null ? all.level() : EndpointInput.level(level),
                text("logger", logger),
                text("contains", contains),
                limit == null ? all.limit() : (int) EndpointInput.number("limit", limit, 1, TailQuery.MAX_LIMIT));
    }

    private static String text(String name, @Nullable String value) {
        if (value == null) {
            return "";
        }
        if (value.length() > MAX_TEXT) {
            throw EndpointInput.wrong(name, value, "It is too long.", "Use at most " + MAX_TEXT + " characters.");
        }
        return value;
    }
}
