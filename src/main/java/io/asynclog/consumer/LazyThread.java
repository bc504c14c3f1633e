package io.asynclog.consumer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** A daemon thread that starts when it is first woken. Who has no work for it does not pay for it. */
final class LazyThread {
    private final Thread thread;
    private final ReentrantLock starting = new ReentrantLock();
    private volatile boolean started;

    /**
     * Creates a thread.
     *
     * @param work parks when there is nothing to do, and looks again when the park returns
     */
    LazyThread(String name, Runnable work) {
        thread = new Thread(work, name);
        thread.setDaemon(true);
    }

    StackTraceElement[] stackTrace() {
        return thread.getStackTrace();
    }

    String name() {
        return thread.getName();
    }

    /** Lets the thread look once more for work: starts it, ends its park, or has its next park return at once. */
    void wake() {
        if (!started) {
            start();
        }
        LockSupport.unpark(thread);
    }

    private void start() {
        starting.lock();
        try {
            if (!started) {
                thread.start();
                started = true; // not before: when the system has no thread to give, the next who comes tries again
            }
        } finally {
            starting.unlock();
        }
    }

    /**
     * Wakes the thread if it was ever started, and waits for its end; not when it is the caller itself.
     *
     * @return whether it does not run any more
     */
    boolean awaitEnd(long nanos) throws InterruptedException {
        if (started && Thread.currentThread() != thread) {
            LockSupport.unpark(thread);
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
        }
        return !thread.isAlive();
    }
}
