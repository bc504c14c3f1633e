package io.asynclog.consumer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs what hangs on users' futures, which may take any time: one thread, and another one that goes on with the rest
 * when a callback does not return. Once it is stopped, whoever brings a future completes what is ready himself.
 */
final class CompletionThread {
    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_NESTING = 8;

    private final Work work;
    private final LazyThread thread = new LazyThread("asynclog-completion", this::run);
    private final Runnable waker;

    /**
     * How many loops that complete futures are on the stack of a thread. Once the engine stops, a callback that brings
     * a future to be completed completes what is ready itself, for it may wait for that; but not without bound: a
     * callback that runs there may bring the next.
     */
    private final Map<Thread, Integer> nesting = new ConcurrentHashMap<>();

    private volatile boolean stopping;
    /**
     * Since when the thread has been completing futures, made odd; 0 while it is parked. Written by that thread only.
     */
    private volatile long busySince;

    /**
     * Creates a thread, which starts when it is first woken.
     *
     * @param waker what wakes it instead of itself, or null
     */
    CompletionThread(Work work, @Nullable Runnable waker) {
        this.work = work;
        this.waker = waker == null ? thread::wake : waker;
    }

    /**
     * Has the thread look for work.
     *
     * @throws OutOfMemoryError when it is yet to be started and the system has no thread to give
     */
    void start() {
        waker.run();
    }

    /** Has the thread look for work, which is there already. */
    void wake() {
        try {
            waker.run();
        } catch (OutOfMemoryError noThread) {
            // The system has no thread to give at present: whoever comes next, or the start, tries again.
        }
    }

    /** Returns whether the thread may have ended, so that who brings a future has to see to it himself. */
    boolean isStopping() {
        return stopping;
    }

    /** Lets another thread go on with what is ready while a callback keeps this one. To be called once a second. */
    void watch() {
        long since = busySince;
        if (since != 0 && System.nanoTime() - since > STALL_NANOS) {
            LazyThread ignored = startHelper();
        }
    }

    /**
     * Ends the thread once there is no work. Callbacks that have not returned in time go on, and a helper does what is
     * behind them.
     *
     * @param graceNanos how long to wait for the callbacks, and as long again for the helper's
     */
    void stop(long graceNanos) {
        stopping = true;
        try {
            waker.run();
            if (!hasEnded(thread, graceNanos)) {
                boolean ignored = hasEnded(startHelper(), graceNanos);
            }
        } catch (OutOfMemoryError noThread) {
            boolean ignored = doAll(false);
        }
    }

    private static boolean hasEnded(LazyThread awaited, long nanos) {
        try {
            return awaited.awaitEnd(nanos);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt(); // whoever stops us has no more time
            return false;
        }
    }

    /** A thread of its own each time: in a pool, callbacks that do not return would use up the threads. */
    private LazyThread startHelper() {
        LazyThread helper = new LazyThread(thread.name() + "-helper", this::doAllOnOwnThread);
        helper.wake();
        return helper;
    }

    private void run() {
        while (!stopping || work.mayBeThere()) {
            busySince = System.nanoTime() | 1;
            doAllOnOwnThread();
            busySince = 0;
            if (!stopping) {
                LockSupport.park(this);
                Thread.interrupted(); // one that came late, or no park would last
            }
        }
    }

    /** Does what there is; an interrupt that a callback left behind is not meant for the next. */
    private void doAllOnOwnThread() {
        boolean ignored = doAll(true);
    }

    /**
     * Does what there is, on the thread of the caller. Any thread may help.
     *
     * @return false, and nothing is done, when that would nest too deep: a loop further out goes on
     */
    boolean help() {
        return doAll(false);
    }

    private boolean doAll(boolean clearInterrupts) {
        Thread current = Thread.currentThread();
        int outer = nesting.getOrDefault(current, 0);
        if (outer == MAX_NESTING) {
            return false;
        }
        nesting.put(current, outer + 1);
        try {
            while (work.doNext()) {
                if (clearInterrupts) {
                    Thread.interrupted();
                }
            }
        } finally {
            if (outer == 0) {
                nesting.remove(current);
            } else {
                nesting.put(current, outer);
            }
        }
        return true;
    }

    /** What the thread does, piece by piece. For any number of threads. */
    interface Work {
        /** Does one piece, if there is any, and returns whether there was. Throws nothing. */
        boolean doNext();

        /** Returns whether there may be more; surely so when there is. */
        boolean mayBeThere();
    }
}
