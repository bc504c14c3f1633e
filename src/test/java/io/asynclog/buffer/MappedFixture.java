package io.asynclog.buffer;

import io.asynclog.ErrorHandler;
import io.asynclog.LogRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.event.Level;

/**
 * A buffer in mapped files, and what a process would find that comes after one that was killed: {@link #kill} copies
 * the files as they are at this moment, which is what the operating system keeps of a killed process.
 */
final class MappedFixture implements AutoCloseable {
    static final int SEGMENT_SIZE = 4096;
    static final int BATCH_SIZE = 16;

    private static final byte[] LOGGER = RecordEncoder.encodeLoggerName("logger");
    private static final Thread CALLER = new Thread("caller");

    final Path directory;
    final List<String> reports = new ArrayList<>();
    final AsyncBuffer buffer;

    /** Goes by other clocks than those of the system. */
    MappedFixture(Path directory, BufferClocks clocks) {
        this.directory = directory;
        ErrorHandler errors = (message, cause) -> reports.add(message + cause);
        buffer = new AsyncBuffer(
                options(16), Runnable::run, errors, MappedStorage.open(directory, SEGMENT_SIZE, errors), clocks);
    }

    MappedFixture(Path directory) {
        this(directory, options(16));
    }

    MappedFixture(Path directory, BufferOptions options) {
        this.directory = directory;
        buffer = new AsyncBuffer(
                inFiles(options, directory), Runnable::run, (message, cause) -> reports.add(message + cause));
    }

    private static BufferOptions inFiles(BufferOptions options, Path directory) {
        return new BufferOptions(
                options.segmentSize(),
                options.maxSize(),
                options.maxRecordSize(),
                options.policy(),
                options.maxWait(),
                options.dropBelow(),
                directory,
                options.maskedKeys());
    }

    static BufferOptions options(int maxSegments) {
        return BufferOptions.defaults()
                .withSegmentSize(SEGMENT_SIZE)
                .withMaxRecordSize(SEGMENT_SIZE)
                .withMaxSize((long) maxSegments * SEGMENT_SIZE);
    }

    long push(String message) {
        return push(Level.INFO, message);
    }

    long push(Level level, String message) {
        RecordEncoder record = buffer.leaseEncoder();
        try {
            record.begin(level, LOGGER, 1, CALLER);
            record.message(message);
            return buffer.push(record);
        } finally {
            buffer.releaseEncoder(record);
        }
    }

    /** Pushes records whose messages begin with their sequence. */
    void pushNumbered(int count) {
        for (int i = 0; i < count; i++) {
            push(buffer.nextSequence() + ":" + "x".repeat(50));
        }
    }

    Cursor cursor(String sink) {
        return buffer.openCursor(sink, true, Thread.currentThread(), BATCH_SIZE);
    }

    /**
     * Reads and passes all there is, and returns the sequences, each of which must stand at the beginning of its
     * message.
     */
    static List<Long> drain(Cursor cursor) {
        List<Long> sequences = new ArrayList<>();
        while (cursor.read(Level.TRACE, true)) {
            sequences.addAll(sequences(cursor));
            cursor.pass();
        }
        return sequences;
    }

    /** Reads and passes all there is, whatever it says. */
    static void pass(Cursor cursor) {
        while (cursor.read(Level.TRACE, true)) {
            cursor.pass();
        }
    }

    /** Returns the sequences of the records that the cursor has read. */
    static List<Long> sequences(Cursor cursor) {
        List<Long> sequences = new ArrayList<>();
        SegmentBatch batch = cursor.batch();
        if (batch != null) {
            for (LogRecord record : batch) {
                if (!record.message().equals(record.sequence() + ":" + "x".repeat(50))) {
                    throw new AssertionError("Record " + record.sequence() + " reads " + record.message());
                }
                sequences.add(record.sequence());
            }
        }
        return sequences;
    }

    /** Copies what the operating system would have if the process were killed now. */
    Path kill(Path target) {
        copy(directory, target);
        return target;
    }

    static void copy(Path from, Path to) {
        copy(from, "*", to);
    }

    /** Replaces the segments of a directory by those of another one. */
    static void copySegments(Path from, Path to) {
        copy(from, "segment-*", to);
    }

    private static void copy(Path from, String names, Path to) {
        try {
            Files.createDirectories(to);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(from, names)) {
                for (Path file : files) {
                    if (Files.isRegularFile(file)) {
                        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        buffer.release();
    }
}
