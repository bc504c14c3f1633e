package io.asynclog.consumer;

import io.asynclog.ErrorHandler;
import io.asynclog.LogReceipt;
import io.asynclog.LogStoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Forces records to the device for those who wait for it: one force serves all who have registered before it began.
 *
 * <p>In rounds, on a thread of its own: take all requests, force, complete them, go on with those that came meanwhile.
 * A request that comes during a force waits for the next one, as the force may have passed its record's place before
 * the record was there. So a request waits for two forces at most, however many there are. Users' callbacks run
 * elsewhere ({@link Completions}) and can never stall a force.
 *
 * <p>No wake-up is lost: who registers adds the request first and then wakes the thread; the thread parks only after it
 * found no request, and a wake-up that comes before the park makes it return at once.
 *
 * <p>Every future completes: by the round that took it, or by {@link #stop}, which fails what is left.
 */
final class GroupCommit {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Force force;
    private final LongSupplier endOfLog;
    private final Completions completions;
    private final ErrorHandler errors;
    private final LazyThread thread = new LazyThread("asynclog-group-commit", this::run);
    private final Runnable waker;

    private final ReentrantLock lock = new ReentrantLock();
    /** Requests for the next round. Guarded by {@link #lock}, like all up to {@link #ended}. */
    private List<Request> waiting = new ArrayList<>();
    /** Requests of the round under way. */
    private List<Request> round = List.of();

    private boolean stopping;
    /** Whether there will be no further round. */
    private boolean ended;

    /** Whether the latest force failed. Touched by the thread only, like all below. */
    private boolean failing;
    /**
     * After a failed force: below which sequence a later one that succeeds proves nothing, and what the failed one
     * threw.
     */
    private long doubtfulBefore = Long.MIN_VALUE;

    private @Nullable Throwable doubt;

    /**
     * Creates a group commit. Its thread starts with the first request.
     *
     * @param force forces all that is published when it is called
     * @param endOfLog tells one beyond the sequence of the last record claimed
     * @param errors hears when forces begin to fail and when they succeed again
     */
    GroupCommit(Force force, LongSupplier endOfLog, Completions completions, ErrorHandler errors) {
        this(force, endOfLog, completions, errors, null);
    }

    /**
     * Creates a group commit.
     *
     * @param waker is run when {@link #commitWaiting} is due, in place of waking the thread; null for the thread
     */
    GroupCommit(
            Force force,
            LongSupplier endOfLog,
            Completions completions,
            ErrorHandler errors,
            @Nullable Runnable waker) {
        this.force = force;
        this.endOfLog = endOfLog;
        this.completions = completions;
        this.errors = errors;
        this.waker = waker == null ? thread::wake : waker;
    }

    /**
     * Completes the future when the record with this sequence, which is published, was forced to the device. Never
     * blocks.
     */
    void register(long sequence, CompletableFuture<LogReceipt> future) {
        Request request = new Request(sequence, future);
        if (!add(request)) {
            failStopped(List.of(request));
            return;
        }
        try {
            waker.run();
        } catch (OutOfMemoryError noThread) { // the system has none to give
            takeAll().forEach(stranded -> fail(stranded, "could not be forced to the device", noThread));
        }
    }

    private boolean add(Request request) {
        lock.lock();
        try {
            return !ended && waiting.add(request);
        } finally {
            lock.unlock();
        }
    }

    // ---- the thread -------------------------------------------------------------------------------------------------

    private void run() {
        while (!hasEnded()) {
            Thread.interrupted(); // an error handler may have left one: no park would last, nor a channel stay open
            try {
                if (!commitWaiting()) {
                    LockSupport.park(this);
                }
            } catch (Throwable trouble) { // out of memory, say
                errors.report("The group commit failed and goes on", trouble);
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
    }

    private boolean hasEnded() {
        lock.lock();
        try {
            ended |= stopping && waiting.isEmpty();
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Does one round, unless nobody waits for one. */
    boolean commitWaiting() {
        List<Request> requests = beginRound();
        if (requests.isEmpty()) {
            return false;
        }
        try {
            Throwable failure = forceToDevice();
            requests.forEach(request -> complete(request, failure));
            report(failure);
        } catch (Throwable trouble) {
            requests.forEach(request -> failOrLetGo(request, trouble));
            throw trouble;
        } finally {
            endRound();
        }
        return true;
    }

    /** Takes the requests before the force begins: it proves nothing for those that come later. */
    private List<Request> beginRound() {
        lock.lock();
        try {
            round = takeAll();
            return round;
        } finally {
            lock.unlock();
        }
    }

    private List<Request> takeAll() {
        lock.lock();
        try {
            List<Request> all = waiting;
            waiting = new ArrayList<>();
            return all;
        } finally {
            lock.unlock();
        }
    }

    private void endRound() {
        lock.lock();
        try {
            round = List.of();
        } finally {
            lock.unlock();
        }
    }

    /*
     * A force that failed is not tried again for the same records. When the device refuses a write, the kernel may take the
     * pages for clean all the same, and tells so only once: the next force finds nothing to write and reports success,
     * though the bytes are not on the device. That goes for all that was in the log when the failed force returned, also for
     * records whose requests were not part of its round. Only what is written after that makes its pages dirty again.
     */
    private @Nullable Throwable forceToDevice() {
        try {
            force.force();
            return null;
        } catch (Throwable failure) {
            doubt = failure;
            doubtfulBefore = endOfLog.getAsLong();
            return failure;
        }
    }

    private void complete(Request request, @Nullable Throwable failure) {
        if (failure != null) {
            fail(request, "could not be forced to the device", failure);
        } else if (request.sequence < doubtfulBefore) {
            fail(request, "may not be on the device: a force failed when it was in the buffer already", doubt);
        } else {
            completions.complete(request.future, new LogReceipt(request.sequence, LogReceipt.Status.STORED));
        }
    }

    private void report(@Nullable Throwable failure) {
        boolean failed = failure != null;
        if (failed != failing) {
            failing = failed;
            errors.report(
                    failed
                            ? "Records cannot be forced to the device; who waits for it is told"
                            : "Records are forced to the device again",
                    failure);
        }
    }

    // ---- the end ----------------------------------------------------------------------------------------------------

    /**
     * Serves those who wait with a last round and ends the thread. A force that does not return in time is left to
     * itself and its requests fail, as do those that come later.
     */
    void stop(long timeoutNanos) {
        lock.lock();
        try {
            stopping = true;
        } finally {
            lock.unlock();
        }
        try {
            boolean ignored = thread.awaitEnd(timeoutNanos);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt(); // whoever stops us has no more time
        }
        failStopped(takeLeft());
    }

    /** Takes the requests that no round will serve any more. */
    private List<Request> takeLeft() {
        lock.lock();
        try {
            ended = true;
            List<Request> left = new ArrayList<>(round);
            left.addAll(takeAll());
            return left;
        } finally {
            lock.unlock();
        }
    }

    private void failStopped(List<Request> requests) {
        requests.forEach(request -> fail(request, "may not be on the device: the engine stopped before a force", null));
    }

    /** Nobody may wait for ever: where there is no memory to hand a failure on, its callbacks run here. */
    private void failOrLetGo(Request request, Throwable trouble) {
        try {
            fail(request, "could not be forced to the device", trouble);
        } catch (Throwable noMemory) {
            request.future.completeExceptionally(trouble);
        }
    }

    private void fail(Request request, String what, @Nullable Throwable cause) {
        // One exception each: whoever throws it may add to it.
        completions.fail(request.future, new LogStoreException("Record " + request.sequence + " " + what, cause));
    }

    /** Forces all that is published when it is called to the device. */
    @FunctionalInterface
    interface Force {
        void force() throws IOException;
    }

    /** A future and the record that it waits for. */
    private record Request(long sequence, CompletableFuture<LogReceipt> future) {}
}
