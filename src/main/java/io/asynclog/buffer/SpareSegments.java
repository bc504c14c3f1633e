package io.asynclog.buffer;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Has segments made ahead of their use, in the background, so that no caller pays for it. */
final class SpareSegments {
    private final SegmentChain chain;
    private final Executor background;
    private final ReentrantLock lock;
    private final Runnable onAdded;

    /**
     * Creates the making of spare segments.
     *
     * @param lock the buffer's
     * @param onAdded hears, under the lock, that the chain has one more free segment
     */
    SpareSegments(SegmentChain chain, Executor background, ReentrantLock lock, Runnable onAdded) {
        this.chain = chain;
        this.background = background;
        this.lock = lock;
        this.onAdded = onAdded;
    }

    /** Has as many made as are missing now. */
    void prepare() {
        lock.lock();
        try {
            for (int wanted = chain.reserveSpares(); wanted > 0; wanted--) {
                prepareOne();
            }
        } finally {
            lock.unlock();
        }
    }

    private void prepareOne() {
        try {
            background.execute(this::makeOne);
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            chain.addSpare(null); // it is not in the making; whoever needs the next segment makes it
        }
    }

    /**
     * Makes one whose place was reserved, in the calling thread. Not under the lock.
     *
     * @return whether one could be made, though its place may have been taken meanwhile
     */
    boolean makeOne() {
        Segment spare = null;
        try {
            spare = chain.allocate();
        } finally {
            add(spare); // also none: it is not in the making any more
        }
        return spare != null;
    }

    private void add(@Nullable Segment spare) {
        boolean added;
        lock.lock();
        try {
            added = chain.addSpare(spare);
            if (added) {
                onAdded.run();
            }
        } finally {
            lock.unlock();
        }
        if (spare != null && !added) {
            chain.discard(spare);
        }
    }
}
