package io.asynclog.consumer;

import io.asynclog.ErrorHandler;
import io.asynclog.LogReceipt;
import io.asynclog.buffer.Cursor;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Completes the futures of awaited records and of barriers, on a thread of its own: user callbacks can never stall a
 * sink, a force of the device, nor a log call.
 *
 * <p>No wake-up is lost: who registers a future first adds it to {@link WaitingFutures} and then looks at the cursors;
 * the loop of a sink first moves its cursor and then looks at the futures. Both are volatile, so one of the two sees
 * the other and wakes the thread. Whoever takes futures out of sight for a moment looks at the cursors, too, when they
 * are back.
 *
 * <p>Futures are completed one by one and outside of any lock.
 */
final class Completions implements CompletionThread.Work {
    private final WaitingFutures waiting = new WaitingFutures();
    /** Futures whose outcome is known and that wait for nothing but the thread. */
    private final Queue<Settled<?>> settled = new ConcurrentLinkedQueue<>();

    /**
     * Which kind was looked for first the last time. Plain: should two threads complete at once, either may be next.
     */
    private boolean settledBefore;

    private final CompletionThread thread;

    Completions(ErrorHandler errors) {
        thread = new CompletionThread(this, null, errors);
    }

    /** Creates completions that wake their thread in a given way. */
    Completions(Runnable waker, ErrorHandler errors) {
        thread = new CompletionThread(this, waker, errors);
    }

    // ---- lifecycle --------------------------------------------------------------------------------------------------

    /** Starts the thread, or throws and has changed nothing. */
    void start(List<Cursor> requiredCursors) {
        thread.start(); // first: there may be no thread
        follow(requiredCursors);
        thread.start();
    }

    /** Sets the cursors that futures wait for. */
    void follow(List<Cursor> requiredCursors) {
        waiting.follow(requiredCursors);
    }

    /** Forgets the cursors, which were closed: futures wait for those that come. */
    void unfollow() {
        waiting.follow(null);
    }

    /**
     * Sees to it that a callback that does not return holds up no others, nor a loop that broke off between passing
     * records and telling so. To be called once a second.
     */
    void watch() {
        thread.watch();
    }

    /**
     * Completes all futures there are, the unflushed ones as failed, and ends the thread. All loops have stopped, but
     * for those that ignore an interrupt: their counting has ended, so that they pass nothing any more.
     *
     * @param graceNanos see {@link CompletionThread#stop}
     */
    void stop(long graceNanos) {
        waiting.end(); // first: who sees the thread stop fails what is not flushed
        thread.stop(graceNanos);
    }

    // ---- futures that wait for sinks --------------------------------------------------------------------------------

    /** Completes the future with a receipt when the record with this sequence is flushed. */
    void register(long sequence, RecordFuture future) {
        add(sequence, future);
    }

    /** Completes the future when every record before this sequence is flushed. */
    void registerBarrier(long endSequence, BarrierFuture future) {
        add(endSequence - 1, future);
    }

    private void add(long sequence, PendingFuture<?> future) {
        future.sequence = sequence;
        waiting.add(future);
        if (thread.isStopping()) { // it may have ended before it could see this one
            if (!thread.help()) {
                waiting.addFailuresAtEnd(future);
                future.resolve(); // here, for a callback may wait for it, and nothing hangs on it yet
            }
        } else if (waiting.isPassed(sequence)) {
            thread.wake();
        } else {
            waiting.hurry(sequence);
        }
    }

    /** To be called by the loop of a sink after its cursor has moved. */
    void onPassed() {
        if (waiting.mayHavePassed()) {
            thread.wake();
        }
    }

    /**
     * Notes that a sink will never have some records, since it refused them for good or was told to leave them out;
     * before the sink's cursor passes them.
     *
     * @param first the sequence of the first of them: barriers behind it fail
     * @param awaited the sequences of those that somebody holds a future for
     */
    void recordsFailed(String sink, long first, List<Long> awaited, Throwable failure) {
        waiting.recordsFailed(sink, first, awaited, failure);
        thread.wake();
    }

    /** Fails all futures that wait for a sink which takes nothing at present. The records go on waiting for it. */
    void failWaitingFor(Cursor cursor, Throwable failure) {
        waiting.failWaitingFor(cursor, failure);
        thread.wake();
    }

    // ---- futures whose outcome is known -----------------------------------------------------------------------------

    /** Completes a future whose record has come as far as the receipt says. For any thread, before the start too. */
    void complete(CompletableFuture<LogReceipt> future, LogReceipt receipt) {
        settle(new Settled<>(future, receipt, null));
    }

    /** Fails a future. For any thread, before the start too. */
    void fail(CompletableFuture<?> future, Throwable failure) {
        settle(new Settled<>(future, null, failure));
    }

    private void settle(Settled<?> future) {
        if (future.future instanceof UnsharedFuture) {
            future.complete();
            return;
        }
        settled.add(future);
        if (thread.isStopping()) {
            completeReady(); // the buffer is closed by now, so nobody comes here under its lock
        } else {
            thread.wake();
        }
    }

    // ---- what the thread does ---------------------------------------------------------------------------------------

    /** Completes what is ready. Any thread may help. */
    void completeReady() {
        boolean ignored = thread.help();
    }

    /**
     * Completes one that is ready, of either kind in turn, so that neither waits for as long as more of the other come,
     * and returns whether there was any.
     */
    @Override
    public boolean doNext() {
        boolean settledFirst = !settledBefore;
        settledBefore = settledFirst;
        return settledFirst ? completeSettled() || completePassed() : completePassed() || completeSettled();
    }

    private boolean completeSettled() {
        Settled<?> known = settled.poll();
        if (known != null) {
            try {
                known.complete();
            } catch (Throwable failure) {
                known.future.completeExceptionally(failure); // as below
            }
        }
        return known != null;
    }

    private boolean completePassed() {
        PendingFuture<?> ready = waiting.pollReady();
        if (ready != null) {
            try {
                ready.resolve();
            } catch (Throwable failure) {
                ready.completeExceptionally(failure); // out of memory, say; the others must not wait for ever
            }
        }
        return ready != null;
    }

    @Override
    public boolean mayBeThere() {
        return waiting.mayHaveAny() || !settled.isEmpty();
    }

    /** A future and its outcome. */
    private record Settled<T>(
            CompletableFuture<T> future,
            @Nullable T outcome,
            @Nullable Throwable failure) {
        void complete() {
            if (failure == null) {
                future.complete(outcome);
            } else {
                future.completeExceptionally(failure);
            }
        }
    }
}
