package io.asynclog.buffer;

import io.asynclog.ErrorHandler;
import io.asynclog.InvalidOptionException;
import io.asynclog.internal.Checkpoint;
import io.asynclog.internal.PrivateFiles;
import io.asynclog.internal.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Segments in memory-mapped files of a directory, beside a file with the place of every sink. A record is safe from the
 * end of the process as soon as it is published: the pages belong to the operating system.
 *
 * <pre>
 *   owner.lock        says who uses the directory, locked by it
 *   cursors.dat       the place of every sink
 *   segment-N.dat     one segment each; N only tells them apart
 *   damaged/          copies of what could not be read, for a human
 * </pre>
 */
final class MappedStorage implements SegmentStorage {
    private static final int SPARES = 2;
    private static final int MAX_FREE = 8;
    /** A segment may be in the making, which takes as long as the disk takes to write it. */
    private static final long MAX_GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Path directory;
    private final int segmentSize;
    private final ErrorHandler errors;
    private final DirectoryLock lock;
    private final CursorFile cursors;
    private final DamageReport damage;
    private final FileFormat.Identity identity;
    private final SegmentRepair repair;
    /**
     * Null when it is done. It knows each segment that was found, as does the log that comes of it: whoever kept one of
     * the two would keep all their files mapped, long after they are passed and deleted.
     */
    private @Nullable Recovery recovery;

    private final boolean placesLost;
    private final SegmentFiles files;
    private final Trouble forcing;
    /** Used by the housekeeping. */
    private @Nullable Throwable forceFailure;
    /** Before it lies nothing that was recovered. Set once, by {@link #recover}, before there are cursors. */
    private long oldestPosition;
    /** Where a sink begins that has no place yet. Set along. */
    private FileFormat.Point newSinksBegin = new FileFormat.Point(0, 0);

    /** Whether a file was still being made or deleted at the end. Used by whoever closes, who is one at a time. */
    private boolean hung;

    /** Volatile: written by the housekeeping, read by whoever asks. */
    private volatile boolean lost;

    private MappedStorage(Path directory, int segmentSize, DirectoryLock lock, ErrorHandler errors) throws IOException {
        this.directory = directory;
        this.segmentSize = segmentSize;
        this.lock = lock;
        this.errors = errors;
        damage = new DamageReport(directory, errors);
        cursors = CursorFile.open(directory);
        Recovery found = new Recovery(directory, segmentSize, SPARES, cursors, damage);
        recovery = found;
        identity = found.identity();
        repair = found.repair();
        files = new SegmentFiles(directory, identity, segmentSize, found.highestNumber(), errors);
        forcing = new Trouble("The cursor file " + cursors.path() + " cannot be forced to the device", errors);
        placesLost = checkCursorFile(found);
    }

    /** Returns whether the places of some sinks are lost, after a report. */
    private boolean checkCursorFile(Recovery found) {
        if (found.hasForgottenCursors()) {
            return true;
        } else if (cursors.isDamaged()) {
            damage.lost(
                    0,
                    "Cursor file " + cursors.path()
                            + " is damaged: sinks whose place cannot be read begin at the oldest" + " record; "
                            + damage.keepCopy(cursors.path()));
        } else if (cursors.identity() == null && !found.isEmpty()) {
            damage.lost(0, "The cursor file was missing in " + directory + ": all sinks begin at the oldest record");
        } else {
            return false;
        }
        return true;
    }

