package io.asynclog.consumer;

import io.asynclog.ErrorHandler;
import io.asynclog.internal.Trouble;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs what hangs on users' futures, which may take any time: one thread, replaced by another one when a callback does
 * not return. Once it is stopped, whoever brings a future completes what is ready himself.
 */
final class CompletionThread {
    private static final int MAX_NESTING = 8;
    /** How many threads are left to callbacks that do not return; behind so many of these, futures wait. */
    private static final int MAX_LEFT = 16;
    /** How many callbacks that do not return are waited for at the end, one behind the other. */
    private static final int MAX_STALLED_AT_END = 8;
    /** How often the grace is given at the end, to callbacks that do return. */
    private static final int MAX_GRACES_AT_END = 25;

    private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Work work;
    private final Runnable waker;

    /**
     * Who does the work. Volatile: whoever brings work and wakes the one that is replaced brought it before the next
     * one looks for the first time.
     */
    private volatile Worker worker = new Worker();

    /** What {@link #watch} saw the last time. For the thread that watches. */
    private Worker seenWorker = worker;

    private int seenSteps;

    /** How many threads were replaced that have not ended. */
    private final AtomicInteger left = new AtomicInteger();

    private final Trouble kept;
    private final Trouble allKept;

    /**
     * How many loops that complete futures are on the stack of a thread. Once the engine stops, a callback that brings
     * a future to be completed completes what is ready itself, for it may wait for that; but not without bound: a
     * callback that runs there may bring the next.
     */
    private final Map<Thread, Integer> nesting = new ConcurrentHashMap<>();

    private volatile boolean stopping;

    /**
     * Creates a thread, which starts when it is first woken.
     *
     * @param waker what wakes it instead of itself, or null
     * @param errors hears of callbacks that keep it
     */
    CompletionThread(Work work, @Nullable Runnable waker, ErrorHandler errors) {
        this.work = work;
        kept = new Trouble(
                "A callback of a future keeps its thread; another thread completes what is behind it", errors);
        allKept =
                new Trouble("Callbacks of futures keep " + (MAX_LEFT + 1) + " threads; the other futures wait", errors);
        this.waker = waker == null ? () -> worker.thread.wake() : waker;
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

    /**
     * Replaces the thread when a callback has kept it since the last look, and has it look for work that nobody told it
     * of: whoever was to do so may have broken off, or there was no thread. To be called once a second.
     */
    void watch() {
        Worker current = worker;
        int steps = current.steps;
        if (current.busy && current == seenWorker && steps == seenSteps) {
            String place = standsAt(current);
            boolean replaced = left.get() < MAX_LEFT;
            try {
                if (replaced) {
                    replace(); // before anybody is told, who may take time
                }
            } finally { // there may be no thread
                (replaced ? kept : allKept)
                        .isThere(new TimeoutException("It has not returned for a second, and stands at " + place));
            }
        } else if (left.get() < MAX_LEFT) {
            allKept.isOver();
            if (left.get() == 0) {
                kept.isOver();
            }
        }
        seenWorker = current;
        seenSteps = steps;
        if (work.mayBeThere()) {
            wake();
        }
    }

    /** Returns the frames of the callback, the innermost first. */
    private static String standsAt(Worker worker) {
        return Frames.of(worker.thread.stackTrace());
    }

    /** Lets another thread go on. The one that is kept ends when its callback returns, if it does. */
    private void replace() {
        Worker before = worker;
        Worker next = new Worker();
        left.incrementAndGet();
        worker = next;
        try {
            next.thread.wake();
        } finally {
            before.thread.wake(); // its callback may have returned just now: it is to end, and not to park
        }
    }

    /**
     * Ends the thread once there is no work, and waits for that as long as it makes progress, though not without bound.
     * Callbacks that have not returned in time go on, and another thread does what is behind them; behind a number of
     * these nobody does.
     *
     * @param graceNanos how long to wait for each callback that does not return
     */
    void stop(long graceNanos) {
        stopping = true;
        try {
            waker.run();
            int stalled = 0;
            boolean hurry = false;
            for (int graces = 0; !hurry && graces < MAX_GRACES_AT_END && stalled < MAX_STALLED_AT_END; graces++) {
                Worker current = worker;
                int steps = current.steps;
                if (hasEnded(current.thread, graceNanos)) {
                    return;
                }
                hurry = Thread.currentThread().isInterrupted();
                if (hurry || (current == worker && current.steps == steps)) {
                    stalled++;
                    replace();
                }
            }
        } catch (OutOfMemoryError noThread) {
            boolean ignored = doAll(null);
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

    /**
     * Does what there is, on the thread of the caller. Any thread may help.
     *
     * @return false, and nothing is done, when that would nest too deep: a loop further out goes on
     */
    boolean help() {
        return doAll(null);
    }

    private boolean doAll(@Nullable Worker own) {
        Thread current = Thread.currentThread();
        int outer = nesting.getOrDefault(current, 0);
        if (outer == MAX_NESTING) {
            return false;
        }
        try {
            nesting.put(current, outer + 1);
            while ((own == null || own.goesOn()) && work.doNext()) {
                if (own != null) {
                    own.noteStep();
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

    /** The loop of one thread, until it is replaced. */
    private final class Worker implements Runnable {
        final LazyThread thread = new LazyThread("asynclog-completion", this);

        /** Changes with each turn and each piece of work. Written by this thread only. */
        private volatile int steps;
        /** Whether the thread is not parked. Written by this thread only. */
        private volatile boolean busy;

        @Override
        public void run() {
            try {
                doUntilReplaced();
            } finally {
                if (!goesOn()) {
                    left.decrementAndGet();
                }
            }
        }

        private void doUntilReplaced() {
            while (goesOn() && (!stopping || work.mayBeThere())) {
                noteStep();
                busy = true;
                boolean done = tryAll();
                busy = false;
                if (!done) {
                    LockSupport.parkNanos(this, PAUSE_AFTER_FAILURE_NANOS);
                } else if (!stopping && goesOn()) { // who is replaced between this and the park is woken behind it
                    LockSupport.park(this);
                    Thread.interrupted(); // one that came late, or no park would last
                }
            }
        }

        /**
         * Does what there is; returns false when it cannot be done now, out of memory say, and is to be tried again.
         */
        private boolean tryAll() {
            try {
                return doAll(this);
            } catch (Throwable failure) {
                return false; // the thread must not end: nobody else completes futures
            }
        }

        boolean goesOn() {
            return worker == this;
        }

        void noteStep() {
            int before = steps;
            steps = before + 1; // this thread alone writes it
            Thread.interrupted(); // one that a callback left behind is not meant for the next
        }
    }

    /** What the thread does, piece by piece. For any number of threads. */
    interface Work {
        /** Does one piece, if there is any, and returns whether there was. Throws only what the JVM itself throws. */
        boolean doNext();

        /** Returns whether there may be more; surely so when there is. */
        boolean mayBeThere();
    }
}
