package io.asynclog.buffer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sees to it that there are free segments: gives those back for use that no cursor needs any more, has best-effort
 * cursors skip what they alone hold up, and makes further ones. What takes time of that, to make a segment and to clear
 * one, is done without the buffer's lock.
 */
final class SegmentSupply {
    private final SegmentChain chain;
    private final CursorSet cursors;
    private final Fullness fullness;
    private final ReentrantLock lock;
    private final Runnable onFreed;
    private final SpareSegments spares;

    /** Whether a caller is at it, for all that need a segment. Guarded by the lock. */
    private boolean replenishing;
    /** What became of it the last time. Guarded by the lock. */
    private boolean gotSome;
    /** That caller is done. */
    private final Condition replenished;

    /**
     * Creates the supply.
     *
     * @param lock the buffer's
     * @param onFreed hears, under the lock, that there may be one more free segment, or more
     */
    SegmentSupply(
            SegmentChain chain,
            CursorSet cursors,
            Fullness fullness,
            Executor background,
            ReentrantLock lock,
            Runnable onFreed) {
        this.chain = chain;
        this.cursors = cursors;
        this.fullness = fullness;
        this.lock = lock;
        this.onFreed = onFreed;
        spares = new SpareSegments(chain, background, lock, onFreed);
        replenished = lock.newCondition();
    }

    /** Has segments made ahead of their use, in the background, where some are missing. */
    void prepareSpares() {
        spares.prepare();
    }

    /**
     * Does for a caller that found no free segment what there is to do about that: makes a further one, or clears one
     * that only best-effort cursors still need. One caller does that at a time, since what it gets is enough for many,
     * and what it cannot get the others could not either; they wait for it here, without regard to interrupts, as for
     * the lock.
     *
     * <p>Under the lock, held once, which is given up meanwhile.
     *
     * @param mayUseReserve whether the last segment may be made
     * @return false when it came to nothing; but others may have freed a segment meanwhile
     */
    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's, which looks for room first
    boolean replenish(boolean mayUseReserve) {
        if (replenishing) {
            replenished.awaitUninterruptibly();
            return gotSome || replenishing; // another may be at it by now
        }
        replenishing = true;
        gotSome = false;
        try {
            gotSome = grow(mayUseReserve) || freeLaggards();
        } finally {
            replenishing = false;
            replenished.signalAll();
        }
        return gotSome;
    }

    private boolean grow(boolean mayUseReserve) {
        if (!chain.reserveNext(mayUseReserve)) {
            return false;
        }
        lock.unlock();
        try {
            return spares.makeOne();
        } finally {
            lock.lock();
        }
    }

    private boolean freeLaggards() {
        Unused skipped = skipLaggards();
        if (skipped.isEmpty()) {
            return false;
        }
        lock.unlock();
        try {
            giveBack(skipped);
        } finally {
            lock.lock();
        }
        return true;
    }

    /** Gives back for use what every cursor has passed. Called by a cursor that has passed a segment, or is gone. */
    void releasePassed() {
        Unused passed;
        lock.lock();
        try {
            passed = new Unused(chain.takePassed(cursors.heldPosition()), false);
            if (passed.isEmpty() && fullness.isFull() && !replenishing) {
                passed = skipLaggards(); // what is held up now is held up by best-effort cursors alone, perhaps
            }
        } finally {
            lock.unlock();
        }
        if (!passed.isEmpty()) {
            giveBack(passed);
        }
    }

    /** Takes the oldest segment out of use if only best-effort cursors still need it, which are to go on behind it. */
    private Unused skipLaggards() {
        Segment oldest = chain.oldest();
        if (oldest == null || !oldest.isClosed() || !cursors.skip(oldest)) {
            return new Unused(List.of(), true);
        }
        return new Unused(chain.takePassed(oldest.end()), true);
    }

    private void giveBack(Unused segments) {
        segments.clear();
        lock.lock();
        try {
            segments.giveBack();
            onFreed.run();
        } finally {
            lock.unlock();
        }
    }

    /** Segments on their way from use back to the free ones. */
    private final class Unused {
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
        Unused(List<Segment> segments, boolean skipped) {
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

        /** Gives back for use what was cleared. Under the lock. */
        void giveBack() {
            cleared.forEach(chain::recycle);
            chain.countOut(wanted.size() - cleared.size());
        }
    }
}