    /**
     * Takes a directory into use, made where there is none.
     *
     * @throws InvalidOptionException when it cannot be used: another engine uses it, or it cannot be written
     */
    static MappedStorage open(Path directory, int segmentSize, ErrorHandler errors) {
        Path absolute = directory.toAbsolutePath();
        try {
            PrivateFiles.createDirectory(absolute);
            DirectoryLock lock = DirectoryLock.acquire(absolute);
            try {
                return new MappedStorage(absolute, segmentSize, lock, errors);
            } catch (IOException | RuntimeException | Error failure) {
                lock.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw unusable(absolute, failure);
        }
    }

    static InvalidOptionException unusable(@Nullable Path directory, Throwable failure) {
        InvalidOptionException invalid = new InvalidOptionException(
                "buffer.directory",
                String.valueOf(directory),
                "It cannot be used: " + failure + ".",
                "Choose a directory that this process may write to, on a disk with room.");
        invalid.initCause(failure);
        return invalid;
    }

    static FileFormat.Identity newIdentity() {
        return new FileFormat.Identity(UUID.randomUUID(), new SecureRandom().nextLong());
    }

    @Override
    public Supplier<UUID> instance() {
        UUID instance = identity.instance();
        return () -> instance;
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public RecoveredLog recover() {
        Recovery found = Objects.requireNonNull(recovery, "recovered before");
        recovery = null;
        try {
            RecoveredLog log = found.run();
            oldestPosition = log.segments().isEmpty()
                    ? log.endPosition()
                    : log.segments().get(0).base();
            chooseStartOfNewSinks(log);
            cursors.begin(identity); // after the note: it removes the traces of places that are lost
            cursors.markOpen(log.endPosition(), log.endSequence());
            damage.tell();
            return log;
        } catch (IOException failure) {
            release();
            throw unusable(directory, failure);
        } catch (RuntimeException | Error failure) {
            release();
            throw failure;
        }
    }

    /**
     * A sink that is new begins at the end of what an earlier process left. But a process may end when only some of its
     * sinks have got their places; for the next one, the others are still as new as they were for that one. Where
     * places were lost, or the note of this, a sink that seems new may be an old one, and begins at the beginning; for
     * the next process too, if this one ends first.
     */
    private void chooseStartOfNewSinks(RecoveredLog log) {
        FileFormat.Point unsettled = cursors.unsettled();
        if ((placesLost || unsettled == null) && !log.segments().isEmpty()) {
            Segment oldest = log.segments().get(0);
            newSinksBegin = new FileFormat.Point(oldest.base(), oldest.firstSequence());
        } else if (unsettled == null || unsettled.equals(FileFormat.SETTLED)) {
            newSinksBegin = new FileFormat.Point(log.endPosition(), log.endSequence());
        } else {
            newSinksBegin = unsettled;
        }
        if (!newSinksBegin.equals(unsettled)) {
            cursors.noteUnsettled(newSinksBegin);
        }
    }

    @Override
    public void verify(Segment segment) {
        files.whileOwned(() -> repair.verify(segment));
        damage.tell();
    }

    // ---- segments ---------------------------------------------------------------------------------------------------

    @Override
    public Segment create() throws IOException {
        return new Segment(files.create());
    }

    @Override
    public boolean mayHang() {
        return true;
    }

    @Override
    public void noteNewest(Segment next, long base, long firstSequence) {
        cursors.noteNewestSegment(base + next.size(), firstSequence);
    }

    @Override
    public int spares() {
        return SPARES;
    }

    @Override
    public int maxFree() {
        return MAX_FREE;
    }

    @Override
    public int segmentSize() {
        return segmentSize;
    }

    @Override
    public void clear(Segment segment) {
        files.whileOwned(segment::clear);
    }

    @Override
    public void discard(Segment segment) {
        files.discard(segment);
    }

    @Override
    public void abandon(Segment segment) {
        files.abandon(segment);
    }

    // ---- cursors ----------------------------------------------------------------------------------------------------

    @Override
    public SavedCursor openCursor(String sink) {
        SavedCursor saved = cursors.find(sink);
        if (saved != null) {
            saved.goneSince(0);
            return saved;
        }
        return cursors.add(sink, newSinksBegin.position(), newSinksBegin.sequence());
    }

    @Override
    public void settle() {
        cursors.noteUnsettled(FileFormat.SETTLED);
    }

    @Override
    public Checkpoint checkpointOf(String sink) {
        SavedCursor saved = openCursor(sink);
        return new SavedCheckpoint(saved, saved.entry().position() >= oldestPosition);
    }

    @Override
    public List<SavedCursor> savedCursors() {
        return cursors.cursors();
    }

    @Override
    public RecoveryStatus recoveryStatus() {
        return new RecoveryStatus(directory, lost, damage.unfinishedCount(), damage.damagedCount());
    }

    // ---- lifecycle --------------------------------------------------------------------------------------------------

    /**
     * Keeps the places of the sinks no older than a second on the device, and sees whether the directory is still
     * there.
     */
    @Override
    public void housekeep() {
        forceCursors();
        forcing.update(forceFailure);
        files.reportFailures();
        boolean gone = !Files.exists(cursors.path());
        if (gone && !lost) {
            errors.report(
                    "The directory " + directory
                            + " of the buffer was deleted. Records still go to all sinks, but what is"
                            + " in the buffer will not survive the process; restart it to have a new directory",
                    null);
        }
        lost = gone;
    }

    private void forceCursors() {
        try {
            cursors.force();
            forceFailure = null;
        } catch (UncheckedIOException failure) {
            forceFailure = failure;
        }
    }

    @Override
    public void close(long endPosition, long endSequence) {
        if (hung) {
            return;
        }
        hung = !files.giveUp(MAX_GIVE_UP_NANOS);
        if (hung) {
            errors.report(
                    "A file in " + directory + " is being made or deleted and hangs; the directory stays locked as long"
                            + " as this process runs",
                    null);
            return;
        }
        try {
            cursors.close(new FileFormat.Point(endPosition, endSequence));
        } catch (UncheckedIOException failure) {
            errors.report("The cursor file " + cursors.path() + " could not be forced to the device", failure);
        } finally {
            release();
        }
    }

    private void release() {
        try {
            lock.close();
        } catch (IOException failure) {
            errors.report("The lock of " + directory + " could not be given up", failure);
        }
    }
}
