package io.asynclog.buffer;

import io.asynclog.InvalidOptionException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts the log together again from the files that an earlier process left, at the start of the next. Headers are read
 * of all segments, records only of those behind which something is missing and of the last: where it ends is where the
 * log goes on. The records of the others are checked when a cursor comes to them, see {@link SegmentRepair}, so that a
 * large backlog does not hold up the start.
 */
final class Recovery {
    private final Path directory;
    private final int segmentSize;
    private final CursorFile cursors;
    private final DamageReport damage;
    private final SegmentRepair repair;
    private final FileFormat.Identity identity;
    private final List<FoundSegment> found = new ArrayList<>();
    private final List<Segment> free = new ArrayList<>();
    private int highestNumber;
    private boolean cursorsForgotten;
    private final int maxFree;

    Recovery(Path directory, int segmentSize, int maxFree, CursorFile cursors, DamageReport damage) throws IOException {
        this.directory = directory;
        this.segmentSize = segmentSize;
        this.maxFree = maxFree;
        this.cursors = cursors;
        this.damage = damage;
        requireVersion(cursors.otherVersion(), cursors.path());
        List<FoundSegment> all = list();
        FileFormat.Identity known = cursors.identity();
        identity = identity(all, known);
        if (known != null && !known.equals(identity)) {
            forgetCursorsOf(known);
        }
        FileFormat.Point closedInOrderFrom = cursors.closedInOrderFrom();
        repair = new SegmentRepair(damage, closedInOrderFrom == null ? Long.MAX_VALUE : closedInOrderFrom.position());
        all.forEach(this::classify);
        found.sort(Comparator.comparingLong(segment -> header(segment).base()));
    }

    FileFormat.Identity identity() {
        return identity;
    }

    /** Returns whether no segment with records was found. */
    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Returns the highest number in the name of a segment's file. */
    int highestNumber() {
        return highestNumber;
    }

    SegmentRepair repair() {
        return repair;
    }

    // ---- files ------------------------------------------------------------------------------------------------------

