package io.asynclog.consumer;

import io.asynclog.InvalidOptionException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * How a sink that throws is tried again. The delay doubles after each attempt, up to a maximum. Each delay is shortened
 * by a random part of up to one half, so that many instances of a service do not try again in step.
 *
 * @param maxAttempts how many attempts there are, the first included, before the futures of a batch fail and its
 *     records are tried one by one; at least 1
 * @param initialDelay the delay before the second attempt, not negative. After a delay of zero comes one of a
 *     millisecond, which doubles from there
 * @param maxDelay the longest delay, at least a millisecond and not shorter than the initial one
 */
public record RetryOptions(int maxAttempts, Duration initialDelay, Duration maxDelay) {
    /** What an initial delay of zero grows to. */
    private static final Duration LEAST_GROWN = Duration.ofMillis(1);

    private static final RetryOptions DEFAULTS = new RetryOptions(5, Duration.ofMillis(100), Duration.ofSeconds(10));

    /** Creates options or throws {@link InvalidOptionException}. */
    public RetryOptions {
        Objects.requireNonNull(initialDelay, "initialDelay");
        Objects.requireNonNull(maxDelay, "maxDelay");
        if (maxAttempts < 1) {
            throw new InvalidOptionException(
                    "retry.max-attempts", maxAttempts, "There is at least one attempt.", "Set it to 1 or more.");
        }
        if (initialDelay.isNegative()) {
            throw new InvalidOptionException(
                    "retry.initial-delay", initialDelay, "A delay cannot be negative.", "Set it to 0 or more.");
        }
        if (maxDelay.compareTo(LEAST_GROWN) < 0) {
            throw new InvalidOptionException(
                    "retry.max-delay",
                    maxDelay,
                    "A sink that takes nothing would be called again and again without a pause.",
                    "Set it to 1ms or more.");
        }
        if (maxDelay.compareTo(initialDelay) < 0) {
            throw new InvalidOptionException(
                    "retry.max-delay",
                    maxDelay,
                    "It is shorter than 'retry.initial-delay', which is " + initialDelay + ".",
                    "Raise it to at least that, or lower 'retry.initial-delay'.");
        }
    }

    /** Returns the defaults: 5 attempts, 100 ms growing up to 10 s. */
    public static RetryOptions defaults() {
        return DEFAULTS;
    }

    /** Returns the undisturbed delay after an attempt that failed, counted from 1. */
    Duration delayAfter(int attempt) {
        long most = TimeUnit.NANOSECONDS.convert(maxDelay);
        long nanos = TimeUnit.NANOSECONDS.convert(initialDelay);
        for (int i = 1; i < attempt && nanos < most; i++) {
            nanos = nanos > most / 2 ? most : Math.max(2 * nanos, LEAST_GROWN.toNanos());
        }
        return Duration.ofNanos(Math.min(nanos, most));
    }
}
