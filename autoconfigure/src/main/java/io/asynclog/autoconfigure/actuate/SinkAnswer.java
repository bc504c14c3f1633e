package io.asynclog.autoconfigure.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What came of an action on a sink.
 *
 * @param sink the sink's name
 * @param action what was done
 * @param dropped how many records were dropped; null but for {@code skip}
 * @param report the sink's figures afterwards
 */
public record SinkAnswer(
        String sink, String action, @Nullable Long dropped, AsyncLogReport.Sink report)
        implements OperationResponseBody {}
