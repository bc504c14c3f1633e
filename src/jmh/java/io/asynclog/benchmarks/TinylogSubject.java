package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;
import org.tinylog.TaggedLogger;
import org.tinylog.provider.ProviderRegistry;

/**
 * tinylog with its writing thread, configured by {@code tinylog.properties}. The name of the logger is a tag, since otherwise
 * each call would look for its class on the stack.
 */
final class TinylogSubject implements Subject {
    private static final long POLL_NANOS = 500_000;
    private static final String END = "everything is in the file";

    private final Path file;
    private final TaggedLogger logger = Logger.tag(OrderLine.LOGGER);

    private TinylogSubject(Path file) {
        this.file = file;
    }

    static Setup writingThread() {
        return Setup.of(
                        "tinylog",
                        Libraries.named("tinylog-impl")
                                + "; writing thread, buffered file writer; its queue has no bound: heap of 6 GB",
                        (file, buffer) -> new TinylogSubject(file))
                .withJvmArguments(Setup.LARGE_HEAP);
    }

    @Override
    public void log(String user, Integer order, Integer cents, String address) {
        logger.info(OrderLine.MESSAGE, user, order, cents, address);
    }

    /** The writing thread flushes after each batch, so that a last line shows up at the end of the file. */
    @Override
    public void drain() {
        logger.info(END);
        while (!endsWithMark()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private boolean endsWithMark() {
        byte[] tail = new byte[END.length()];
        try (RandomAccessFile written = new RandomAccessFile(file.toFile(), "r")) {
            written.seek(Math.max(0, written.length() - tail.length - 1));
            int read = Math.max(0, written.read(tail));
            return new String(tail, 0, read, StandardCharsets.US_ASCII).equals(END);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void stop() throws InterruptedException {
        ProviderRegistry.getLoggingProvider().shutdown();
    }
}
