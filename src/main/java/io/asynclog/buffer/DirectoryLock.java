package io.asynclog.buffer;

import io.asynclog.InvalidOptionException;
import io.asynclog.internal.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a directory, held by one buffer at a time: a lock on a file in it, which the operating system takes
 * back when the process ends, however it ends. The file says who holds it.
 */
final class DirectoryLock implements AutoCloseable {
    static final String FILE_NAME = "owner.lock";

    /** Behind the text, which others may thus read also where locks keep readers off. */
    private static final long LOCKED_BYTE = 1 << 20;

    private static final int MAX_TEXT = 256;

    /**
     * Channels to lock files that another buffer of this process holds. On POSIX systems, closing any channel to a file
     * gives up all locks that the process has on it, the other buffer's included. So these stay open, and reachable,
     * for good.
     */
    private static final Queue<FileChannel> NEVER_CLOSED = new ConcurrentLinkedQueue<>();

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws InvalidOptionException when another process, or another buffer of this one, holds it
     * @throws IOException when the lock file cannot be written
     */
    static DirectoryLock acquire(Path directory) throws IOException {
        FileChannel channel = PrivateFiles.open(directory.resolve(FILE_NAME));
        FileLock lock;
        try {
            lock = channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException sameProcess) {
            NEVER_CLOSED.add(channel);
            throw inUse(directory, "another engine of this process (" + owner(channel) + ")");
        } catch (IOException noLocks) { // which some network file systems have not
            channel.close();
            throw noLocks;
        }
        if (lock == null) {
            try (channel) {
                throw inUse(directory, owner(channel));
            }
        }
        writeOwner(channel);
        return new DirectoryLock(channel);
    }

    private static void writeOwner(FileChannel channel) {
        String text = "process " + ProcessHandle.current().pid() + " since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n";
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
        } catch (IOException diskIsFull) {
            // The lock is what counts; the text only says whose it is.
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MAX_TEXT);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    }

    private static InvalidOptionException inUse(Path directory, @Nullable String owner) {
        return new InvalidOptionException(
                "buffer.directory",
                directory,
                "It is in use by " + owner + ".",
                "Stop that one, or give each instance a directory of its own, for example "
                        + directory.resolveSibling(directory.getFileName() + "-2") + ".");
    }

    /** Gives the directory up. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
