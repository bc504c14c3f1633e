package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * For subjects that write what they have after each batch, but do not tell: a last line that shows up at the end of the
 * file.
 */
final class FileEnd {
    private static final long POLL_NANOS = 500_000;
    private static final String LAST = "everything is in the file";

    private FileEnd() {}

    /** Logs a message and waits until it ends the file. */
    static void await(Path file, Consumer<String> logger) {
        logger.accept(LAST);
        while (!isThere(file)) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static boolean isThere(Path file) {
        byte[] end = new byte[LAST.length()];
        try (RandomAccessFile written = new RandomAccessFile(file.toFile(), "r")) {
            written.seek(Math.max(0, written.length() - end.length - 1));
            int read = Math.max(0, written.read(end));
            return new String(end, 0, read, StandardCharsets.US_ASCII).equals(LAST);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
