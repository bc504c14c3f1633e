package io.asynclog.autoconfigure.actuate;

import io.asynclog.tail.LogTail;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.jmx.annotation.EndpointJmxExtension;
import org.springframework.lang.Nullable;

/** Shows the newest records over JMX, as the operation {@code tail}. There is none unless the tail is switched on. */
// Spring's @Nullable marks a parameter as optional for Boot 3.5 as well, which does not know that of JSpecify.
@SuppressWarnings("deprecation")
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
            @Nullable String instance,
            @Nullable String level,
            @Nullable String logger,
            @Nullable String contains,
            @Nullable String limit) {
        return AsyncLogTailReport.of(tail.read(TailParameters.query(after, instance, level, logger, contains, limit)));
    }
}
