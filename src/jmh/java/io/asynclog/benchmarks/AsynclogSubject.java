package io.asynclog.benchmarks;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.sink.FileOptions;
import java.nio.file.Path;
import java.time.Duration;

/** asynclog with its defaults and a file that is never rolled. */
final class AsynclogSubject implements FileThroughputFork.Subject {
    private static final long NEVER_ROLLED = Long.MAX_VALUE;

    private final AsyncLogManager manager;
    private final AsyncLogger logger;

    AsynclogSubject(Path file) {
        manager = AsyncLogManager.builder()
                .file(FileOptions.defaults()
                        .withPath(file)
                        .withPattern(Log4jSubject.PATTERN)
                        .withMaxFileSize(NEVER_ROLLED))
                .build();
        manager.initialize();
        logger = manager.getLogger("com.example.orders.OrderService");
    }

    @Override
    public void log(String phase, String customer, String account) {
        logger.info("{} order of {} charged to {}", phase, customer, account);
    }

    @Override
    public void drain() {
        logger.flushAsync().join();
    }

    @Override
    public void stop() {
        manager.shutdown(Duration.ofMinutes(1));
    }
}
