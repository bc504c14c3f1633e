package io.asynclog.buffer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sees to it that there are free segments: gives those back for use that no cursor needs any more, has best-effort
 * cursors skip what they alone hold up, and makes further ones. What takes time of that, to make a segment and to clear
 * one, is done without the buffer's lock.
 */
final class SegmentSupply {
    /**
     * For so long callers wait for a segment in the making: much longer than a disk takes that does its work, and short
     * enough for a request. Then the overflow policy decides, which may have them wait for room as well.
     */
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SegmentChain chain;
    private final CursorSet cursors;
    private final Fullness fullness;
    private final ReentrantLock lock;
    private final Runnable onMoreRoom;
    private final SegmentMaker maker;

    /**
     * Since when a thread makes a segment for all that need one, by {@link System#nanoTime}, made odd; 0 when none
     * does. Guarded by the lock.
     */
    private long makingSince;
    /** The same of a thread that clears one. Guarded by the lock. */
    private long clearingSince;
    /** Whether the housekeeping's attempt to make one again is under way. Guarded by the lock. */
    private boolean retrying;
    /** The thread that makes a segment, or clears one, is done. */
    private final Condition replenished;

    // Made here, for when they are wanted there may be no memory.
    private final Runnable onMade = this::onMade;
    private final Runnable onRetried = this::onRetried;

    /**
     * Creates the supply.
     *
     * @param maker makes the further segments
     * @param lock the buffer's
     * @param onMoreRoom hears, under the lock, that there is one more free segment, or more, or may be
     */
    SegmentSupply(
            SegmentChain chain,
            CursorSet cursors,
            Fullness fullness,
            SegmentMaker maker,
            ReentrantLock lock,
            Runnable onMoreRoom) {
        this.chain = chain;
        this.cursors = cursors;
        this.fullness = fullness;
        this.lock = lock;
        this.onMoreRoom = onMoreRoom;
        this.maker = maker;
        replenished = lock.newCondition();
    }

    /**
     * Returns whether a thread makes a segment, or clears one, for all, and is worth waiting for: one that has made one
     * for too long already hangs, and it is as if there was none to be had. Under the lock.
     */
    boolean isReplenishing() {
        return patience() > 0;
    }

    /** Returns for how much longer to wait for whoever makes a segment or clears one; 0 when nobody is worth it. */
    private long patience() {
        return Math.max(patience(makingSince), patience(clearingSince));
    }

    private static long patience(long since) {
        return since == 0 ? 0 : Math.max(0, MAX_WAIT_NANOS - (System.nanoTime() - since));
    }

    /** Has those look again that wait for that thread. Under the lock. */
    void lookAgain() {
        replenished.signalAll();
    }

