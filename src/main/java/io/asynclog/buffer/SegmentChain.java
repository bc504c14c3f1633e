package io.asynclog.buffer;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a buffer: those in use, in the order of their positions, and the free ones. Guarded by the buffer's lock,
 * except where a method says otherwise.
 */
final class SegmentChain {
    private final int segmentSize;
    private final int maxSegments;
    private final Deque<Segment> used = new ArrayDeque<>();
    private final Deque<Segment> free = new ArrayDeque<>();
    /** Segments in use, free, being cleared or being made: what {@code maxSegments} bounds. */
    private int allocated;
    /** Of these, the ones being made by another thread: none or one. */
    private int sparesInTheMaking;

    /** Volatile: also written and read without the lock. */
    private volatile @Nullable Throwable growthFailure;

    SegmentChain(int segmentSize, int maxSegments) {
        this.segmentSize = segmentSize;
        this.maxSegments = maxSegments;
    }

    /**
     * Takes a free or new segment into use; the caller activates it.
     *
     * @param mayUseReserve whether the last segment may be taken
     * @return null when there is none to be had
     */
    @Nullable
    Segment extend(boolean mayUseReserve) {
        if (used.size() >= (mayUseReserve ? maxSegments : maxSegments - 1)) {
            return null;
        }
        Segment segment = free.poll();
        if (segment == null && (allocated < maxSegments || sparesInTheMaking > 0)) {
            segment = allocate();
            if (segment != null && allocated < maxSegments) {
                allocated++;
            } else if (segment != null) {
                sparesInTheMaking--; // its place is taken; addSpare will find none
            }
        }
        if (segment != null) {
            used.add(segment);
        }
        return segment;
    }

    /** Returns whether the newest segment is the one kept for the levels with a reserve. */
    boolean usesReserve() {
        return used.size() == maxSegments;
    }

    /** Takes the segments out of use that end at or before a position; they are yet to be cleared, then recycled. */
    List<Segment> takePassed(long position) {
        List<Segment> passed = new ArrayList<>(1);
        while (!used.isEmpty() && used.element().isClosed() && used.element().end() <= position) {
            passed.add(used.remove());
        }
        return passed;
    }

    void recycle(Segment cleared) {
        free.add(cleared);
    }

    /** Gives up a segment that a thread may still be reading; it is garbage once that thread is done. */
    void abandon() {
        allocated--;
    }

    /** Returns the oldest segment in use. */
    @Nullable
    Segment oldest() {
        return used.peek();
    }

    /** Returns the segment that holds a position, or null when it does not exist yet. */
    @Nullable
    Segment find(long position) {
        for (Segment segment : used) {
            if (position >= segment.base() && position < segment.end()) {
                return segment;
            }
        }
        return null;
    }

    /** Returns whether a spare segment should be made now, and reserves its place. */
    boolean reserveSpare() {
        boolean wanted = free.isEmpty() && sparesInTheMaking == 0 && allocated < maxSegments;
        if (wanted) {
            allocated++;
            sparesInTheMaking++;
        }
        return wanted;
    }

    /** Puts a spare, or null when none could be made, into its reserved place, if that was not taken meanwhile. */
    void addSpare(@Nullable Segment spare) {
        if (sparesInTheMaking == 0) {
            return;
        }
        sparesInTheMaking--;
        if (spare == null) {
            allocated--;
        } else {
            free.add(spare);
        }
    }

    /** Gives the free segments back. The memory returns to the system when the JVM collects their buffers. */
    void trim() {
        allocated -= free.size();
        free.clear();
    }

    /** Makes a segment; needs no lock. Returns null when the JVM has no direct memory left for it. */
    @Nullable
    Segment allocate() {
        try {
            Segment segment = new Segment(ByteBuffer.allocateDirect(segmentSize));
            growthFailure = null;
            return segment;
        } catch (OutOfMemoryError failure) {
            growthFailure = failure; // not even the configured size is there: the overflow policy answers as when full
            return null;
        }
    }

    @Nullable
    Throwable growthFailure() {
        return growthFailure;
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
}
