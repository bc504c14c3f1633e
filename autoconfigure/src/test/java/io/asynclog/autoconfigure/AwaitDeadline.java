package io.asynclog.autoconfigure;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Set once for all tests, so that none forgets it: on a busy machine, Awaitility's 10 s can pass without a defect. And
 * it would look for the first time after 100 ms, when most of what is awaited has long been there.
 */
public final class AwaitDeadline implements BeforeAllCallback {
    /** Longer than anything takes that works. */
    public static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(DEADLINE);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(BETWEEN_LOOKS);
    }
}
