package io.asynclog.snippets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.consumer.RetryOptions;
import io.asynclog.consumer.SinkOptions;
import io.asynclog.consumer.SinkStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the sink of docs/files.md that chooses records by their logger, with a file that fails for a while. */
class AuditFileTest {
    private static final RetryOptions FAST = new RetryOptions(2, Duration.ofMillis(1), Duration.ofMillis(1));

    @Test
    void auditRecordsWaitForTheirFileThoughOthersNeedNone(@TempDir Path folder) throws IOException {
        Path path = Files.createDirectory(folder.resolve("audit.log")); // which no file can be
        try (AuditFile sink = new AuditFile(path);
                AsyncLogManager manager = AsyncLogManager.builder()
                        .sink("auditFile", sink)
                        .sinkOptions("auditFile", SinkOptions.defaults().withRetry(FAST))
                        .errorHandler((message, cause) -> {})
                        .build()) {
            manager.initialize();
            manager.getLogger("audit").info("Payment requested");
            manager.getLogger("other").info("Something else");

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> status(manager).failedFlushes() > 20
                            || status(manager).depth() < 2);
            assertThat(status(manager).failed()).isZero();

            Files.delete(path);
            await().atMost(Duration.ofSeconds(30)).until(() -> status(manager).depth() == 0);
            assertThat(Files.readString(path)).contains("Payment requested").doesNotContain("Something else");
        }
    }

    private static SinkStatus status(AsyncLogManager manager) {
        return manager.status().sinks().get(0);
    }
}
