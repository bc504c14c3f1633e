package io.asynclog;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Set once for all tests: Awaitility would look for the first time after 100 ms, when most has long happened. */
public final class AwaitOften implements BeforeAllCallback {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(BETWEEN_LOOKS);
    }
}
