package io.asynclog.benchmarks;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.LogReceipt;
import io.asynclog.ShutdownReport;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.sink.FileOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** asynclog, with each of the ways to know that a record is safe. */
final class AsynclogContender {
    private static final String MESSAGE = "{} order of {} charged to {}";

    private AsynclogContender() {}

    /** The future completes when the file has written the record, or forced it; the buffer is in memory. */
    static Contender.Log flushed(Path folder, FileOptions.Sync sync) {
        AsyncLogger logger = start(folder, BufferOptions.defaults(), sync).getLogger(JournalLine.LOGGER);
        return (phase, id) -> {
            LogReceipt receipt =
                    logger.infoAsync(MESSAGE, phase, id, JournalLine.ACCOUNT).join();
            if (receipt.status() != LogReceipt.Status.FLUSHED) {
                throw new IllegalStateException("Not flushed: " + receipt);
            }
        };
    }

    /** The call returns when the record is as safe in a buffer in mapped files as that call makes it. */
    static Contender.Log mapped(Path folder, Call call) {
        AsyncLogger logger =
                start(folder, mapped(folder), FileOptions.Sync.NEVER).getLogger(JournalLine.LOGGER);
        return (phase, id) -> call.log(logger, MESSAGE, phase, id, JournalLine.ACCOUNT);
    }

    /** Makes a log call. */
    @FunctionalInterface
    interface Call {
        void log(AsyncLogger logger, String message, Object phase, Object id, Object account);
    }

    /** Starts the engine again, as the application would, so that what the buffer held goes to the file. */
    static void recoverAndRead(Path folder, Consumer<String> lines) throws IOException {
        ShutdownReport report =
                start(folder, mapped(folder), FileOptions.Sync.NEVER).shutdown(Duration.ofMinutes(10));
        if (!report.isComplete()) {
            throw new IllegalStateException("Not all went to the file: " + report);
        }
        FileJournal.read(folder, lines);
    }

    private static BufferOptions mapped(Path folder) {
        return BufferOptions.mapped(folder.resolve("buffer"));
    }

    private static AsyncLogManager start(Path folder, BufferOptions buffer, FileOptions.Sync sync) {
        AsyncLogManager manager = AsyncLogManager.builder()
                .bufferOptions(buffer)
                .file(FileOptions.to(FileJournal.path(folder))
                        .withPattern(OrderLine.PATTERN)
                        .withMaxFileSize(Long.MAX_VALUE)
                        .withSync(sync))
                .build();
        manager.initialize();
        return manager;
    }
}
