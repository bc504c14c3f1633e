package io.asynclog;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Does an engine's chores once in a while, on a daemon thread of its own: a chore may wait for a disk, and a thread that only
 * sleeps is cheaper than a timer that wakes a pool.
 */
final class Housekeeper {
    private final Thread thread = new Thread(this::run, "asynclog-housekeeping");
    private final Runnable chores;
    private final long intervalNanos;
    private volatile boolean ended;

    /**
     * Creates a housekeeper that has not begun.
     *
     * @param chores must not throw
     */
    Housekeeper(Duration interval, Runnable chores) {
        this.intervalNanos = interval.toNanos();
        this.chores = chores;
        thread.setDaemon(true);
    }

    /** Begins; the chores are first done an interval from now. To be called once. */
    void start() {
        thread.start();
    }

    /** Lets the thread end, with the chores under way at most. It may not have been started. */
    void end() {
        ended = true;
        LockSupport.unpark(thread);
    }

    /** Waits until no chore is under way any more, or a time is over; not where it is a chore that calls this. */
    void awaitEnd(Duration atMost) {
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (long due = System.nanoTime() + intervalNanos; !ended; ) {
            long left = due - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(this, left);
                Thread.interrupted(); // or the next would return at once
            } else {
                chores.run();
                due = System.nanoTime() + intervalNanos;
            }
        }
    }
}
