package io.asynclog.autoconfigure.actuate;

import io.asynclog.tail.LogTail;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.jmx.annotation.EndpointJmxExtension;

/** Shows the newest records over JMX, as the operation {@code tail}. There is none unless the tail is switched on. */
@EndpointJmxExtension(endpoint = AsyncLogEndpoint.class)
public final class AsyncLogTailJmxExtension {
    private final LogTail tail;

    /** Creates an extension that shows a tail. */
    public AsyncLogTailJmxExtension(LogTail tail) {
        this.tail = tail;
    }

    /**
     * Returns the newest records.
     *
     * @throws IllegalArgumentException that says which parameter is wrong, and why
     */
    @ReadOperation
    public AsyncLogTailReport tail(
            @Nullable String after,
            @Nullable String level,
            @Nullable String logger,
            @Nullable String contains,
            @Nullable String limit) {
        return AsyncLogTailReport.of(tail.read(TailParameters.query(after, level, logger, contains, limit)));
    }
}
