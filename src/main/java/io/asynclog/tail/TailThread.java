package io.asynclog.tail;

import io.asynclog.ErrorHandler;
import io.asynclog.buffer.Onlooker;
import io.asynclog.internal.Trouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Shows a tail what passes by. It looks by the clock, so that no log call has to wake it: every 5 milliseconds while
 * records come, which is soon enough to find them still there, and ever more rarely, down to ten times a second, while
 * none do.
 */
public final class TailThread extends Thread {
    private static final long MIN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long STOP_GRACE_MILLIS = 200;

    private final Onlooker onlooker;
    private final LogTail tail;
    private final Trouble trouble;
    private volatile boolean stopping;

    /** Creates a thread that is not yet running. */
    public TailThread(Onlooker onlooker, LogTail tail, ErrorHandler errors) {
        super("asynclog-tail");
        setDaemon(true);
        this.onlooker = onlooker;
        this.tail = tail;
        trouble = new Trouble("The tail misses records", errors);
    }

    @Override
    public void run() {
        long pause = MIN_PAUSE_NANOS;
        while (!stopping) {
            pause = look() ? MIN_PAUSE_NANOS : Math.min(2 * pause, MAX_PAUSE_NANOS);
            LockSupport.parkNanos(this, pause);
            Thread.interrupted(); // an error handler may have left one, and no park would last
        }
        boolean ignored = look();
    }

    /** Looks at what has come; an engine in trouble, out of memory say, shows what it still can. */
    private boolean look() {
        try {
            boolean found = onlooker.look(tail::take);
            if (found) {
                trouble.isOver();
            }
            return found;
        } catch (Throwable failure) {
            trouble.isThere(failure);
            return false;
        }
    }

    /** Ends the thread, after it has shown what is there. Waits for that, though not long. */
    public void end() {
        stopping = true;
        LockSupport.unpark(this);
        if (Thread.currentThread() == this) {
            return; // a listener that shuts the engine down
        }
        try {
            join(STOP_GRACE_MILLIS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
