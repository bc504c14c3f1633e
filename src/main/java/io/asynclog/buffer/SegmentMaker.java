package io.asynclog.buffer;

import io.asynclog.internal.Trouble;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes segments, as a rule ahead of their use and in the background, so that no caller pays for it. Never under the
 * buffer's lock: to make one takes time, and the executor may be a user's.
 */
final class SegmentMaker {
    private final SegmentChain chain;
    private final Executor background;
    private final ReentrantLock lock;
    private final Runnable onMoreRoom;
    /** Why the executor did not take the latest task; null when it did. A figure, for the housekeeping to tell. */
    private volatile @Nullable Throwable rejection;
    /** What a thread that was started here failed with, until the housekeeping takes it. */
    private volatile @Nullable Throwable failedApart;
    /** Whether a segment was cleared since, by any thread. Taken back before {@link #failedApart} is set. */
    private volatile boolean cleared;

    /**
     * Creates the maker.
     *
     * @param background throws only when it does not run the task
     * @param lock the buffer's
     * @param onMoreRoom hears, under the lock, that the chain has one more free segment
     */
    SegmentMaker(SegmentChain chain, Executor background, ReentrantLock lock, Runnable onMoreRoom) {
        this.chain = chain;
        this.background = background;
        this.lock = lock;
        this.onMoreRoom = onMoreRoom;
    }

    /** Has as many spare segments made in the background as are missing now. */
    void prepareSpares() {
        int promised;
        lock.lock();
        try {
            promised = chain.promiseSpares();
        } finally {
            lock.unlock();
        }
        makeLater(promised);
    }

    /** Has some made in the background that were promised. */
    void makeLater(int promised) {
        for (int i = 0; i < promised; i++) {
            try {
                background.execute(() -> {
                    makeOne();
                    prepareSpares(); // it may be in use already
                });
                rejection = null;
            } catch (RuntimeException | Error noThread) {
                // Of a stack that is used up the executor is innocent.
                rejection = noThread instanceof StackOverflowError ? rejection : noThread;
                boolean ignored = add(null, null); // whoever needs the next segment makes it
            }
        }
    }

    /** Returns why the executor did not take the latest task, null when it did. Needs no lock. */
    @Nullable
    Throwable rejection() {
        return rejection;
    }

    /**
     * Makes some that were promised, {@linkplain #runApart apart}.
     *
     * @param then run when that is done, whatever came of it
     */
    void makeApart(int promised, Runnable then) {
        Runnable work;
        try {
            work = () -> {
                try {
                    make(promised);
                } finally {
                    then.run();
                }
            };
        } catch (Throwable noMemory) {
            withdraw(promised);
            then.run();
            throw noMemory;
        }
        runApart(work);
    }

    private void withdraw(int promised) {
        for (int i = 0; i < promised; i++) {
            boolean ignored = add(null, null);
        }
    }

    /**
     * Runs what a disk may make hang in a thread of its own; in the calling thread where there is none to be had, or
     * where nothing hangs, as in memory. Not by the executor, which may have no thread for it.
     */
    void runApart(Runnable work) {
        if (!isStartedApart(work)) {
            work.run();
        }
    }

    private boolean isStartedApart(Runnable work) {
        try {
            if (!chain.mayHang()) {
                return false;
            }
            Thread thread = new Thread(work, "asynclog-segments");
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((ignored, failure) -> {
                cleared = false;
                failedApart = failure;
            });
            thread.start();
            return true;
        } catch (Throwable noThread) { // no memory, or no stack for it
            return false;
        }
    }

    private void make(int promised) {
        if (promised > 0) {
            try {
                makeOne();
            } finally {
                make(promised - 1); // each promise is kept or withdrawn, whatever becomes of the others
            }
        }
    }

    /** Notes that a segment was cleared. */
    void noteCleared() {
        cleared = true;
    }

    /** Tells what failed apart since the last call, or that files can be cleared again. By one thread. */
    void tell(Trouble trouble) {
        Throwable failure = failedApart;
        if (failure != null) {
            failedApart = null; // with one that came meanwhile, of a trouble that is told already
            trouble.isThere(failure);
        } else if (cleared) {
            trouble.isOver();
        }
    }

    /** Makes one that was promised, in the calling thread. */
    private void makeOne() {
        Segment made = null;
        Throwable failure = null;
        boolean added;
        try {
            made = chain.hasEnded() ? null : chain.make();
        } catch (StackOverflowError callers) {
            throw callers; // says nothing of the next attempt
        } catch (IOException | RuntimeException | Error noRoom) {
            // Not even the configured size is there, or the disk failed under a mapping, which is an internal error:
            // the overflow policy answers as when full.
            failure = noRoom;
        } finally {
            added = add(made, failure);
        }
        if (made != null && !added) {
            chain.discard(made);
        }
    }

    private boolean add(@Nullable Segment made, @Nullable Throwable failure) {
        lock.lock();
        try {
            boolean added = chain.add(made, failure);
            if (added) {
                onMoreRoom.run();
            }
            return added;
        } finally {
            lock.unlock();
        }
    }
}
