package io.asynclog;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Does an engine's chores once in a while, on a daemon thread of its own: a chore may wait for a disk, and a thread
 * that only sleeps is cheaper than a timer that wakes a pool.
 */
final class Housekeeper extends Thread {
    private final List<Runnable> chores;
    private final long intervalNanos;
    private final ErrorHandler errors;
    private volatile boolean ended;

    /**
     * Creates a thread that is not yet running. The chores are first done an interval after its start.
     *
     * @param errors hears of a chore that fails, which keeps neither the others from being done nor itself the next
     *     time
     */
    Housekeeper(Duration interval, ErrorHandler errors, Runnable... chores) {
        super("asynclog-housekeeping");
        setDaemon(true);
        this.chores = List.of(chores);
        this.intervalNanos = interval.toNanos();
        this.errors = errors;
    }

    /** Lets the thread end, with the chore under way at most. It may not have been started. */
    void end() {
        ended = true;
        LockSupport.unpark(this);
    }

    /** Waits until no chore is under way any more, or a time is over; not where it is a chore that calls this. */
    void awaitEnd(Duration atMost) {
        if (Thread.currentThread() == this) {
            return;
        }
        boolean interrupted = false;
        long deadline = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toMillis(); left > 0 && isAlive(); ) {
            try {
                join(left);
            } catch (InterruptedException whileWaiting) {
                interrupted = true; // it still waits: what a chore uses is better not released meanwhile
            }
            left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        for (long due = System.nanoTime() + intervalNanos; !ended; ) {
            long left = due - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(this, left);
                Thread.interrupted(); // or the next would return at once
            } else {
                doChores();
                due = System.nanoTime() + intervalNanos;
            }
        }
    }

    private void doChores() {
        for (Runnable chore : chores) {
            if (ended) {
                return;
            }
            try {
                chore.run();
            } catch (Throwable failure) {
                errors.report("Housekeeping failed and goes on", failure);
            }
        }
    }
}
