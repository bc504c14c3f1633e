package io.asynclog.buffer;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes segments, as a rule ahead of their use and in the background, so that no caller pays for it. Never under the
 * buffer's lock: to make one takes time, and the executor may be a user's.
 */
final class SpareSegments {
    private final SegmentChain chain;
    private final Executor background;
    private final ReentrantLock lock;
    private final Runnable onMoreRoom;

    /**
     * Creates the making of segments.
     *
     * @param lock the buffer's
     * @param onMoreRoom hears, under the lock, that the chain has one more free segment
     */
    SpareSegments(SegmentChain chain, Executor background, ReentrantLock lock, Runnable onMoreRoom) {
        this.chain = chain;
        this.background = background;
        this.lock = lock;
        this.onMoreRoom = onMoreRoom;
    }

    /** Has as many made as are missing now. */
    void prepare() {
        int missing;
        lock.lock();
        try {
            missing = chain.reserveSpares();
        } finally {
            lock.unlock();
        }
        make(missing);
    }

    /** Has some made whose places were reserved. */
    void make(int count) {
        for (int i = 0; i < count; i++) {
            try {
                background.execute(() -> {
                    makeOne();
                    prepare(); // it may be in use already
                });
            } catch (RejectedExecutionException | OutOfMemoryError noThread) {
                boolean ignored = add(null); // it is not being made; whoever needs the next segment makes it
            }
        }
    }

    /** Makes one whose place was reserved, in the calling thread. */
    void makeOne() {
        Segment made = null;
        boolean added = false;
        try {
            made = chain.allocate();
        } finally {
            added = add(made); // also none: it is not being made any more
        }
        if (made != null && !added) {
            chain.discard(made);
        }
    }

    private boolean add(@Nullable Segment made) {
        lock.lock();
        try {
            boolean added = chain.addSpare(made);
            if (added) {
                onMoreRoom.run();
            }
            return added;
        } finally {
            lock.unlock();
        }
    }
}