    /**
     * Does for a caller that found no free segment what there is to do about that: makes a further one, or clears one
     * that only best-effort cursors still need. One thread makes one, and one clears one, at a time, since what it gets
     * is enough for many; the others wait for it here, without regard to interrupts, as for the lock, but not for
     * longer than the bound.
     *
     * <p>Under the lock, held once, which is given up meanwhile.
     *
     * @param mayUseReserve whether the last segment may be made
     * @return true when the caller is to look again, perhaps in vain; false when there was nothing to do, and the lock
     *     was not given up
     */
    boolean replenish(boolean mayUseReserve) {
        long patience = patience();
        if (patience > 0) {
            awaitReplenished(patience);
            return true;
        }
        if (makingSince != 0 || clearingSince != 0) {
            chain.noteHang(MAX_WAIT_NANOS);
        } else if (chain.promiseNext(mayUseReserve)) {
            makeNext();
            return true;
        }
        return skipOldest();
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's, which looks for room first
    private void awaitReplenished(long nanos) {
        boolean interrupted = Thread.interrupted();
        try {
            long ignored = replenished.awaitNanos(nanos);
        } catch (InterruptedException meanwhile) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void makeNext() {
        makingSince = System.nanoTime() | 1;
        lock.unlock();
        try {
            maker.makeApart(1, onMade);
        } finally {
            lock.lock();
        }
    }

    private void onMade() {
        lock.lock();
        try {
            makingSince = 0;
            noteDone();
        } finally {
            lock.unlock();
        }
        releaseIfFull();
    }

    private void noteDone() {
        if (makingSince == 0 && clearingSince == 0) {
            chain.endHang();
        }
        replenished.signalAll();
    }

    /** Does what a cursor that passed a segment meanwhile left to others, of whom none may be there any more. */
    private void releaseIfFull() {
        if (fullness.isFull()) {
            releasePassed();
        }
    }

    /**
     * Promises what the housekeeping is to make, where that failed before, with {@link #retry}; 0 while an attempt is
     * under way. Under the lock.
     */
    int promiseRetry() {
        int promised = retrying || makingSince != 0 || clearingSince != 0 ? 0 : chain.promiseRetry();
        retrying |= promised > 0;
        return promised;
    }

    /** Tries again to make segments, as promised. Callers do not wait for that. Not under the lock. */
    void retry(int promised) {
        if (promised > 0) {
            maker.makeApart(promised, onRetried);
        }
    }

    private void onRetried() {
        lock.lock();
        try {
            retrying = false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Clears the oldest segment if only best-effort cursors still need it, and none is being cleared already; returns
     * whether. Under the lock, which is given up meanwhile.
     */
    private boolean skipOldest() {
        Segment oldest = chain.oldest();
        if (clearingSince != 0 || oldest == null || !oldest.isClosed()) {
            return false;
        }
        // Ahead of the skip: did this break off behind it, the segment would pass for one that all have read.
        Fate fate = fateOf(oldest);
        Runnable work =
                chain.mayHang() ? () -> giveBackSkippedApart(oldest, fate) : () -> giveBackSkipped(oldest, fate);
        if (!cursors.skip(oldest)) {
            return false;
        }
        chain.takeOldest(fate == Fate.CLEARED);
        clearingSince = System.nanoTime() | 1;
        lock.unlock();
        try {
            maker.runApart(work);
        } finally {
            lock.lock();
        }
        return true;
    }

    /** Who asked for it may wait no more, and so not look again. */
    private void giveBackSkippedApart(Segment skipped, Fate fate) {
        try {
            giveBackSkipped(skipped, fate);
        } finally {
            releaseIfFull();
        }
    }

    private void giveBackSkipped(Segment skipped, Fate fate) {
        try {
            giveBack(skipped, fate, true);
        } finally {
            lock.lock();
            try {
                clearingSince = 0;
                noteDone();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Gives back for use what every cursor has passed; where that is nothing and the buffer is full, what best-effort
     * cursors alone hold up. Called when a cursor has passed a segment, or is gone. Not under the lock.
     */
    void releasePassed() {
        boolean isReleased = false;
        while (releaseOldest(isReleased)) {
            isReleased = true;
        }
        maker.prepareSpares(); // what was passed may not be wanted back, or is in use already
    }

    /**
     * Gives the oldest segment back for use if every cursor has passed it; returns whether.
     *
     * @param isEnough whether best-effort cursors are to keep what they alone hold up, for others were given back
     */
    private boolean releaseOldest(boolean isEnough) {
        Segment passed;
        Fate fate;
        lock.lock();
        try {
            do {
                passed = chain.passed(cursors.reusablePosition());
            } while (passed == null
                    && !isEnough
                    && fullness.isFull()
                    && !chain.hasEnded()
                    && !isReplenishing()
                    && skipOldest());
            if (passed == null) {
                return false;
            }
            fate = fateOf(passed);
            chain.takeOldest(fate == Fate.CLEARED);
        } finally {
            lock.unlock();
        }
        giveBack(passed, fate, false);
        return true;
    }

    /** Decides what becomes of a segment, before it goes out of use: nothing may break off behind that. */
    private Fate fateOf(Segment passed) {
        if (cursors.isReading(passed)) {
            return Fate.ABANDONED;
        }
        return chain.isWantedBack(passed) ? Fate.CLEARED : Fate.DISCARDED;
    }

    /**
     * Has the fate of a segment come true that is out of use.
     *
     * @param skipped whether perhaps nobody has read it, and so seen that every claim is published: where somebody may
     *     be writing yet it is abandoned in any case
     */
    private void giveBack(Segment segment, Fate fate, boolean skipped) {
        boolean isCleared = false;
        try {
            if (fate == Fate.ABANDONED || (skipped && !segment.isWhole())) {
                chain.abandon(segment);
            } else if (fate == Fate.DISCARDED) {
                chain.discard(segment);
            } else {
                chain.clear(segment);
                isCleared = true;
                maker.noteCleared();
            }
        } finally {
            lock.lock();
            try {
                if (isCleared) {
                    chain.recycle(segment);
                } else if (fate == Fate.CLEARED) {
                    chain.countOut();
                }
                onMoreRoom.run();
            } finally {
                lock.unlock();
            }
        }
    }

    /** What becomes of a segment that goes out of use. */
    private enum Fate {
        /** It is used again. */
        CLEARED,
        /** There are enough without it. */
        DISCARDED,
        /** A cursor that was overtaken may be reading there: it is garbage once that one is done. */
        ABANDONED
    }
}
