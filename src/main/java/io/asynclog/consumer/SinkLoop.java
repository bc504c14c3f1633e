package io.asynclog.consumer;

import io.asynclog.ErrorHandler;
import io.asynclog.FlushListener;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.Cursor;
import io.asynclog.buffer.SegmentBatch;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The endless loop of one sink, on a thread of its own: read, deliver, pass. */
final class SinkLoop {
    private static final long MAX_SLEEP_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** Between turns that fail one after the other for another reason than the sink. */
    private static final long MIN_TROUBLE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long MAX_TROUBLE_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int MAX_DOUBLINGS = 20;
    /** When the engine is stopping there is no use in long pauses: the deadline is near. */
    private static final long MAX_PAUSE_WHEN_STOPPING_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Sink sink;
    private final AsyncBuffer buffer;
    private final Completions completions;
    private final ErrorHandler errors;
    private final SinkStats stats = new SinkStats();
    private final SinkThread thread;
    private final Cursor cursor;
    private final SinkCall call;
    private final BatchDelivery delivery;
    private final SinkControl control;
    private final BacklogSkip backlog;
    private final SinkStates states;
    private final StuckWatch stuck;

    private final Linger linger;
    /** When the loop has found records the last time. */
    private long lookedAtNanos;
    /** How many requests there were when the turn began. */
    private int requestsAtTurn;

    /** Rounds in a row that failed, settled nothing, and got nothing through. */
    private int failedRounds;

    /** Turns in a row that failed for another reason than the sink. Written by the loop. */
    private volatile int troubles;

    private volatile boolean begun;
    private volatile boolean stopping;
    private volatile boolean aborted;
    /** When the first record of the batch at hand was logged, 0 when there is none. */
    private volatile long firstEpochNanos;

    SinkLoop(
            Sink sink,
            AsyncBuffer buffer,
            Completions completions,
            DeadLetters deadLetters,
            List<FlushListener> listeners,
            ErrorHandler errors) {
        this.sink = sink;
        this.buffer = buffer;
        this.completions = completions;
        this.errors = errors;
        thread = new SinkThread(this::run, sink.name());
        boolean required = sink.options().delivery() == Delivery.REQUIRED;
        int batchSize = sink.options().batchSize();
        linger = new Linger(batchSize);
        cursor = buffer.openCursor(sink.name(), required, thread, batchSize);
        call = new SinkCall(
                sink, cursor, buffer.clock(), stats, new FlushListeners(sink.name(), listeners, errors), errors);
        Refusals refusals = new Refusals(sink.name(), cursor, stats, completions, deadLetters, errors);
        delivery = new BatchDelivery(sink, cursor, call, stats, completions, refusals, () -> aborted);
        control = new SinkControl(sink.name(), sink.options().level(), this::wake);
        backlog = new BacklogSkip(cursor, buffer, stats, completions);
        stuck = new StuckWatch(sink, call, thread, errors);
        states = new SinkStates(this::state, InstantSource.system());
    }

    /** Starts the thread, which reads nothing before {@link #begin}, and ends when it is aborted before. */
    void start() {
        thread.start();
    }

    /** Lets the loop begin, now that all others have their threads, too. */
    void begin() {
        begun = true;
        states.update();
        LockSupport.unpark(thread);
    }

    Cursor cursor() {
        return cursor;
    }

    SinkControl control() {
        return control;
    }

    // ---- the loop ---------------------------------------------------------------------------------------------------

    private void run() {
        while (!begun && !aborted) {
            LockSupport.park(this);
        }
        try {
            turnUntilStopped();
        } finally {
            control.end();
        }
    }

    private void turnUntilStopped() {
        while (!aborted && !(stopping && buffer.isDrained(cursor))) {
            try {
                boolean isBusy = turn();
                noteTurned();
                if (isBusy) {
                    gather();
                } else {
                    idle();
                }
            } catch (Throwable failure) {
                // Not the sink's, whose failures end in the delivery: an engine in trouble, out of memory say. A batch
                // that was not passed comes again.
                noteTrouble(failure);
                pause(Math.min(MIN_TROUBLE_PAUSE_NANOS << Math.min(troubles, MAX_DOUBLINGS), MAX_TROUBLE_PAUSE_NANOS));
            }
        }
    }