    private List<FoundSegment> list() throws IOException {
        List<FoundSegment> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, SegmentFiles.PREFIX + "*")) {
            for (Path file : files) {
                if (file.toString().endsWith(SegmentFile.UNFINISHED)) {
                    Files.delete(file); // was being made
                } else if (file.toString().endsWith(SegmentFile.SUFFIX)) {
                    FoundSegment segment = FoundSegment.read(file);
                    requireVersion(segment.otherVersion(), file);
                    all.add(segment);
                    highestNumber = Math.max(highestNumber, SegmentFiles.number(file));
                }
            }
        }
        return all;
    }

    /** What another release wrote is not damage: it is left as it is. */
    private void requireVersion(int otherVersion, Path file) {
        if (otherVersion != 0) {
            throw new InvalidOptionException(
                    "buffer.directory",
                    directory,
                    "Its file " + file.getFileName() + " is of version " + otherVersion
                            + ", and this release reads version " + FileFormat.VERSION + ".",
                    "Have the release that wrote it deliver what is left, or choose another directory.");
        }
    }

    /** The log is that of the cursor file, unless no segment belongs to that one; then it is that of most segments. */
    private static FileFormat.Identity identity(List<FoundSegment> all, FileFormat.@Nullable Identity known) {
        Map<FileFormat.Identity, Integer> counts = new HashMap<>();
        for (FoundSegment segment : all) {
            if (segment.header() != null && segment.header().base() != FileFormat.FREE) {
                counts.merge(segment.header().identity(), 1, Integer::sum);
            }
        }
        if (known != null && (counts.isEmpty() || counts.containsKey(known))) {
            return known;
        }
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseGet(MappedStorage::newIdentity);
    }

    private void forgetCursorsOf(FileFormat.Identity other) {
        damage.lost(
                0,
                "Cursor file " + cursors.path() + " belongs to another log, " + other.instance()
                        + ": all sinks begin at the oldest record; " + damage.keepCopy(cursors.path()));
        cursors.forgetAll();
        cursorsForgotten = true;
    }

    /** Returns whether the cursor file was that of another log. */
    boolean hasForgottenCursors() {
        return cursorsForgotten;
    }

    private void classify(FoundSegment segment) {
        FileFormat.SegmentHeader header = segment.header();
        if (header == null) {
            damage.lost(
                    0,
                    "Segment file " + segment.path() + " has no header that can be read; "
                            + damage.putAside(segment.path()));
        } else if (header.base() == FileFormat.FREE) {
            release(segment);
        } else if (!header.identity().equals(identity)) {
            damage.lost(
                    0,
                    "Segment file " + segment.path() + " belongs to another log, "
                            + header.identity().instance() + "; " + damage.putAside(segment.path()));
        } else {
            found.add(segment);
        }
    }

    private static FileFormat.SegmentHeader header(FoundSegment segment) {
        return Objects.requireNonNull(segment.header());
    }

    /** Keeps a file without records for use, or deletes it. */
    private void release(FoundSegment segment) {
        try {
            if (header(segment).size() == segmentSize
                    && header(segment).identity().equals(identity)
                    && free.size() < maxFree) {
                Segment cleared = new Segment(SegmentFile.open(segment.path(), identity, segmentSize));
                cleared.clear();
                free.add(cleared);
            } else {
                Files.delete(segment.path());
            }
        } catch (IOException failure) {
            damage.failed("Segment file " + segment.path() + " is no longer needed and could not be freed", failure);
        }
    }

    // ---- the log ----------------------------------------------------------------------------------------------------

    /** Puts the log together. */
    RecoveredLog run() throws IOException {
        long needed = neededPosition();
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            FoundSegment segment = found.get(i);
            if (header(segment).end() <= needed) {
                release(segment);
            } else if (!segments.isEmpty()
                    && header(segment).base() < last(segments).end()) {
                damage.lost(
                        0,
                        "Segment file " + segment.path() + " lies in the log where another one lies; "
                                + damage.putAside(segment.path()));
            } else {
                segments.add(open(segment));
            }
        }
        return finish(segments);
    }

    /** Returns the position before which no sink needs anything; 0 when that cannot be told. */
    private long neededPosition() {
        FileFormat.Point unsettled = cursors.unsettled();
        long newSinksBegin =
                unsettled == null || unsettled.equals(FileFormat.SETTLED) ? Long.MAX_VALUE : unsettled.position();
        return cursors.isDamaged()
                ? 0
                : cursors.cursors().stream()
                        .mapToLong(cursor -> cursor.entry().position())
                        .map(position -> Math.min(position, newSinksBegin))
                        .min()
                        .orElse(0);
    }

    private Segment open(FoundSegment segment) throws IOException {
        FileFormat.SegmentHeader header = header(segment);
        if (segment.isCut()) {
            damage.lost(
                    0,
                    "Segment file " + segment.path() + " was cut to " + segment.length() + " bytes; "
                            + damage.keepCopy(segment.path()));
        }
        SegmentFile file = SegmentFile.open(segment.path(), identity, header.size());
        file.restoreHeader(header);
        return Segment.recovered(file, header.base(), header.firstSequence());
    }

    private static Segment last(List<Segment> segments) {
        return segments.get(segments.size() - 1);
    }

    /** Says of each segment where its sequences end, and where the log goes on. */
    private RecoveredLog finish(List<Segment> segments) {
        FileFormat.Point known = knownEnd();
        reportMissingBefore(
                segments.isEmpty() ? known.position() : segments.get(0).base(),
                segments.isEmpty() ? known.sequence() : segments.get(0).firstSequence());
        for (int i = 0; i + 1 < segments.size(); i++) {
            finish(segments.get(i), segments.get(i + 1));
        }
        if (segments.isEmpty()) {
            return new RecoveredLog(segments, free, -1, known.position(), known.sequence());
        }
        Segment last = last(segments);
        int tailOffset = repair.finishLast(last, segmentSize, known);
        if (tailOffset >= 0) {
            return new RecoveredLog(segments, free, tailOffset, last.base() + tailOffset, last.endSequence());
        }
        last.endAt(Math.max(last.endSequence(), known.sequence()));
        return new RecoveredLog(segments, free, -1, Math.max(last.end(), known.position()), last.endSequence());
    }

    /** Reports the sinks whose place lies before everything that is there. */
    private void reportMissingBefore(long position, long sequence) {
        for (SavedCursor cursor : cursors.cursors()) {
            long missing = sequence - cursor.entry().sequence();
            if (cursor.entry().position() < position && missing > 0) {
                damage.lost(
                        missing,
                        "Segments are missing in " + directory + ": "
                                + DamageReport.records(cursor.entry().sequence(), missing)
                                + " cannot be delivered to sink '" + cursor.name()
                                + "'; after a crash of the machine they may have been before");
            }
        }
    }

    /** Returns the end of the newest segment if somebody needs it and its file is gone, else null. */
    private FileFormat.@Nullable Point lostNewest() {
        FileFormat.Point newest = cursors.newestSegment();
        boolean lost = newest != null
                && neededPosition() < newest.position()
                && found.stream().noneMatch(segment -> header(segment).end() == newest.position());
        return lost ? newest : null;
    }

    /** Returns up to where the log must have come, as far as the cursor file knows. */
    private FileFormat.Point knownEnd() {
        FileFormat.Point clean = cursors.cleanEnd();
        long position = clean == null ? 0 : clean.position();
        long sequence = clean == null ? 0 : clean.sequence();
        FileFormat.Point newest = lostNewest();
        if (newest != null) {
            damage.lost(
                    0,
                    "The newest segment is missing in " + directory + ". It began with record " + newest.sequence()
                            + "; how many records it held cannot be told");
            position = Math.max(position, newest.position());
            sequence = Math.max(sequence, newest.sequence());
        }
        for (SavedCursor cursor : cursors.cursors()) {
            position = Math.max(position, cursor.entry().position());
            sequence = Math.max(sequence, cursor.entry().attempted());
        }
        FileFormat.Point unsettled = cursors.unsettled();
        if (unsettled != null) {
            position = Math.max(position, unsettled.position());
            sequence = Math.max(sequence, unsettled.sequence());
        }
        return new FileFormat.Point(RecordCodec.alignUp(position), sequence);
    }

    private void finish(Segment segment, Segment next) {
        if (segment.end() == next.base()) {
            segment.endAt(next.firstSequence());
            return;
        }
        long end = repair.verifyOpenEnded(segment);
        segment.endAt(end);
        damage.lost(
                next.firstSequence() - end,
                "Segments are missing in " + directory + " between " + name(segment) + " and " + name(next)
                        + "; known to be missing: " + DamageReport.records(end, next.firstSequence() - end));
    }

    private static @Nullable Path name(Segment segment) {
        SegmentFile file = segment.file();
        return file == null ? null : file.path().getFileName();
    }
}
