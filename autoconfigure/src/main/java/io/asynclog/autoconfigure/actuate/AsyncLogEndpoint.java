package io.asynclog.autoconfigure.actuate;

import io.asynclog.AsyncLogManager;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.lang.Nullable;

/**
 * {@link Endpoint @Endpoint} that shows the figures of the engine and its sinks, and tells them what to do where access
 * is unrestricted. Never shows a message.
 *
 * <p>Over HTTP the {@link AsyncLogEndpointWebExtension} answers what is written.
 */
// Spring's @Nullable marks a parameter as optional for Boot 3.5 as well, which does not know that of JSpecify.
@SuppressWarnings("deprecation")
@Endpoint(id = "asynclog", defaultAccess = Access.READ_ONLY)
public final class AsyncLogEndpoint {
    private static final String CALLER = "somebody over JMX";

    private final AsyncLogManager manager;
    private final EndpointActions actions;

    /** Creates an endpoint for an engine. */
    public AsyncLogEndpoint(AsyncLogManager manager) {
        this.manager = manager;
        actions = new EndpointActions(manager);
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
    @Nullable
    public AsyncLogReport.Sink sink(@Selector String sink) {
        return report().sinks().get(sink);
    }

    /**
     * Waits until every required sink has flushed what was logged before, or the time is over.
     *
     * @param action {@code flush}
     * @param timeout a duration of up to 60 seconds, 10 if null
     */
    @WriteOperation
    public FlushAnswer act(@Nullable String action, @Nullable String timeout) {
        return actions.flush(action, timeout, CALLER);
    }

    /**
     * Tells a sink what to do.
     *
     * @param action {@code pause}, {@code resume}, {@code retry}, {@code skip} or {@code level}
     * @param records how many records to skip
     * @param level the lowest level of records that go to the sink
     */
    @WriteOperation
    public SinkAnswer actOnSink(
            @Selector String sink, @Nullable String action, @Nullable String records, @Nullable String level) {
        return actions.sink(sink, action, records, level, CALLER);
    }
}
