package io.asynclog.buffer;

import java.util.ArrayList;
import java.util.List;
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
        return freeLaggards();
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
        releaseLaggards();
    }

    private void noteDone() {
        if (makingSince == 0 && clearingSince == 0) {
            chain.endHang();
        }
        replenished.signalAll();
    }

    /** Does what a cursor that passed a segment meanwhile left to others, of whom none may be there any more. */
    private void releaseLaggards() {
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
    private boolean freeLaggards() {
        Segment oldest = chain.oldest();
        if (clearingSince != 0 || oldest == null || !oldest.isClosed() || !cursors.skip(oldest)) {
            return false;
        }
        Retired skipped = new Retired(chain.takePassed(oldest.end()), true);
        Runnable work = chain.mayHang() ? () -> clearApart(skipped) : () -> clear(skipped);
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
    private void clearApart(Retired skipped) {
        try {
            clear(skipped);
        } finally {
            releaseLaggards();
        }
    }

    private void clear(Retired skipped) {
        try {
            giveBack(skipped);
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
        Retired passed;
        lock.lock();
        try {
            do {
                passed = new Retired(chain.takePassed(cursors.heldPosition()), false);
            } while (passed.isEmpty() && fullness.isFull() && !chain.hasEnded() && !isReplenishing() && freeLaggards());
        } finally {
            lock.unlock();
        }
        if (!passed.isEmpty()) {
            giveBack(passed);
        }
        maker.prepareSpares(); // what was passed may not be wanted back, or is in use already
    }

    private void giveBack(Retired segments) {
        try {
            segments.clear();
            if (segments.hasCleared()) {
                maker.noteCleared();
            }
        } finally {
            lock.lock();
            try {
                segments.giveBack();
                onMoreRoom.run();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Segments that are not in use any more, on their way back to the free ones. */
    private final class Retired {
        private final boolean skipped;
        private final List<Segment> wanted = new ArrayList<>();
        private final List<Segment> unwanted = new ArrayList<>();
        private final List<Segment> held = new ArrayList<>();
        private final List<Segment> cleared = new ArrayList<>();

        /**
         * Parts segments that were taken out of use. Under the lock.
         *
         * @param skipped whether perhaps nobody has read them, so that nobody has seen that every claim is published
         */
        Retired(List<Segment> segments, boolean skipped) {
            this.skipped = skipped;
            for (Segment segment : segments) {
                if (cursors.isReading(segment)) {
                    held.add(segment); // an overtaken cursor may be; it is garbage once that cursor is done
                    chain.countOut(1);
                } else if (chain.takesBack(segment)) {
                    wanted.add(segment);
                } else {
                    unwanted.add(segment);
                }
            }
        }

        boolean isEmpty() {
            return wanted.isEmpty() && unwanted.isEmpty() && held.isEmpty();
        }

        /** Does what takes time. Without the lock: nobody else takes these segments for anything now. */
        void clear() {
            held.forEach(chain::abandon);
            for (Segment segment : unwanted) {
                if (isFinished(segment)) {
                    chain.discard(segment);
                } else {
                    chain.abandon(segment);
                }
            }
            for (Segment segment : wanted) {
                if (isFinished(segment)) {
                    chain.clear(segment);
                    cleared.add(segment);
                } else {
                    chain.abandon(segment);
                }
            }
        }

        /** Returns whether nobody writes here any more. */
        private boolean isFinished(Segment segment) {
            return !skipped || segment.isWhole();
        }

        boolean hasCleared() {
            return !cleared.isEmpty();
        }

        /** Gives back for use what was cleared. Under the lock. */
        void giveBack() {
            cleared.forEach(chain::recycle);
            chain.countOut(wanted.size() - cleared.size());
        }
    }
}
