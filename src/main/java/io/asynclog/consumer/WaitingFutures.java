package io.asynclog.consumer;

import io.asynclog.buffer.Cursor;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * The futures that wait for the sinks, and what sinks refused of what they wait for. A future is ready when every
 * required cursor has passed its place, or it was given to be failed.
 *
 * <p>Safe for several threads. Nothing is completed here: whoever takes a future that is ready completes it, outside
 * the lock.
 */
final class WaitingFutures {
    /** Set before the loops begin, if all sinks have one; null until then, when nothing counts as flushed. */
    private volatile @Nullable List<Cursor> required;

    private final PendingQueue line = new PendingQueue();

    /** Guards all below, and the line but for what is said there. */
    private final Object lock = new Object();

    /** Futures that are to fail at once. They stay in the line until then. */
    private final Queue<PendingFuture<?>> failing = new ArrayDeque<>();
    /** What sinks threw for awaited records that they refused, by sequence. */
    private final Map<Long, Map<String, Throwable>> refused = new HashMap<>();
    /**
     * Records whose futures have failed before all sinks had passed them, as a sink is away. Should one of these be
     * refused yet, nobody is left to be told. The futures themselves, their exceptions and whatever users hung on them
     * must not stay in memory for as long as the sink is away.
     */
    private final SequenceRuns failedEarly = new SequenceRuns();

    /** Whether the loops of the sinks have ended, so that nothing more is flushed: then every future is ready. */
    private volatile boolean ended;

    /** Sets the cursors that futures wait for; null when there are none yet, or no more. */
    void follow(@Nullable List<Cursor> requiredCursors) {
        required = requiredCursors;
    }

    /** Has every future be ready from now on, the unflushed ones to fail. */
    void end() {
        ended = true;
    }

    /** Puts a future in line. The caller then looks whether it {@linkplain #isPassed is passed}. */
    void add(PendingFuture<?> future) {
        line.add(future);
    }

    /** Returns whether every required sink has passed a record. */
    boolean isPassed(long sequence) {
        return sequence < flushedSequence();
    }

    /** Has the sinks that have not passed a record look for it, for it is waited for. */
    void hurry(long sequence) {
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

    /** Returns whether there may be one that is passed; surely so when there is one that was added before. */
    boolean mayHavePassed() {
        return line.mayHaveBefore(flushedSequence());
    }

    /** Returns whether there may be any; surely so when there is one that was added before. */
    boolean mayHaveAny() {
        return line.mayHaveBefore(Long.MAX_VALUE);
    }

    /**
     * Notes that a sink will never have some records; see {@link Completions#recordsFailed}. The caller then looks for
     * what is ready: futures that were just put in line may have been passed meanwhile.
     */
    void recordsFailed(String sink, long first, List<Long> awaited, Throwable failure) {
        synchronized (lock) {
            line.drainInbox();
            for (Long sequence : awaited) {
                if (failedEarly.contains(sequence)) {
                    continue;
                }
                refused.computeIfAbsent(sequence, key -> new LinkedHashMap<>()).putIfAbsent(sink, failure);
            }
            line.forEach(future -> {
                if (future.isBarrier() && future.sequence >= first) {
                    future.addFailure(sink, failure);
                }
            });
        }
    }

    /** Gives all futures to be failed that wait for a sink which takes nothing at present. They are ready with that. */
    void failWaitingFor(Cursor cursor, Throwable failure) {
        synchronized (lock) {
            line.drainInbox();
            line.forEach(future -> {
                if (future.sequence >= cursor.sequence() && !future.failureQueued) {
                    future.addFailure(cursor.name(), failure);
                    failing.add(future);
                    future.failureQueued = true; // behind what there may be no memory for
                }
            });
        }
    }

    /** Takes a future that is ready, or returns null when there is none. */
    @Nullable
    PendingFuture<?> pollReady() {
        synchronized (lock) {
            line.drainInbox();
            PendingFuture<?> failed = failing.peek();
            if (failed != null) {
                if (!failed.isBarrier()) {
                    refused.getOrDefault(failed.sequence, Map.of()).forEach(failed::addFailure);
                    failedEarly.add(failed.sequence);
                    refused.remove(failed.sequence); // behind what there may be no memory for
                }
                line.remove(failed);
                return failing.remove();
            }
            PendingFuture<?> first = line.first();
            if (first == null || !(ended || isPassed(first.sequence))) {
                failedEarly.forgetBefore(flushedSequence());
                line.publishFirst(); // a cursor that moves from here on sees the line
                return null;
            }
            addFailures(first); // before it is taken out: there may be no memory for them
            noteWhetherTaken(first);
            line.removeFirst();
            return first;
        }
    }

    /** Adds what has failed of what a future waits for, once nothing more is flushed. */
    void addFailuresAtEnd(PendingFuture<?> future) {
        synchronized (lock) {
            addFailures(future);
            noteWhetherTaken(future);
        }
    }

    private void noteWhetherTaken(PendingFuture<?> ready) {
        if (ready instanceof RecordFuture future) {
            future.taken = isTaken(future.sequence, future.level());
        }
    }

    /**
     * Returns whether any required sink was given a record that all have passed, and did not leave it out by its level.
     */
    private boolean isTaken(long sequence, Level level) {
        List<Cursor> cursors = required;
        if (cursors == null) {
            return false; // and the future fails
        }
        for (Cursor cursor : cursors) {
            if (cursor.takes(sequence, level)) {
                return true;
            }
        }
        return false;
    }

    private void addFailures(PendingFuture<?> ready) {
        Map<String, Throwable> failures = ready.isBarrier() ? null : refused.get(ready.sequence);
        if (failures != null) {
            failures.forEach(ready::addFailure);
            refused.remove(ready.sequence); // behind it, for the same reason
        }
        if (ended) {
            addUnflushed(ready);
        }
    }

    private void addUnflushed(PendingFuture<?> ready) {
        List<Cursor> cursors = required;
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
}
