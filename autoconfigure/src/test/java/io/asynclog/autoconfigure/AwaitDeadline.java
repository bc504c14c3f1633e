package io.asynclog.autoconfigure;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Set once for all tests, so that none forgets it: on a busy machine, Awaitility's 10 s can pass without a defect. */
public final class AwaitDeadline implements BeforeAllCallback {
    /** Longer than anything takes that works. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(DEADLINE);
    }
}
