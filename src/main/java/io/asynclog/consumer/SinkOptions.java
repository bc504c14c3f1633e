package io.asynclog.consumer;

import io.asynclog.InvalidOptionException;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.event.Level;

/**
 * Options of one sink, whichever it is. Immutable.
 *
 * @param level records below it do not go to this sink
 * @param delivery what the engine does when the sink lags
 * @param flushTimeout a flush that takes longer is reported as stuck, positive
 * @param batchSize the most records in one flush, 1 to 1,000,000; together they have at most about 256 KB
 * @param retry how the sink is tried again when it throws
 */
public record SinkOptions(Level level, Delivery delivery, Duration flushTimeout, int batchSize, RetryOptions retry) {
    private static final int MAX_BATCH_SIZE = 1_000_000;

    private static final SinkOptions DEFAULTS =
            new SinkOptions(Level.TRACE, Delivery.REQUIRED, Duration.ofSeconds(30), 4096, RetryOptions.defaults());

    /** Creates options or throws {@link InvalidOptionException}. */
    public SinkOptions {
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(delivery, "delivery");
        Objects.requireNonNull(flushTimeout, "flushTimeout");
        Objects.requireNonNull(retry, "retry");
        if (flushTimeout.isNegative() || flushTimeout.isZero()) {
            throw new InvalidOptionException(
                    "flush-timeout", flushTimeout, "A flush takes some time.", "Set it to a positive duration.");
        }
        if (batchSize < 1 || batchSize > MAX_BATCH_SIZE) {
            throw new InvalidOptionException(
                    "batch-size",
                    batchSize,
                    "A batch has 1 to " + MAX_BATCH_SIZE + " records.",
                    "Choose one of these.");
        }
    }

    /** Returns the defaults: every level, required, stuck after 30 s, up to 4096 records a flush. */
    public static SinkOptions defaults() {
        return DEFAULTS;
    }

    /** Returns a copy with another lowest level. */
    public SinkOptions withLevel(Level value) {
        return new SinkOptions(value, delivery, flushTimeout, batchSize, retry);
    }

    /** Returns a copy with another delivery. */
    public SinkOptions withDelivery(Delivery value) {
        return new SinkOptions(level, value, flushTimeout, batchSize, retry);
    }

    /** Returns a copy with another bound after which a flush counts as stuck. */
    public SinkOptions withFlushTimeout(Duration value) {
        return new SinkOptions(level, delivery, value, batchSize, retry);
    }

    /** Returns a copy with another batch size. */
    public SinkOptions withBatchSize(int value) {
        return new SinkOptions(level, delivery, flushTimeout, value, retry);
    }

    /** Returns a copy with other retry options. */
    public SinkOptions withRetry(RetryOptions value) {
        return new SinkOptions(level, delivery, flushTimeout, batchSize, value);
    }
}
