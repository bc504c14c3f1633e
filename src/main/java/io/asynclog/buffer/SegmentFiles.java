package io.asynclog.buffer;

import io.asynclog.ErrorHandler;
import io.asynclog.internal.Trouble;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes and deletes the files of segments, for as long as their directory is ours: a task that comes too late must not
 * touch files of the next owner, who uses the same names. Safe for several threads.
 */
final class SegmentFiles {
    static final String PREFIX = "segment-";

    private static final Pattern NAME = Pattern.compile("segment-(\\d{1,9})\\.dat(?:\\.tmp)?");

    private final Path directory;
    private final FileFormat.Identity identity;
    private final int segmentSize;
    private final AtomicInteger nextNumber;
    private final Trouble deletion;

    /** Read-locked while a file is made or deleted, write-locked to give the directory up. Guards {@link #givenUp}. */
    private final ReentrantReadWriteLock ownership = new ReentrantReadWriteLock();

    private boolean givenUp;
    /** Volatile: the latest failure, null once a file could be deleted again. */
    private volatile @Nullable IOException deletionFailure;

    SegmentFiles(
            Path directory, FileFormat.Identity identity, int segmentSize, int highestNumber, ErrorHandler errors) {
        this.directory = directory;
        this.identity = identity;
        this.segmentSize = segmentSize;
        nextNumber = new AtomicInteger(highestNumber + 1);
        deletion =
                new Trouble("Segment files in " + directory + " cannot be deleted; the next start tries again", errors);
    }

    /** Returns the number in the name of a segment's file, 0 when there is none. */
    static int number(Path segmentFile) {
        Matcher name = NAME.matcher(String.valueOf(segmentFile.getFileName()));
        return name.matches() ? Integer.parseInt(name.group(1)) : 0;
    }

    SegmentFile create() throws IOException {
        ownership.readLock().lock();
        try {
            if (givenUp) {
                throw new IOException("The directory " + directory + " was given up");
            }
            return uninterrupted(() -> SegmentFile.create(nextPath(), identity, segmentSize));
        } finally {
            ownership.readLock().unlock();
        }
    }

    private Path nextPath() {
        return directory.resolve(PREFIX + nextNumber.getAndIncrement() + SegmentFile.SUFFIX);
    }

    /**
     * Does something with a file for a thread that may be interrupted, and is again afterwards. It may be a caller's,
     * and who is told to end has something to log; but a channel closes under such a thread, and the disk would be
     * taken for broken.
     */
    private static <T> T uninterrupted(FileWork<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return work.run();
                } catch (ClosedByInterruptException meanwhile) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Deletes the file of a segment that nobody uses any more. */
    void discard(Segment segment) {
        // One that is being forced is read beyond what the sinks need; where its file is cut, reading is an error of
        // the JVM.
        delete(segment, segment.isForcing() ? SegmentFile::delete : SegmentFile::discard);
    }

    /** Deletes the file of a segment that a thread may still be reading. */
    void abandon(Segment segment) {
        delete(segment, SegmentFile::delete);
    }

    private void delete(Segment segment, Deletion how) {
        SegmentFile file = segment.file();
        if (file == null) {
            return;
        }
        ownership.readLock().lock();
        try {
            if (!givenUp) {
                SegmentFile ignored = uninterrupted(() -> {
                    how.delete(file);
                    return file;
                });
                deletionFailure = null;
            }
        } catch (NoSuchFileException somebodyWasQuicker) {
            // It is gone, which is what was wanted.
        } catch (IOException failure) {
            deletionFailure = failure; // told by the housekeeping: there is one for each segment
        } finally {
            ownership.readLock().unlock();
        }
    }

    /** Does something with the content of files, unless they may belong to the next owner. */
    void whileOwned(Runnable work) {
        ownership.readLock().lock();
        try {
            if (!givenUp) {
                work.run();
            }
        } finally {
            ownership.readLock().unlock();
        }
    }

    /** Tells when files cannot be deleted. To be called by the housekeeping. */
    void reportFailures() {
        deletion.update(deletionFailure);
    }

    /**
     * Touches no file from now on; waits for those that are just being made or deleted, though not for ever.
     *
     * @return whether none is: else the directory is still ours
     */
    boolean giveUp(long maxNanos) {
        long deadline = System.nanoTime() + maxNanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (!ownership.writeLock().tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        return false;
                    }
                    break;
                } catch (InterruptedException hurry) {
                    interrupted = true; // the bound is short enough, and without it the directory stays locked
                }
            }
            givenUp = true;
            ownership.writeLock().unlock();
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Does something with a file. */
    private interface FileWork<T> {
        T run() throws IOException;
    }

    /** Deletes the file of a segment in one way or another. */
    private interface Deletion {
        void delete(SegmentFile file) throws IOException;
    }
}
