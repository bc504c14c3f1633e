package io.asynclog;

import io.asynclog.buffer.AsyncBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has parked records expire when their time is over: one timer for all of them, which runs while any are parked. The
 * housekeeping does the same once a second, but its other chores may wait for a disk, and a disk that hangs is what
 * fills a buffer.
 */
final class ExpiryTimer {
    /*
     * No record is left without a timer. Who parks a record (1) puts it into the queue, (2) looks whether the timer
     * runs, and starts it if not. The timer (1) is noted as not running, (2) looks at the queue, and starts again if a
     * record is there. All four steps have one order that all threads agree on: the note is volatile, the queue is
     * under the buffer's lock. If the parker finds a timer running, that timer has yet to look, and finds the record.
     * If both find none running, one of them starts it.
     */

    /** Records are often parked many at a time, and are not to have a run of the timer each. */
    private static final long MIN_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final AsyncBuffer buffer;
    private final TaskScheduler scheduler;
    private final AtomicBoolean running = new AtomicBoolean();

    ExpiryTimer(AsyncBuffer buffer, TaskScheduler scheduler) {
        this.buffer = buffer;
        this.scheduler = scheduler;
    }

    /** To be called after a record was parked. */
    void onParked() {
        start(buffer.options().maxWait());
    }

    private void start(Duration delay) {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        boolean started = false;
        try {
            CompletableFuture<Void> end = scheduler.schedule(
                    () -> {
                        expire();
                        return null;
                    },
                    delay);
            CompletableFuture<Void> ignored = end.whenComplete((done, failure) -> noteEnd(failure != null));
            started = true;
        } finally {
            noteEnd(!started); // by a stack overflow, say
        }
    }

    /**
     * Notes that a timer that failed does not run, for want of a thread say. The housekeeping sees to the record, and
     * the next one that is parked tries again. Should another timer run by now, there are two for once.
     */
    private void noteEnd(boolean failed) {
        if (failed) {
            running.set(false);
        }
    }

    private void expire() {
        running.set(false);
        long nanosToNext = buffer.expireParked();
        if (nanosToNext != AsyncBuffer.NONE_PARKED) {
            start(Duration.ofNanos(Math.max(nanosToNext, MIN_DELAY_NANOS)));
        }
    }
}
