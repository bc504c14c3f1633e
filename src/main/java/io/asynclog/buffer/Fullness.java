package io.asynclog.buffer;

import java.util.function.LongSupplier;
import org.slf4j.event.Level;

/** For which records a buffer is full, as it was last found to be, and since when. */
final class Fullness {
    /** The buffer counts as drained when at most one in so many of its possible bytes is held. */
    private static final int DRAINED = 8;

    private final SegmentChain chain;
    private final long segmentSize;
    private final LongSupplier heldBytes;

    /** Written under the buffer's lock; elsewhere a hint that spares callers the lock. */
    private volatile Extent extent = Extent.NONE;
    /**
     * When the buffer became full, by {@link System#nanoTime}, made odd; 0 when it has room to spare. Under the lock.
     */
    private long since;

    /**
     * Creates what is known of a buffer with room.
     *
     * @param heldBytes returns how many bytes required cursors hold; asked under the lock
     */
    Fullness(SegmentChain chain, long segmentSize, LongSupplier heldBytes) {
        this.chain = chain;
        this.segmentSize = segmentSize;
        this.heldBytes = heldBytes;
    }

    /** Returns whether there was no room, for some records at least. */
    boolean isFull() {
        return extent != Extent.NONE;
    }

    /** Returns whether there was no room for records of a level. */
    boolean isFullFor(Level level) {
        Extent known = extent;
        return known == Extent.ALL || (known == Extent.WITHOUT_RESERVE && !Tail.hasReserve(level));
    }

    /** Notes that a record found no room, be it one that may use the reserve or not. Under the lock. */
    void noteRefused(boolean mayUseReserve) {
        note(mayUseReserve ? Extent.ALL : Extent.WITHOUT_RESERVE);
    }

    /**
     * Notes that there is room. Under the lock.
     *
     * @param forAll whether for all records, or only for those that may use the reserve
     */
    void noteRoom(boolean forAll) {
        note(forAll ? Extent.NONE : Extent.WITHOUT_RESERVE);
    }

    /** Notes that there is more room than before, be it for all or not; so nobody is to find less. Under the lock. */
    void noteMoreRoom(boolean forAll) {
        if (forAll || isFull()) {
            noteRoom(forAll);
        }
    }

    /** Notes what was found. A buffer that was drained, if only between two looks, is full since later. */
    private void note(Extent found) {
        if (found == Extent.NONE && since != 0 && holdsAtMost(1, DRAINED)) {
            since = 0;
        } else if (found != Extent.NONE && since == 0) {
            since = System.nanoTime() | 1;
        }
        extent = found;
    }

    /**
     * Returns for how long the buffer has been full; 0 when it is not. Ends when a quarter is free at a look, once a
     * second or here, or when it was drained meanwhile. Under the lock.
     */
    long nanos() {
        forgetWhenRoomy();
        return since == 0 ? 0 : Math.max(1, System.nanoTime() - since);
    }

    /** Forgets since when the buffer was full if it has room to spare. Under the lock. */
    void forgetWhenRoomy() {
        if (since != 0 && !isFull() && holdsAtMost(3, 4)) {
            since = 0;
        }
    }

    /**
     * Returns whether required cursors hold at most a part of the buffer. What best-effort ones hold beyond that is
     * given up when the room is needed, and so is as good as free: they may hold it for as long as they are down.
     */
    private boolean holdsAtMost(long numerator, long denominator) {
        return denominator * heldBytes.getAsLong() <= numerator * chain.attainable() * segmentSize;
    }

    private enum Extent {
        /** There is room. */
        NONE,
        /** Only records with a reserve find room. */
        WITHOUT_RESERVE,
        /** There is no room at all. */
        ALL
    }
}
