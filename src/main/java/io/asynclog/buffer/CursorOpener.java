package io.asynclog.buffer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the cursors of a buffer, each at its place. All methods are called under the buffer's lock. */
final class CursorOpener {
    private final ReadableLog log;
    private final SegmentStorage storage;
    private final SegmentChain chain;
    private final Tail tail;
    private final CursorSet cursors;
    private final AbsentSinks absentSinks;

    CursorOpener(
            ReadableLog log,
            SegmentStorage storage,
            SegmentChain chain,
            Tail tail,
            CursorSet cursors,
            AbsentSinks absentSinks) {
        this.log = log;
        this.storage = storage;
        this.chain = chain;
        this.tail = tail;
        this.cursors = cursors;
        this.absentSinks = absentSinks;
    }

    /** Opens a cursor at the place that is kept for its sink, or at the oldest record where none is. */
    Cursor open(String name, boolean required, Thread owner, int maxBatch) {
        SavedCursor saved = storage.openCursor(name);
        if (saved == null) {
            return openPassing(name, required, owner, maxBatch);
        }
        Cursor cursor = at(saved, required, owner, maxBatch);
        cursors.add(cursor);
        return cursor;
    }

    /** Opens a cursor at the oldest record for which no place is kept. */
    Cursor openPassing(String name, boolean required, Thread owner, int maxBatch) {
        Segment oldest = chain.oldest();
        Segment last = tail.current();
        long position = oldest == null ? last.end() : oldest.base();
        long sequence = oldest == null ? last.endSequence() : oldest.firstSequence();
        Cursor cursor = new Cursor(log, name, required, owner, maxBatch, position, sequence, null);
        cursors.add(cursor);
        return cursor;
    }

    /** Opens cursors that nobody reads with for the sinks of an earlier process that have none; returns what to report. */
    List<String> openAbsent() {
        List<String> reports = new ArrayList<>();
        for (SavedCursor saved : storage.savedCursors()) {
            if (!cursors.contains(saved.name())) {
                reports.add(absentSinks.add(at(saved, false, null, 0), saved, log.firstSequence()));
            }
        }
        return reports;
    }

    /** Holds all there is, since some sinks have no cursor that could hold what they need. */
    void holdAll() {
        Segment oldest = chain.oldest();
        long position = oldest == null ? 0 : oldest.base();
        cursors.add(new Cursor(log, "none", true, null, 0, position, 0, null));
    }

    private Cursor at(SavedCursor saved, boolean required, @Nullable Thread owner, int maxBatch) {
        FileFormat.CursorEntry place = saved.entry();
        return new Cursor(log, saved.name(), required, owner, maxBatch, place.position(), place.sequence(), saved);
    }
}
