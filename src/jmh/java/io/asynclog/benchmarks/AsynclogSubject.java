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

    private AsynclogSubject(Path file, BufferOptions buffer) {
        manager = AsyncLogManager.builder()
                .bufferOptions(buffer)
                .file(FileOptions.to(file).withPattern(OrderLine.PATTERN).withMaxFileSize(NEVER_ROLLED))
                .build();
        manager.initialize();
        logger = manager.getLogger(OrderLine.LOGGER);
    }

    static Setup memory() {
        return Setup.of(
                "asynclog-memory",
                "defaults: 64 MB buffer in memory",
                (file, buffer) -> new AsynclogSubject(file, BufferOptions.defaults()));
    }

    static Setup mapped() {
        return Setup.of(
                        "asynclog-mapped",
                        "buffer in memory-mapped files, with their default of 1 GB",
                        (file, buffer) -> new AsynclogSubject(file, BufferOptions.mapped(buffer)))
                .thatIsDurable();
    }

    static Setup mapped64() {
        long memorySize = BufferOptions.defaults().maxSize();
        return Setup.of(
                        "asynclog-mapped-64mb",
                        "buffer in memory-mapped files, no larger than the one in memory",
                        (file, buffer) -> new AsynclogSubject(
                                file, BufferOptions.mapped(buffer).withMaxSize(memorySize)))
                .thatIsDurable();
    }

    @Override
    public void log(String user, Integer order, Integer cents, String address) {
        logger.info(OrderLine.MESSAGE, user, order, cents, address);
    }

    @Override
    public void drain() {
        logger.flushAsync().join();
    }

    @Override
    public void close() {
        manager.shutdown(Duration.ofMinutes(1));
    }
}
