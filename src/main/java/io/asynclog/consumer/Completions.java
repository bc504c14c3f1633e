package io.asynclog.consumer;

import io.asynclog.LogReceipt;
import io.asynclog.buffer.Cursor;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Completes the futures of awaited records and of barriers, on a thread of its own: user callbacks can never stall a
 * sink, a force of the device, nor a log call.
 *
 * <p>A future that waits for the sinks is ready when every required cursor has passed its place. No wake-up is lost:
 * who registers a future first adds it to the line and then looks at the cursors; the loop of a sink first moves its
 * cursor and then looks at the line. Both are volatile, so one of the two sees the other and wakes this thread. Whoever
 * takes futures out of the line's sight for a moment looks at the cursors, too, when they are back.
 *
 * <p>Futures are completed one by one and outside the lock. When a callback does not return, {@link #watch} has another
 * thread go on with the rest.
 */
final class Completions {
    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_NESTING = 8;

    private final LazyThread thread = new LazyThread("asynclog-completion", this::run);
    private final Runnable waker;

    /** Set before the loops begin, if all sinks have one; null until then, when nothing counts as flushed. */
    private volatile @Nullable List<Cursor> required;

    private final PendingQueue line = new PendingQueue();

    /** Futures whose outcome is known and that wait for nothing but this thread. */
    private final Queue<Settled> settled = new ConcurrentLinkedQueue<>();

    /**
     * How many loops that complete futures are on the stack of a thread. Once the engine stops, a callback that brings
     * a future to be completed completes what is ready itself, for it may wait for that; but not without bound: a
     * callback that runs there may bring the next.
     */
    private final Map<Thread, Integer> nesting = new ConcurrentHashMap<>();

    /** Guards all below, and the line but for what is said there. */
    private final Object lock = new Object();

    /** Futures that are to fail at once. They stay in the line until then. */
    private final Queue<PendingFuture<?>> failing = new ArrayDeque<>();
    /** What sinks threw for awaited records that they refused, by sequence. */
    private final Map<Long, Map<String, Throwable>> refused = new HashMap<>();

    private volatile boolean stopping;
    /**
     * Since when the thread has been completing futures, made odd; 0 while it is parked. Written by that thread only.
     */
    private volatile long busySince;

    Completions() {
        waker = thread::wake;
    }

    /** Creates completions that wake their thread in a given way. */
    Completions(Runnable waker) {
        this.waker = waker;
    }

    /** Starts the thread, or throws and has changed nothing. */
    void start(List<Cursor> requiredCursors) {
        waker.run(); // first: there may be no thread
        follow(requiredCursors);
        waker.run();
    }

    /** Sets the cursors that futures wait for. */
    void follow(List<Cursor> requiredCursors) {
        required = requiredCursors;
    }

    /** Forgets the cursors, which were closed: futures wait for those that come. */
    void unfollow() {
        required = null;
    }

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
        line.add(future);
        if (stopping) { // the thread may have ended before it could see this one
            if (!complete(false)) {
                synchronized (lock) {
                    addFailures(future);
                }
                future.resolve(); // here, for a callback may wait for it, and nothing hangs on it yet
            }
        } else if (sequence < flushedSequence()) {
            wake();
        } else {
            hurry(sequence);
        }
    }

    /** Has the sinks that have not passed a record look for it, for it is waited for. */
    private void hurry(long sequence) {
        List<Cursor> cursors = required;
        if (cursors == null) {
            return;
        }
        for (Cursor cursor : cursors) {
            if (cursor.sequence() <= sequence) {
                cursor.hurry();
            }
        }
    }

    /** Completes a future whose record has come as far as the receipt says. For any thread, before the start too. */
    void complete(CompletableFuture<LogReceipt> future, LogReceipt receipt) {
        settle(new Settled(future, receipt, null));
    }

    /** Fails a future. For any thread, before the start too. */
    void fail(CompletableFuture<LogReceipt> future, Throwable failure) {
        settle(new Settled(future, null, failure));
    }

    private void settle(Settled future) {
        if (future.future instanceof UnsharedFuture) {
            future.complete();
            return;
        }
        settled.add(future);
        if (stopping) {
            completeReady(); // as above; the buffer is closed by now, so nobody comes here under its lock
            return;
        }
        wake();
    }

    private void wake() {
        try {
            waker.run();
        } catch (OutOfMemoryError noThread) {
            // The system has no thread to give at present: whoever comes next, or the start, tries again.
        }
    }

    /** To be called by the loop of a sink after its cursor has moved. */
    void onPassed() {
        if (line.mayHaveBefore(flushedSequence())) {
            wake();
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
        synchronized (lock) {
            line.drainInbox();
            for (Long sequence : awaited) {
                refused.computeIfAbsent(sequence, key -> new LinkedHashMap<>()).putIfAbsent(sink, failure);
            }
            line.forEach(future -> {
                if (future.isBarrier() && future.sequence >= first) {
                    future.addFailure(sink, failure);
                }
            });
        }
        wake(); // for those just put in line, which another sink may have passed meanwhile
    }

    /** Fails all futures that wait for a sink which takes nothing at present. The records go on waiting for it. */
    void failWaitingFor(Cursor cursor, Throwable failure) {
        synchronized (lock) {
            line.drainInbox();
            line.forEach(future -> {
                if (future.sequence >= cursor.sequence() && !future.failureQueued) {
                    future.failureQueued = true;
                    future.addFailure(cursor.name(), failure);
                    failing.add(future);
                }
            });
        }
        wake();
    }

    /**
     * Lets another thread complete what is ready while a user's callback keeps this one. To be called once a second.
     */
    void watch() {
        long since = busySince;
        if (since != 0 && System.nanoTime() - since > STALL_NANOS) {
            LazyThread ignored = startHelper();
        }
    }

    /**
     * Completes all futures there are, the unflushed ones as failed, and ends the thread. All loops have stopped.
     * Callbacks that have not returned in time go on, and a helper completes what is behind them.
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
            completeReady();
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
        LazyThread helper = new LazyThread(thread.name() + "-helper", this::completeOnOwnThread);
        helper.wake();
        return helper;
    }

    private void run() {
        while (!stopping || line.mayHaveBefore(Long.MAX_VALUE) || !settled.isEmpty()) {
            busySince = System.nanoTime() | 1;
            completeOnOwnThread();
            busySince = 0;
            if (!stopping) {
                LockSupport.park(this);
                Thread.interrupted(); // one that came late, or no park would last
            }
        }
    }

    /** Completes what is ready; an interrupt that a callback left behind is not meant for the next. */
    private void completeOnOwnThread() {
        boolean ignored = complete(true);
    }

    /** Completes what is ready. Any thread may help. */
    void completeReady() {
        boolean ignored = complete(false);
    }

    /** Returns false, and does nothing, when that would nest too deep: a loop further out goes on. */
    private boolean complete(boolean clearInterrupts) {
        Thread current = Thread.currentThread();
        int outer = nesting.getOrDefault(current, 0);
        if (outer == MAX_NESTING) {
            return false;
        }
        nesting.put(current, outer + 1);
        try {
            while (completeNext()) {
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

    /** Completes one that is ready, and returns whether there was any. */
    private boolean completeNext() {
        Settled known = settled.poll();
        if (known != null) {
            try {
                known.complete();
            } catch (Throwable failure) {
                known.future.completeExceptionally(failure); // as below
            }
            return true;
        }
        PendingFuture<?> waiting = pollReady();
        if (waiting != null) {
            try {
                waiting.resolve();
            } catch (Throwable failure) {
                waiting.completeExceptionally(failure); // out of memory, say; the others must not wait for ever
            }
        }
        return waiting != null;
    }

    private @Nullable PendingFuture<?> pollReady() {
        synchronized (lock) {
            line.drainInbox();
            PendingFuture<?> failed = failing.peek();
            if (failed != null) {
                if (failed.isBarrier()) {
                    line.remove(failed);
                } else {
                    line.replace(failed, new PassedPlace(failed.sequence));
                }
                return failing.remove();
            }
            PendingFuture<?> first = line.first();
            if (first == null || !isReady(first)) { // a cursor that moves from here on sees the line
                line.publishFirst();
                return null;
            }
            line.removeFirst();
            addFailures(first);
            return first;
        }
    }

    private boolean isReady(PendingFuture<?> future) {
        return stopping || future.sequence < flushedSequence();
    }

    private void addFailures(PendingFuture<?> ready) {
        Map<String, Throwable> failures = ready.isBarrier() ? null : refused.remove(ready.sequence);
        if (failures != null) {
            failures.forEach(ready::addFailure);
        }
        List<Cursor> cursors = required;
        if (!stopping) {
            return;
        }
        if (cursors == null) {
            ready.addFailure(LogConsumer.UNOPENED, new IllegalStateException("Not all sinks could be started"));
            return;
        }
        for (Cursor cursor : cursors) {
            if (cursor.sequence() <= ready.sequence) {
                ready.addFailure(cursor.name(), new TimeoutException("Not flushed when the engine stopped"));
            }
        }
    }

    /** Returns one beyond the sequence up to which every required cursor has passed everything. */
    private long flushedSequence() {
        List<Cursor> cursors = required;
        if (cursors == null) {
            return Long.MIN_VALUE;
        }
        long flushed = Long.MAX_VALUE;
        for (Cursor cursor : cursors) {
            flushed = Math.min(flushed, cursor.sequence());
        }
        return flushed;
    }

    /**
     * The place of a future that has failed before its record was passed. The record may still be refused, and what is
     * noted of that is cleared when its place is passed; but the future itself, its exception and whatever the user
     * hung on it must not stay in memory as long as a sink is away.
     */
    private static final class PassedPlace extends PendingFuture<Void> {
        PassedPlace(long sequence) {
            this.sequence = sequence;
            failureQueued = true;
        }

        @Override
        @Nullable
        Void outcome() {
            return null;
        }

        @Override
        boolean isBarrier() {
            return false;
        }
    }

    /** A future and its outcome. */
    private record Settled(
            CompletableFuture<LogReceipt> future,
            @Nullable LogReceipt receipt,
            @Nullable Throwable failure) {
        void complete() {
            if (failure == null) {
                future.complete(receipt);
            } else {
                future.completeExceptionally(failure);
            }
        }
    }
}
