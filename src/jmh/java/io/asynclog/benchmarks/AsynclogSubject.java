package io.asynclog.benchmarks;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.sink.FileOptions;
import java.nio.file.Path;
import java.time.Duration;

/** asynclog with a file that is never rolled, and otherwise its defaults. */
final class AsynclogSubject implements Subject {
    private static final long NEVER_ROLLED = Long.MAX_VALUE;

    private final AsyncLogManager manager;
    private final AsyncLogger logger;

    AsynclogSubject(Path file, BufferOptions buffer) {
        manager = AsyncLogManager.builder()
                .bufferOptions(buffer)
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
