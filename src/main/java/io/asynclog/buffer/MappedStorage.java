package io.asynclog.buffer;

import io.asynclog.ErrorHandler;
import io.asynclog.InvalidOptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Segments in memory-mapped files of a directory, beside a file with the place of every sink. A record is safe from the end
 * of the process as soon as it is published: the pages belong to the operating system.
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

    private final Path directory;
    private final ErrorHandler errors;
    private final DirectoryLock lock;
    private final CursorFile cursors;
    private final DamageReport damage;
    private final Recovery recovery;
    private final boolean placesLost;
    private final SegmentFiles files;
    private final Set<String> opened = ConcurrentHashMap.newKeySet();
    /** Set once, by {@link #recover}, before there are cursors. */
    private RecoveredLog log = RecoveredLog.empty(0, 0);
    /** Where a sink begins that has no place yet. Set along. */
    private FileFormat.Point newSinksBegin = new FileFormat.Point(0, 0);

    /** Volatile: written by the housekeeping, read by whoever asks. */
    private volatile boolean lost;

    private MappedStorage(Path directory, int segmentSize, DirectoryLock lock, ErrorHandler errors) throws IOException {
        this.directory = directory;
        this.lock = lock;
        this.errors = errors;
        damage = new DamageReport(directory, errors);
        cursors = CursorFile.open(directory);
        recovery = new Recovery(directory, segmentSize, SPARES, cursors, damage);
        files = new SegmentFiles(directory, recovery.identity(), segmentSize, recovery.highestNumber(), errors);
        placesLost = checkCursorFile();
    }

    /** Returns whether the places of some sinks are lost, after a report. */
    private boolean checkCursorFile() {
        FileFormat.Identity identity = cursors.identity();
        if (cursors.isDamaged()) {
            damage.lost(
                    0,
                    "Cursor file " + cursors.path()
                            + " is damaged: sinks whose place cannot be read begin at the oldest" + " record; "
                            + damage.keepCopy(cursors.path()));
        } else if (identity != null && !identity.equals(recovery.identity())) {
            damage.lost(
                    0,
                    "Cursor file " + cursors.path() + " belongs to another log, " + identity.instance()
                            + ": all sinks begin at the oldest record; " + damage.keepCopy(cursors.path()));
            cursors.forgetAll();
        } else if (identity == null && !recovery.isEmpty()) {
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
            PrivateStorage.createDirectory(absolute);
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
    public UUID instance() {
        return recovery.identity().instance();
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public RecoveredLog recover() {
        try {
            cursors.begin(recovery.identity());
            log = recovery.run();
            settleLater();
            cursors.markOpen();
            return log;
        } catch (IOException failure) {
            throw unusable(directory, failure);
        }
    }

    /**
     * A sink that is new begins at the end of what an earlier process left. But a process may end when only some of its sinks
     * have got their places; for the next one, the others are still as new as they were for that one. Where places were lost,
     * a sink that seems new may be an old one, and begins at the beginning.
     */
    private void settleLater() {
        FileFormat.Point unsettled = cursors.unsettled();
        if (unsettled == null) {
            unsettled = new FileFormat.Point(log.endPosition(), log.endSequence());
            cursors.noteUnsettled(unsettled);
        }
        boolean fromBeginning = placesLost && !log.segments().isEmpty();
        newSinksBegin = fromBeginning
                ? new FileFormat.Point(
                        log.segments().get(0).base(), log.segments().get(0).firstSequence())
                : unsettled;
    }

    @Override
    public void verify(Segment segment) {
        recovery.repair().verify(segment);
    }

    // ---- segments ---------------------------------------------------------------------------------------------------

    @Override
    public Segment create() throws IOException {
        return new Segment(files.create());
    }

    @Override
    public void begun(Segment newest) {
        cursors.noteNewestSegment(newest.base(), newest.firstSequence());
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
    public int maxIdle() {
        return SPARES;
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
        opened.add(sink);
        SavedCursor saved = cursors.find(sink);
        if (saved != null) {
            saved.goneSince(0);
            return saved;
        }
        return cursors.add(sink, newSinksBegin.position(), newSinksBegin.sequence());
    }

    @Override
    public void settle() {
        cursors.noteUnsettled(null);
    }

    @Override
    public SinkMemory memoryOf(String sink) {
        SavedCursor saved = openCursor(sink);
        long oldest = log.segments().isEmpty()
                ? log.endPosition()
                : log.segments().get(0).base();
        return new SinkMemory(saved, saved.entry().position() >= oldest);
    }

    @Override
    public List<SavedCursor> absentCursors() {
        return cursors.cursors().stream()
                .filter(cursor -> !opened.contains(cursor.name()))
                .toList();
    }

    @Override
    public RecoveryStatus recoveryStatus() {
        return new RecoveryStatus(directory, lost, damage.unfinishedCount(), damage.damagedCount());
    }

    // ---- lifecycle --------------------------------------------------------------------------------------------------

    /** Keeps the places of the sinks no older than a second on the device, and sees whether the directory is still there. */
    @Override
    public void housekeep() {
        cursors.force();
        files.look();
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

    @Override
    public void close(long endPosition, long endSequence) {
        files.giveUp();
        cursors.close(new FileFormat.Point(endPosition, endSequence));
        try {
            lock.close();
        } catch (IOException failure) {
            errors.report("The lock of " + directory + " could not be given up", failure);
        }
    }
}
