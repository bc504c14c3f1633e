package io.asynclog.buffer;

import io.asynclog.ErrorHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Opens the cursors of a buffer, each at its place; and others that nobody reads with, for what sinks have left that
 * are not there any more.
 */
final class CursorOpener {
    private final ReadableLog log;
    private final SegmentStorage storage;
    private final SegmentChain chain;
    private final Tail tail;
    private final Room room;
    private final CursorSet cursors;
    private final AbsentSinks absentSinks;
    private final ErrorHandler errors;
    private final ReentrantLock lock;

    CursorOpener(
            ReadableLog log,
            SegmentStorage storage,
            SegmentChain chain,
            Tail tail,
            Room room,
            CursorSet cursors,
            AbsentSinks absentSinks,
            ErrorHandler errors) {
        this.log = log;
        this.storage = storage;
        this.chain = chain;
        this.tail = tail;
        this.room = room;
        this.cursors = cursors;
        this.absentSinks = absentSinks;
        this.errors = errors;
        lock = room.lock();
    }

    /**
     * To be called when cursors are about to be opened.
     *
     * @see AsyncBuffer#openingCursors
     */
    void begin() {
        lock.lock();
        try {
            cursors.beginOpening();
        } finally {
            lock.unlock();
        }
    }

    /** Opens a cursor at the place that is kept for its sink, or at the oldest record where none is. */
    Cursor open(String name, boolean required, Thread owner, int maxBatch) {
        lock.lock();
        try {
            SavedCursor saved = storage.openCursor(name);
            Cursor cursor =
                    saved == null ? atOldest(name, required, owner, maxBatch) : at(saved, required, owner, maxBatch);
            cursors.add(cursor);
            return cursor;
        } finally {
            lock.unlock();
        }
    }

    private Cursor atOldest(String name, boolean required, Thread owner, int maxBatch) {
        Segment oldest = chain.oldest();
        Segment last = tail.current();
        long position = oldest == null ? last.end() : oldest.base();
        long sequence = oldest == null ? last.endSequence() : oldest.firstSequence();
        return new Cursor(log, name, required, owner, maxBatch, position, sequence, null);
    }

    /**
     * To be called when the cursors are open, of all sinks or of some.
     *
     * @see AsyncBuffer#cursorsOpened
     */
    void opened(boolean all) {
        List<String> reports = List.of();
        lock.lock();
        try {
            if (all) {
                storage.settle();
                reports = openAbsent();
            } else if (storage.isDurable()) {
                holdAll();
            }
            cursors.endOpening();
        } finally {
            lock.unlock();
        }
        // The buffer may have become full before there were cursors that could be skipped, or had nothing to keep.
        room.onCursorRemoved();
        report(reports);
    }

    /**
     * Opens cursors that nobody reads with for the sinks of an earlier process that have none; returns what to report.
     * Under the lock.
     */
    private List<String> openAbsent() {
        List<String> reports = new ArrayList<>();
        for (SavedCursor saved : storage.savedCursors()) {
            if (!cursors.contains(saved.name())) {
                reports.add(absentSinks.add(at(saved, false, null, 0), saved, log.firstSequence()));
            }
        }
        return reports;
    }

    /** Holds all there is, since some sinks have no cursor that could hold what they need. Under the lock. */
    private void holdAll() {
        Segment oldest = chain.oldest();
        long position = oldest == null ? 0 : oldest.base();
        cursors.add(new Cursor(log, "none", true, null, 0, position, 0, null));
    }

    /** Under the lock, as the place must not be given up meanwhile. */
    private Cursor at(SavedCursor saved, boolean required, @Nullable Thread owner, int maxBatch) {
        FileFormat.CursorEntry place = saved.entry();
        return new Cursor(log, saved.name(), required, owner, maxBatch, place.position(), place.sequence(), saved);
    }

    /**
     * Closes all cursors.
     *
     * @see AsyncBuffer#closeCursors
     */
    void closeAll() {
        lock.lock();
        try {
            cursors.clear();
            absentSinks.clear();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Releases what absent sinks have left, and for which they did not come back in time. To be called once a second.
     */
    void releaseExpired() {
        List<String> reports;
        lock.lock();
        try {
            reports = absentSinks.releaseExpired(tail.nextSequence());
        } finally {
            lock.unlock();
        }
        report(reports);
    }

    /** Tells what became of absent sinks, some of which may hold nothing any more. Not under the lock. */
    private void report(List<String> reports) {
        if (!reports.isEmpty()) {
            room.onCursorRemoved();
            reports.forEach(report -> errors.report(report, null));
        }
    }
}
