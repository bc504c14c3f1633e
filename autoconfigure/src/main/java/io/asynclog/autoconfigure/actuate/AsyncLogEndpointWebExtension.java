package io.asynclog.autoconfigure.actuate;

import io.asynclog.AsyncLogManager;
import io.asynclog.tail.LogTail;
import java.security.Principal;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.lang.Nullable;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} of the {@link AsyncLogEndpoint}: knows who asks, and answers with
 * the reason what it refuses, which the web stacks keep to themselves unless told otherwise. Where there is a tail, it
 * shows the newest records under the name {@code tail}, in the place of a sink.
 */
@SuppressWarnings("deprecation") // as in the endpoint
@EndpointWebExtension(endpoint = AsyncLogEndpoint.class)
public final class AsyncLogEndpointWebExtension {
    private static final String TAIL = "tail";

    private final AsyncLogEndpoint endpoint;
    private final EndpointActions actions;

    @Nullable
    private final LogTail tail;

    /**
     * Creates an extension for an engine.
     *
     * @param tail the engine's tail, or null when it has none
     */
    public AsyncLogEndpointWebExtension(AsyncLogManager manager, AsyncLogEndpoint endpoint, @Nullable LogTail tail) {
        this.endpoint = endpoint;
        this.tail = tail;
        actions = new EndpointActions(manager);
    }

    /**
     * Answers {@link AsyncLogEndpoint#sink}, or for the name {@code tail} the newest records, which the parameters
     * choose among.
     *
     * @return 200, 404 when there is no such sink, or 400 when a parameter is wrong
     */
    @ReadOperation
    public WebEndpointResponse<OperationResponseBody> sink(
            @Selector String sink,
            @Nullable String after,
            @Nullable String instance,
            @Nullable String level,
            @Nullable String logger,
            @Nullable String contains,
            @Nullable String limit) {
        if (tail != null && sink.equals(TAIL)) {
            return answer(() -> AsyncLogTailReport.of(
                    tail.read(TailParameters.query(after, instance, level, logger, contains, limit))));
        }
        AsyncLogReport.Sink report = endpoint.sink(sink);
        return report == null
                ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND)
                : new WebEndpointResponse<>(report);
    }

    /**
     * Answers {@link AsyncLogEndpoint#act}.
     *
     * @return 200, 400 when the input is wrong, or 503 when interrupted
     */
    @WriteOperation
    public WebEndpointResponse<OperationResponseBody> act(
            SecurityContext context, @Nullable String action, @Nullable String timeout) {
        return answer(() -> actions.flush(action, timeout, caller(context)));
    }

    /**
     * Answers {@link AsyncLogEndpoint#actOnSink}.
     *
     * @return 200, 400 when the input is wrong, 404 when there is no such sink, or 503 when the sink did not come to it
     */
    @WriteOperation
    public WebEndpointResponse<OperationResponseBody> actOnSink(
            SecurityContext context,
            @Selector String sink,
            @Nullable String action,
            @Nullable String records,
            @Nullable String level) {
        if (!actions.knows(sink)) {
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
        }
        return answer(() -> actions.sink(sink, action, records, level, caller(context)));
    }

    private static WebEndpointResponse<OperationResponseBody> answer(Supplier<OperationResponseBody> action) {
        try {
            return new WebEndpointResponse<>(action.get());
        } catch (InvalidEndpointRequestException wrong) {
            return new WebEndpointResponse<>(
                    new Refusal(String.valueOf(wrong.getReason())), WebEndpointResponse.STATUS_BAD_REQUEST);
        } catch (IllegalStateException notNow) {
            return new WebEndpointResponse<>(
                    new Refusal(String.valueOf(notNow.getMessage())), WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
        }
    }

    private static String caller(SecurityContext context) {
        Principal principal = context.getPrincipal();
        return principal == null ? "somebody unknown" : String.valueOf(principal.getName());
    }

    /**
     * Why something was not done.
     *
     * @param reason what is wrong, and the mend
     */
    public record Refusal(String reason) implements OperationResponseBody {}
}
