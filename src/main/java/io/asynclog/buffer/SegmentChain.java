package io.asynclog.buffer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a buffer: those in use, in the order of their positions, and the free ones. Guarded by the buffer's
 * lock, except where a method says otherwise.
 */
final class SegmentChain {
    /** The most segments for which there is a place from the start: a queue that cannot grow seems to be empty then. */
    private static final int MAX_PREPARED = 4096;

    private final SegmentStorage storage;
    private final SegmentPlaces places;
    private final Deque<Segment> used;
    /** Taken and given back at the front, where what was cleared last is still in the processor's caches. */
    private final Deque<Segment> free;
    /**
     * One of the free segments that is about to get its place in the log. Stays so where that breaks off, for want of
     * memory say: were another to get the same place, there would be two of them in files.
     */
    private @Nullable Segment next;

    SegmentChain(SegmentStorage storage, int maxSegments) {
        this.storage = storage;
        int prepared = Math.min(maxSegments, MAX_PREPARED);
        used = new ArrayDeque<>(prepared);
        free = new ArrayDeque<>(prepared);
        places = new SegmentPlaces(maxSegments, System::nanoTime);
    }

    /**
     * Takes over what an earlier process left, and goes on behind it. There may be more of it than the maximum, which
     * was higher then. Needs no lock: nobody else knows the chain yet.
     *
     * @return the segment with which the log goes on: the last one there is where it has room, else a new one; where
     *     there may be, or can be made, no other, the last one though it is closed: then the overflow policy decides
     *     until a sink has made room; null when there is none at all
     */
    @Nullable
    Segment resume(RecoveredLog recovered) {
        used.addAll(recovered.segments());
        free.addAll(recovered.free());
        places.take(used.size() + free.size());
        Segment last = used.peekLast();
        if (last != null && recovered.tailOffset() >= 0) {
            last.open(recovered.tailOffset(), recovered.endSequence() - last.firstSequence(), usesReserve());
            return last;
        }
        if (free.isEmpty() && promiseNext(false)) {
            makeNow();
        }
        Segment first = begin(false, recovered.endPosition(), recovered.endSequence());
        if (first == null) {
            return last;
        }
        first.open(0, 0, false);
        return first;
    }

    private void makeNow() {
        boolean ignored;
        try {
            ignored = add(make(), null);
        } catch (OutOfMemoryError | IOException failure) {
            ignored = add(null, failure);
        }
    }

    /**
     * Takes a free segment into use at a place of the log; the caller opens it.
     *
     * @param mayUseReserve whether the last segment may be taken
     * @return null when there is none to be had
     */
    @Nullable
    Segment begin(boolean mayUseReserve, long base, long firstSequence) {
        if (!hasFree(mayUseReserve)) {
            return null;
        }
        Segment begun = next == null ? free.element() : next;
        next = begun;
        try {
            begun.writePlace(base, firstSequence);
            storage.noteNewest(begun, base, firstSequence);
        } catch (InternalError unwritable) { // a file was cut by somebody, or the disk has lost a block of it
            giveUp(begun, unwritable);
            return begin(mayUseReserve, base, firstSequence);
        }
        used.add(begun);
        // From here on nothing breaks off. Had the segment its place before something did, the log would have a hole
        // where it is the current one, too: the next attempt goes on behind the end of that.
        begun.begin(base, firstSequence);
        free.remove(begun);
        next = null;
        return begun;
    }

    /**
     * Gives a free segment up. It may have noted its place already, so its file is deleted before another one gets that
     * place, and therefore under the lock.
     */
    private void giveUp(Segment unwritable, Throwable cause) {
        free.remove(unwritable);
        next = null;
        places.giveUp(cause);
        storage.abandon(unwritable);
    }

    /** Returns whether there is a free segment that may be taken into use. */
    boolean hasFree(boolean mayUseReserve) {
        return !free.isEmpty() && !isUsedUp(mayUseReserve) && (mayUseReserve || !isLastFreeTheReserve());
    }

    /** Returns whether no further segment may be taken into use. */
    private boolean isUsedUp(boolean mayUseReserve) {
        return used.size() >= (mayUseReserve ? places.max() : places.max() - 1);
    }

    /**
     * Promises a further segment to a caller that makes it now, because none is free.
     *
     * @return false when there may be no other, or none can be made at present
     */
    boolean promiseNext(boolean mayUseReserve) {
        return !isUsedUp(mayUseReserve) && places.promiseNext();
    }

    /**
     * Returns whether the last free segment is what the levels with a reserve have, as no further one could be made.
     */
    private boolean isLastFreeTheReserve() {
        return places.failure() != null && free.size() == 1 && hasReserve();
    }

    /** Returns whether one segment is kept: where there can be but one, it is for all. */
    private boolean hasReserve() {
        return attainable() > 1;
    }

    /** Returns whether the newest segment is the one kept for the levels with a reserve. */
    boolean usesReserve() {
        return used.size() >= attainable() && hasReserve();
    }

    /** Returns the oldest segment in use if it is closed and ends at or before a position, else null. */
    @Nullable
    Segment passed(long position) {
        Segment oldest = used.peek();
        return oldest != null && oldest.isClosed() && oldest.end() <= position ? oldest : null;
    }

    /** Returns whether a segment is wanted back when it goes out of use. */
    boolean isWantedBack(Segment passed) {
        return free.size() < storage.maxFree() && passed.size() == storage.segmentSize();
    }

