package io.asynclog.sink;

import io.asynclog.ErrorHandler;
import io.asynclog.FlushFunction;
import io.asynclog.LogBatch;
import io.asynclog.LogRecord;
import io.asynclog.internal.Checkpoint;
import io.asynclog.internal.PrivateFiles;
import io.asynclog.internal.Trouble;
import io.asynclog.layout.ByteOutput;
import io.asynclog.layout.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to a file, which is rolled by size and by day: renamed to {@code <name>.<yyyy-MM-dd>.<index>} next to
 * it, and compressed and in the end deleted in the background. The day is that of the records' timestamps in the
 * system's time zone; a file that is there at the start belongs to the day on which it was last written.
 *
 * <p>A batch is written as a whole or not at all, so that one that is flushed again after a failure is not doubled.
 * Where a batch was rolled in its middle, what was rolled stays. Records are left out when they come again: sequences
 * only grow. Those below 0 are always written. With a {@link Checkpoint} all this holds across the end of the process,
 * however it ends.
 *
 * <p>Files and folders are created as needed, files readable by owner and group only. A file that was deleted or moved
 * away is created anew within a second. A file that ends in the middle of a line, after a crash, is continued on a new
 * line. The file belongs to one process. A symbolic link is followed once, when the sink is created: the rolled files
 * lie next to the file that it leads to.
 *
 * <p>An engine that has it among its sinks resumes and opens it when it starts. A file that cannot be written stops the
 * start.
 *
 * <p>To be used by one thread at a time. After {@link #close()} a flush opens the file again.
 */
public final class RollingFileSink implements FlushFunction, AutoCloseable {
    private static final int CHUNK_SIZE = 64 * 1024;
    private static final long LOST_CHECK_MILLIS = 1000;
    /** As many as Linux follows. */
    private static final int MAX_LINKS = 40;

    private final Path path;
    private final boolean syncs;
    private final Layout layout;
    private final ChannelOpener opener;
    private final LogFile file;
    private final Archives archives;
    private final RollPolicy policy;
    private final Trouble rolling;
    private final Clock clock;
    private final ByteOutput out = new ByteOutput();
    private FileProgress progress = new FileProgress();
    /** Whether the name of the file is not known to last beyond the machine, as it is to. */
    private boolean owesFolder;

    private long lostCheckMillis;
    /** What the last flush failed with, null once something was written. */
    private @Nullable Throwable lastFailure;

    /**
     * Creates a sink; nothing is opened yet.
     *
     * @param errors hears when a file cannot be rolled, compressed or deleted, which does not stop the sink, and when
     *     that is over
     */
    public RollingFileSink(FileOptions options, ErrorHandler errors) {
        this(options, errors, Clock.system(ZoneId.systemDefault()), PrivateFiles::append, new ArchiveThread());
    }

    RollingFileSink(FileOptions options, ErrorHandler errors, Clock clock, ChannelOpener opener, Executor background) {
        path = linked(options.path().toAbsolutePath());
        syncs = options.sync() == FileOptions.Sync.FLUSH;
        layout = options.format().layout("file.pattern", options.pattern(), false, options.service());
        this.opener = opener;
        file = new LogFile(path, opener);
        archives = new Archives(path, options, background, errors);
        policy = new RollPolicy(options.maxFileSize(), clock);
        rolling = new Trouble("The file " + path + " cannot be rolled; it grows on", errors);
        this.clock = clock;
    }

    /** Returns the file that a symbolic link leads to, which need not be there yet: a roll would rename the link. */
    private static Path linked(Path path) {
        Path target = path;
        try {
            for (int i = 0; i < MAX_LINKS && Files.isSymbolicLink(target); i++) {
                target = target.resolveSibling(Files.readSymbolicLink(target));
            }
        } catch (IOException unreadable) {
            return path; // to open it says why
        }
        boolean isFile = Files.isRegularFile(target) || Files.notExists(path);
        return isFile ? target : path; // a device, such as /dev/stdout, is where only the system can follow
    }

    /**
     * Returns the file that is written, as an absolute path: where the options name a symbolic link, what it leads to.
     */
    public Path path() {
        return path;
    }

    /**
     * Goes on where an earlier process was, before the file is first opened: what that process was just writing is
     * taken back, and records that it has written are left out. After a restart of the machine, or where none can be
     * told from that of the process, nothing is taken back nor left out, so that records may be repeated.
     *
     * @param checkpoint kept by the log that the records come from, used by the thread that flushes or closes
     */
    public void resumeFrom(Checkpoint checkpoint) {
        resumeFrom(checkpoint, checkpoint == Checkpoint.NONE ? null : BootId.current());
    }

    void resumeFrom(Checkpoint checkpoint, @Nullable String boot) {
        progress = FileProgress.resume(checkpoint, boot, file);
    }

    /**
     * Opens the file ahead of the first flush.
     *
     * @throws IOException when it cannot be written
     */
    public void open() throws IOException {
        ensureOpen();
        archives.tidyLater(LocalDate.now(clock));
    }

    @Override
    public void flush(LogBatch batch) throws IOException {
        if (batch.early()) {
            leaveOut();
            return;
        }
        boolean interrupted = Thread.interrupted(); // an interrupt would close the channel within a line
        try {
            write(batch);
        } catch (IOException | RuntimeException | Error failure) {
            interrupted |= Thread.interrupted();
            rollBack(failure);
            lastFailure = failure;
            throw failure;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Leaves a record out that comes before its turn, to a sink that this file is a part of: its line belongs where it
     * comes again. But a file that fails must not pass for one that is alive.
     */
    private void leaveOut() throws IOException {
        if (lastFailure != null) {
            throw new IOException("The file " + path + " failed, and takes no record before its turn", lastFailure);
        }
    }

    private void write(LogBatch batch) throws IOException {
        ensureOpen();
        beginAppending();
        long last = -1;
        for (LogRecord record : batch.oneAtATime()) {
            long sequence = record.sequence();
            if (progress.contains(sequence)) {
                continue;
            }
            if (file.isRegular() && policy.isDue(file.length() + out.length(), record.epochNanos())) {
                finishAppending(last);
                roll(record);
            }
            last = sequence;
            layout.append(record, out);
            if (out.length() >= CHUNK_SIZE) {
                writeOut();
            }
        }
        finishAppending(last);
        if (last >= 0) {
            lastFailure = null;
        }
    }

    private void beginAppending() throws IOException {
        file.begin();
        out.clear();
        if (file.endsWithinLine()) {
            out.append(System.lineSeparator());
        }
    }

    private void finishAppending(long lastSequence) throws IOException {
        writeOut();
        if (syncs && file.isRegular()) { // a pipe or a terminal refuses it, and would be written again and again
            file.force();
        }
        file.commit(); // first: were it taken back although the checkpoint has it, it would be lost
        progress.commit(file, lastSequence);
    }

    private void writeOut() throws IOException {
        if (out.length() > 0) {
            progress.announce(file, out.length());
            file.write(out);
            out.clear();
        }
    }

    private void rollBack(Throwable failure) {
        if (!file.rollBack(failure)) {
            return; // what was announced is still there
        }
        try {
            progress.commit(file, -1);
        } catch (RuntimeException unsaved) {
            failure.addSuppressed(unsaved);
        }
    }

    private void ensureOpen() throws IOException {
        long now = clock.millis();
        if (file.isOpen() && RollPolicy.isOver(lostCheckMillis, LOST_CHECK_MILLIS, now)) {
            lostCheckMillis = now;
            if (file.isLost()) {
                file.close();
            }
        }
        if (!file.isOpen()) {
            file.open();
            lostCheckMillis = now;
            if (file.takeNewFile()) {
                owesFolder = syncs;
                if (file.length() > 0) {
                    policy.found(file.lastModifiedMillis());
                }
            }
        }
        if (owesFolder) {
            forceFolder();
        }
    }

    /**
     * Has the file found after a crash of the machine. Where that fails, it is tried again before anything is written.
     */
    private void forceFolder() throws IOException {
        try {
            opener.forceFolder(path);
            owesFolder = false;
        } catch (IOException failure) {
            file.close(); // a start that ends here leaves nothing open
            throw failure;
        }
    }

    /** Goes on with a new file from a record on, or with the same one for a while where it cannot be renamed. */
    private void roll(LogRecord record) throws IOException {
        file.close();
        if (rename(record)) {
            policy.begin(record.epochNanos());
            archives.tidyAfterRoll(policy.date()); // ahead of the new file: that may have to make room for it
        }
        ensureOpen();
        beginAppending();
    }

    /** Returns whether the file is out of the way of a new one. */
    private boolean rename(LogRecord record) {
        try {
            archives.roll(policy.date());
        } catch (NoSuchFileException deleted) {
            // somebody was quicker; a new file is begun all the same
        } catch (IOException failure) {
            policy.failed(record.epochNanos());
            rolling.isThere(failure);
            return false;
        }
        rolling.isOver();
        return true;
    }

    /** Closes the file. Files that were rolled are still compressed in the background. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
