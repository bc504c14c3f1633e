package io.asynclog.autoconfigure.actuate;

import io.asynclog.AsyncLogManager;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** {@link Endpoint @Endpoint} that shows the figures of the engine and its sinks. Never shows a message. */
@Endpoint(id = "asynclog")
public final class AsyncLogEndpoint {
    private final AsyncLogManager manager;

    /** Creates an endpoint for an engine. */
    public AsyncLogEndpoint(AsyncLogManager manager) {
        this.manager = manager;
    }

    /** Returns the figures of the engine. */
    @ReadOperation
    public AsyncLogReport report() {
        return AsyncLogReport.of(manager.status());
    }

    /**
     * Returns the figures of one sink.
     *
     * @return null when there is no sink of this name
     */
    @ReadOperation
    public AsyncLogReport.@Nullable Sink sink(@Selector String sink) {
        return report().sinks().get(sink);
    }
}