    private void noteTrouble(Throwable failure) {
        int before = troubles;
        troubles = before + 1;
        if (before == 0) {
            tell(0, failure);
        }
    }

    private void noteTurned() {
        int before = troubles;
        if (before > 0) {
            troubles = 0;
            tell(before, null);
        }
    }

    /** Tells that turns fail, or work again. Where that fails, too, the loop goes on: nobody starts another. */
    private void tell(int failures, @Nullable Throwable failure) {
        try {
            String loop = "The loop of sink '" + sink.name() + "' ";
            errors.report(
                    failures == 0 ? loop + "failed and goes on" : loop + "works again after " + failures + " failures",
                    failure);
        } catch (Throwable untold) {
            // There is no memory for the text either, say.
        }
    }

    /** Does what is next, and returns false where that is to wait for records. */
    private boolean turn() {
        requestsAtTurn = control.requests();
        SkipRequest skip = control.takeSkip();
        if (skip != null) {
            answer(skip);
        } else if (control.isPaused() && !stopping) { // a shutdown drains: who paused may be gone
            rest();
        } else if (cursor.read(control.level(), !thread.logs())) {
            linger.reset();
            lookedAtNanos = System.nanoTime();
            deliver(cursor.batch(), cursor.lagged());
        } else {
            return false;
        }
        return true;
    }

    private void answer(SkipRequest skip) {
        backlog.answer(skip, () -> aborted);
        firstEpochNanos = 0;
        delivery.forgetSuspect(); // it may be one of those that were dropped
    }

    /** Waits while the sink is paused; not in the cursor's sleep, from which every record would wake it. */
    private void rest() {
        linger.reset();
        states.update();
        LockSupport.parkNanos(this, MAX_SLEEP_NANOS);
        Thread.interrupted(); // or the next would return at once, for as long as the pause lasts
    }

    /**
     * Delivers what was read.
     *
     * @param batch null when all of it was filtered
     */
    private void deliver(@Nullable SegmentBatch batch, long lagged) {
        if (batch == null) {
            linger.after(0, cursor.readBytes(), cursor.isPressed());
            pass(lagged);
            return;
        }
        firstEpochNanos = batch.epochNanos(0);
        stats.prepare();
        int settled = delivery.round(batch);
        if (stats.isClosed()) {
            return; // the shutdown has reported what is left, and the segments may be the next owner's
        }
        if (settled == batch.size()) {
            failedRounds = 0;
            linger.after(batch.size(), cursor.readBytes(), cursor.isPressed());
            pass(lagged);
            states.update();
        } else {
            firstEpochNanos = batch.epochNanos(settled);
            passBefore(settled, lagged); // before anything that may break off: what is settled is counted
            states.update();
            pauseBetweenRounds(settled);
        }
    }

    private void passBefore(int settled, long lagged) {
        try {
            cursor.passBefore(settled);
        } finally {
            stats.passedOver(cursor.filtered(), lagged); // the next read makes up for a move that broke off
        }
        completions.onPassed();
    }

    private void pass(long lagged) {
        firstEpochNanos = 0;
        stats.passedOver(cursor.filtered(), lagged);
        cursor.pass();
        completions.onPassed();
    }

    /** Lets records come together behind a small batch; not at the end, when no more of them come. */
    private void gather() {
        long nanos = linger.gatherNanos(System.nanoTime() - lookedAtNanos);
        if (nanos > 0 && !stopping) {
            cursor.gather(nanos, Linger.LARGE_BATCH_BYTES);
            Thread.interrupted(); // as in idle()
        }
    }

    private void idle() {
        long nanos = linger.nextNanos();
        if (nanos == 0) {
            Thread.onSpinWait();
        } else if (nanos != Linger.UNTIL_WOKEN) {
            cursor.linger(nanos);
        } else if (!stopping) {
            cursor.sleep(MAX_SLEEP_NANOS);
        } else {
            cursor.linger(Linger.MAX_NANOS);
        }
        Thread.interrupted(); // one that a sink's own watchdog sent too late, say, with which no wait would last
    }

