package io.asynclog.autoconfigure.actuate;

import io.asynclog.tail.LogTail;
import io.asynclog.tail.TailQuery;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.lang.Nullable;

/**
 * Shows the newest records at {@code /actuator/asynclog/tail}, and the sinks beside them as before. There is none of it unless the
 * tail is switched on.
 */
// Spring's @Nullable marks a parameter as optional for Boot 3.5 as well, which does not know that of JSpecify.
@SuppressWarnings("deprecation")
@EndpointWebExtension(endpoint = AsyncLogEndpoint.class)
public final class AsyncLogTailWebExtension {
    private static final String TAIL = "tail";

    private final AsyncLogEndpoint endpoint;
    private final LogTail tail;

    /** Creates an extension that shows a tail. */
    public AsyncLogTailWebExtension(AsyncLogEndpoint endpoint, LogTail tail) {
        this.endpoint = endpoint;
        this.tail = tail;
    }

    /**
     * Returns the figures of a sink, or the newest records for the name {@code tail}.
     *
     * @return 404 when there is no sink of this name, 400 with a reason when a parameter is wrong
     */
    @ReadOperation
    public WebEndpointResponse<?> sink(
            @Selector String sink,
            @Nullable String after,
            @Nullable String level,
            @Nullable String logger,
            @Nullable String contains,
            @Nullable String limit) {
        if (!sink.equals(TAIL)) {
            AsyncLogReport.Sink report = endpoint.sink(sink);
            return report == null
                    ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND)
                    : new WebEndpointResponse<>(report);
        }
        try {
            TailQuery query = TailParameters.query(after, level, logger, contains, limit);
            return new WebEndpointResponse<>(AsyncLogTailReport.of(tail.read(query)));
        } catch (IllegalArgumentException invalid) {
            return new WebEndpointResponse<>(
                    new AsyncLogEndpointWebExtension.Refusal(String.valueOf(invalid.getMessage())),
                    WebEndpointResponse.STATUS_BAD_REQUEST);
        }
    }
}