    /**
     * Takes the oldest segment out of use. Breaks off nowhere: nobody would know the segment any more.
     *
     * @param wantedBack whether it is to be cleared, then recycled; if not, it no longer counts
     */
    void takeOldest(boolean wantedBack) {
        used.remove().life++;
        if (!wantedBack) {
            places.giveBack(1);
        }
    }

    void recycle(Segment cleared) {
        free.addFirst(cleared);
    }

    /** Clears a segment that is out of use. Needs no lock. */
    void clear(Segment passed) {
        storage.clear(passed);
    }

    /** Gives up a segment that nobody uses any more. Needs no lock. */
    void discard(Segment passed) {
        storage.discard(passed);
    }

    /** Gives up a segment that a thread may still use; it is garbage once that thread is done. Needs no lock. */
    void abandon(Segment passed) {
        storage.abandon(passed);
    }

    /** Counts a segment no longer that was wanted back, and is given up. */
    void countOut() {
        places.giveBack(1);
    }

    /** Returns the oldest segment in use. */
    @Nullable
    Segment oldest() {
        return used.peek();
    }

    /**
     * Returns the segment that holds a position, or null when it does not exist yet. Where segments are missing before
     * it, of a log that was damaged, that is the first one behind them.
     */
    @Nullable
    Segment find(long position) {
        Segment oldest = used.peek();
        if (oldest == null || position < oldest.end()) {
            return oldest;
        }
        Segment found = null; // most cursors are near the end, or at the very beginning
        for (Iterator<Segment> backwards = used.descendingIterator(); backwards.hasNext(); ) {
            Segment segment = backwards.next();
            if (segment.end() <= position) {
                break;
            }
            found = segment;
        }
        return found;
    }

    /** Returns the segments that hold something between two positions. */
    List<Segment> between(long from, long to) {
        List<Segment> found = new ArrayList<>();
        for (Iterator<Segment> backwards = used.descendingIterator(); backwards.hasNext(); ) {
            Segment segment = backwards.next();
            if (segment.end() <= from) {
                break;
            }
            if (segment.base() < to) {
                found.add(segment);
            }
        }
        Collections.reverse(found);
        return found;
    }

    /** Promises the spare segments that should be made now, and returns how many; none after a failure. */
    int promiseSpares() {
        return places.failure() == null ? places.promise(missingSpares()) : 0;
    }

    /** Promises at least one, if there is a place, to see whether what failed can be made now. */
    int promiseRetry() {
        return places.promise(Math.max(1, missingSpares()));
    }

    private int missingSpares() {
        int spare = isLastFreeTheReserve() ? 0 : free.size();
        return storage.spares() - spare - places.promised();
    }

    /** Ends the making of spares. */
    void end() {
        places.end();
    }

    boolean hasEnded() {
        return places.hasEnded();
    }

    /**
     * Adds a segment that was promised to the free ones, or gives the promise up where there is none.
     *
     * @param failure why it could not be made; null when it was, or nobody tried
     * @return whether it is there now; one for which there was no place any more is to be discarded
     */
    boolean add(@Nullable Segment made, @Nullable Throwable failure) {
        if (made == null) {
            places.withdraw(failure);
            return false;
        }
        return places.fill() && free.add(made);
    }

    /**
     * Takes the free segments out that are not needed ready; they are to be discarded. None while no further one can be
     * made: who gives it back might not get it again. One more than the spares stays: with it the next exchange needs
     * no segment to be made, and the segment that comes back then is not one too many, however seldom that is.
     */
    List<Segment> takeSuperfluous() {
        List<Segment> superfluous = new ArrayList<>();
        while (places.failure() == null && free.size() > storage.spares() + 1) {
            Segment last = free.removeLast();
            superfluous.add(last);
            next = last == next ? null : next; // its file is gone with it
        }
        places.giveBack(superfluous.size());
        return superfluous;
    }

    /**
     * Makes a segment; needs no lock.
     *
     * @throws OutOfMemoryError when there is no memory left for it
     * @throws IOException when there is no room on the disk
     */
    Segment make() throws IOException {
        return storage.create();
    }

    /** Notes that a segment is being made, or cleared, for so long that nobody waits for it any more. */
    void noteHang(long nanos) {
        places.noteHang(nanos);
    }

    /** Notes that nobody makes or clears a segment any more. */
    void endHang() {
        places.endHang();
    }

    /** Returns whether {@link #make} may take as long as a disk does, which may be for ever. Needs no lock. */
    boolean mayHang() {
        return storage.mayHang();
    }

    /** Returns why the latest segment could not be made, null when it could. Needs no lock. */
    @Nullable
    Throwable growthFailure() {
        return places.failure();
    }

    /** Returns whether a caller may try again what failed. Needs no lock. */
    boolean mayRetry() {
        return places.mayRetry();
    }

    /** Returns whether the housekeeping is to try again what failed: now where somebody waits for it, else seldom. */
    boolean isRetryDue(boolean isNeeded) {
        return places.isRetryDue(isNeeded);
    }

    /** Returns whether there can be a further segment in use that is not the reserve. */
    boolean hasUnusedForAll() {
        return unusedCount() > (hasReserve() ? 1 : 0);
    }

    /** Returns how many more segments there can be in use at present. */
    int unusedCount() {
        return attainable() - used.size();
    }

    int usedCount() {
        return used.size();
    }

    int freeCount() {
        return free.size();
    }

    int maxSegments() {
        return places.max();
    }

    /** Returns how many segments there can be at present: where no further one can be made, those that there are. */
    int attainable() {
        return places.attainable();
    }
}