    /** Waits behind a round whose last call failed: ever longer, until something is settled, or goes through. */
    private void pauseBetweenRounds(int settled) {
        if (!call.isFailing()) {
            failedRounds = 0;
            return;
        }
        failedRounds = settled > 0 ? 1 : failedRounds + 1;
        pause(call.pauseAfter(failedRounds).toNanos());
    }

    private void pause(long nanos) {
        long begin = System.nanoTime();
        boolean stoppingAtBegin = stopping;
        for (long waited = 0;
                waited < nanos && !aborted && control.requests() == requestsAtTurn;
                waited = System.nanoTime() - begin) {
            long longest = stopping ? Math.min(nanos, MAX_PAUSE_WHEN_STOPPING_NANOS) : nanos;
            if (waited >= longest || stopping != stoppingAtBegin) {
                return;
            }
            LockSupport.parkNanos(this, longest - waited);
            Thread.interrupted(); // as above; an abort has said so before it interrupts
        }
    }

    // ---- for other threads ------------------------------------------------------------------------------------------

    /** Lets the loop end when it has drained the buffer, which was closed before. */
    void stopWhenDrained() {
        stopping = true;
        wake();
    }

    private void wake() {
        cursor.wake();
    }

    /** Waits for the loop to end; not when the caller is this loop, whose sink shuts the engine down in a flush. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        if (nanos > 0 && Thread.currentThread() != thread) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
        }
        return !thread.isAlive();
    }

    /** Reports where a flush stands that is about to be cut short, while that can still be seen. */
    void reportUnfinished() {
        stuck.reportUnfinished();
    }

    /**
     * Ends the loop now. A flush that hangs is interrupted; should it go on nevertheless, nobody listens to it any
     * more.
     */
    void abort() {
        aborted = true;
        wake();
        if (Thread.currentThread() != thread) {
            thread.interrupt();
        }
    }

    /**
     * Ends the counting. Records that the loop has not passed count as dropped, unless the buffer keeps them for the
     * next process.
     */
    void closeStats() {
        stats.close(cursor.recovered() + buffer.accepted(), buffer.isDurable());
    }

    /** Sees that a state has begun, and reports it when that is to be stuck. Called by the housekeeping. */
    void watch() {
        states.update();
        stuck.check();
    }

    SinkStats.Figures figures() {
        return stats.figures();
    }

    /**
     * Returns the status by figures that were taken before.
     *
     * @param accepted how many records the buffer had taken after that
     */
    SinkStatus status(SinkStats.Figures figures, long accepted) {
        SinkStates.Seen seen = states.update();
        long recovered = cursor.recovered(); // once: it falls where some of them are found missing
        long depth = figures.depth(recovered + accepted);
        return new SinkStatus(
                sink.name(),
                seen.state(),
                seen.since(),
                control.level(),
                sink.options().delivery(),
                recovered,
                depth,
                depth == 0 ? 0 : lagNanos(),
                figures.flushed(),
                figures.failed(),
                figures.dropped(),
                figures.filtered(),
                figures.retries(),
                figures.batches(),
                figures.failedFlushes(),
                figures.flushLatency(),
                figures.deliveryLatency(),
                figures.lastFailure(),
                seen.state() == SinkStatus.State.STUCK ? stuck.stuckAt() : null);
    }

    /** Returns the age of the first record of the batch at hand, or else of the first that waits. */
    private long lagNanos() {
        long first = firstEpochNanos;
        return first == 0 ? cursor.lagNanos() : Math.max(0, buffer.clock().epochNanos() - first);
    }

    private SinkStatus.State state() {
        if (stuck.isStuck()) {
            return SinkStatus.State.STUCK;
        } else if (!begun) {
            return SinkStatus.State.STARTING;
        } else if (!thread.isAlive()) {
            return SinkStatus.State.STOPPED;
        } else if (control.isPaused() && !stopping) {
            return SinkStatus.State.PAUSED;
        } else {
            return call.isFailing() || troubles > 0 ? SinkStatus.State.RETRYING : SinkStatus.State.RUNNING;
        }
    }
}
