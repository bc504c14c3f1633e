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
    private final SegmentStorage storage;
    private final int maxSegments;
    private final Deque<Segment> used = new ArrayDeque<>();
    /** Taken and given back at the front, where what was cleared last is still in the processor's caches. */
    private final Deque<Segment> free = new ArrayDeque<>();
    /** Segments in use, free, being cleared or being made: what {@code maxSegments} bounds. */
    private int allocated;
    /** Of these, the places of those that are being made, or will be. */
    private int reserved;
    /** How many threads make one, or will: more than places where one has no place of its own. */
    private int makers;
    /** Whether no more spares are needed. */
    private boolean ended;

    /** Volatile: also written and read without the lock. */
    private volatile @Nullable Throwable growthFailure;

    SegmentChain(SegmentStorage storage, int maxSegments) {
        this.storage = storage;
        this.maxSegments = maxSegments;
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
        allocated = used.size() + free.size();
        Segment last = used.peekLast();
        if (last != null && recovered.tailOffset() >= 0) {
            last.open(recovered.tailOffset(), recovered.endSequence() - last.firstSequence(), usesReserve());
            return last;
        }
        if (free.isEmpty() && reserveNext(false)) {
            boolean ignored = addSpare(allocate());
        }
        Segment next = takeFree(false);
        if (next == null) {
            return last;
        }
        begin(next, recovered.endPosition(), recovered.endSequence());
        next.open(0, 0, false);
        return next;
    }

    /**
     * Takes a free segment into use; the caller gives it its place and opens it.
     *
     * @param mayUseReserve whether the last segment may be taken
     * @return null when there is none to be had
     */
    @Nullable
    Segment takeFree(boolean mayUseReserve) {
        Segment segment =
                isUsedUp(mayUseReserve) || (!mayUseReserve && isReserveOfThoseThereAre()) ? null : free.poll();
        if (segment != null) {
            used.add(segment);
        }
        return segment;
    }

    /** Returns whether no further segment may be taken into use. */
    private boolean isUsedUp(boolean mayUseReserve) {
        return used.size() >= (mayUseReserve ? maxSegments : maxSegments - 1);
    }

    /**
     * Reserves the place of a further segment for a caller that makes it now, because none is free. That may be the
     * place of one that is being made in the background, which may take long to begin with it: whoever is first with
     * {@link #addSpare} gets the place.
     *
     * @return false when there may be no other, or the last one could not be made: to find out whether that has changed
     *     is left to the background, as it can take half a second where memory is short
     */
    boolean reserveNext(boolean mayUseReserve) {
        if (growthFailure != null || isUsedUp(mayUseReserve)) {
            return false;
        }
        if (allocated < maxSegments) {
            allocated++;
            reserved++;
        } else if (reserved == 0) {
            return false;
        }
        makers++;
        return true;
    }

    /**
     * Returns whether the last free segment is what the levels with a reserve have, as no further one could be made.
     */
    private boolean isReserveOfThoseThereAre() {
        return growthFailure != null && free.size() == 1 && hasReserve();
    }

    /** Gives a segment that was taken into use its place in the log. */
    void begin(Segment next, long base, long firstSequence) {
        next.begin(base, firstSequence);
        storage.begun(next);
    }

    /** Returns whether one segment is kept: where there can be but one, it is for all. */
    private boolean hasReserve() {
        return capacity() > 1;
    }

    /** Returns whether the newest segment is the one kept for the levels with a reserve. */
    boolean usesReserve() {
        return used.size() >= capacity() && hasReserve();
    }

    /** Takes the segments out of use that end at or before a position; they are yet to be cleared, then recycled. */
    List<Segment> takePassed(long position) {
        List<Segment> passed = new ArrayList<>(1);
        while (!used.isEmpty() && used.element().isClosed() && used.element().end() <= position) {
            passed.add(used.remove());
        }
        return passed;
    }

    /**
     * Returns whether a segment that is out of use is wanted back; if not, it no longer counts and is to be discarded.
     */
    boolean takesBack(Segment passed) {
        boolean wanted = free.size() < storage.maxFree() && passed.size() == storage.segmentSize();
        if (!wanted) {
            allocated--;
        }
        return wanted;
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

    /** Counts segments no longer that are given up. */
    void countOut(int segments) {
        allocated -= segments;
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

    /** Returns how many spare segments should be made now, and reserves their places; none after a failure. */
    int reserveSpares() {
        return growthFailure == null ? reserveSparesAnyhow() : 0;
    }

    /** Does the same, though the last one could not be made; to be called now and then. */
    int reserveSparesAnyhow() {
        if (ended) {
            return 0;
        }
        int spare = isReserveOfThoseThereAre() ? 0 : free.size();
        int missing = storage.spares() - spare - reserved;
        int wanted = Math.max(0, Math.min(missing, maxSegments - allocated));
        allocated += wanted;
        reserved += wanted;
        makers += wanted;
        return wanted;
    }

    /** Ends the making of spares. */
    void end() {
        ended = true;
    }

    /**
     * Puts a segment, or null when none could be made, into its reserved place.
     *
     * @return whether it is there now; one for which there was no place any more is to be discarded
     */
    boolean addSpare(@Nullable Segment spare) {
        makers--;
        if (spare == null) {
            if (reserved > makers) { // or it was the place of another, which is still being made
                reserved--;
                allocated--;
            }
            return false;
        }
        if (reserved == 0) {
            return false;
        }
        reserved--;
        return free.add(spare);
    }

    /**
     * Takes the free segments out that are not needed ready; they are to be discarded. None while no further one can be
     * made: who gives it back might not get it again.
     */
    List<Segment> takeSuperfluous() {
        List<Segment> superfluous = new ArrayList<>();
        while (growthFailure == null && free.size() > storage.maxIdle()) {
            superfluous.add(free.removeLast());
        }
        allocated -= superfluous.size();
        return superfluous;
    }

    /** Makes a segment; needs no lock. Returns null when there is no memory, or no room on the disk, left for it. */
    @Nullable
    Segment allocate() {
        try {
            Segment segment = storage.create();
            growthFailure = null;
            return segment;
        } catch (OutOfMemoryError | IOException failure) {
            growthFailure = failure; // not even the configured size is there: the overflow policy answers as when full
            return null;
        }
    }

    @Nullable
    Throwable growthFailure() {
        return growthFailure;
    }

    /** Returns whether there can be a further segment in use that is not the reserve. */
    boolean hasUnusedForAll() {
        return unusedCount() > (hasReserve() ? 1 : 0);
    }

    /** Returns how many more segments there can be in use at present. */
    int unusedCount() {
        return capacity() - used.size();
    }

    int usedCount() {
        return used.size();
    }

    int freeCount() {
        return free.size();
    }

    int maxSegments() {
        return maxSegments;
    }

    /** Returns how many segments there can be at present: where no further one can be made, those that there are. */
    int capacity() {
        return growthFailure == null ? maxSegments : allocated;
    }
}
