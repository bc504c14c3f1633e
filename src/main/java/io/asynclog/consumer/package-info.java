/**
 * The loops that carry records from the buffer to the sinks, with retry and the completion of futures.
 *
 * <p>For users are {@link LogConsumer}'s constructor, {@link SinkOptions}, {@link RetryOptions}, {@link Delivery},
 * {@link SinkControl}, {@link SinkStatus} and {@link LatencySummary}. The other public types are for the engine's own
 * packages and may change at any time.
 */
@NullMarked
package io.asynclog.consumer;

import org.jspecify.annotations.NullMarked;
