package io.asynclog.consumer;

import io.asynclog.ErrorHandler;
import io.asynclog.FlushListener;
import io.asynclog.LogReceipt;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferStatus;
import io.asynclog.buffer.Cursor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Carries records from the buffer to the sinks: one {@linkplain SinkLoop loop} per sink, each with a cursor of its own,
 * so that all sinks flush in parallel and none waits for another. Completes the futures of what every required sink has
 * passed, or of what was stored.
 *
 * <p>Run by the manager; safe for any number of threads.
 */
public final class LogConsumer {
    /** Stands for the sinks that could not be started, where sinks are told apart by name. */
    public static final String UNOPENED = "unopened";

    private static final long ABORT_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final AsyncBuffer buffer;
    private final ErrorHandler errors;
    private final Completions completions;

    /** Null where nothing can be stored. */
    private final @Nullable GroupCommit groupCommit;

    /** Set once by {@link #start}. */
    private volatile List<SinkLoop> loops = List.of();

    /**
     * Creates a consumer that is not yet running.
     *
     * @param errors hears of sinks that fail, are stuck or recover
     */
    public LogConsumer(AsyncBuffer buffer, ErrorHandler errors) {
        this(buffer, errors, buffer.isDurable() ? buffer::force : null);
    }

    /** Creates a consumer that stores records by a given force, or none. */
    LogConsumer(AsyncBuffer buffer, ErrorHandler errors, GroupCommit.@Nullable Force force) {
        this.buffer = buffer;
        this.errors = errors;
        completions = new Completions(errors);
        groupCommit = force == null ? null : new GroupCommit(force, buffer::nextSequence, completions, errors);
    }

    /**
     * Opens a cursor for each sink, where it was or at the oldest record, and starts the loops. To be called once, or
     * again when it failed: then no cursor is left open, and nothing was read.
     *
     * @param sinks at least one
     * @param listeners hear of every flush
     */
    public void start(List<Sink> sinks, DeadLetters deadLetters, List<FlushListener> listeners) {
        start(sinks, deadLetters, listeners, true);
    }

    /**
     * Does the same with a part of the sinks, since the others could not be opened: what is theirs is kept by a buffer
     * in files, and futures that wait for the sinks fail.
     */
    public void startPartly(List<Sink> sinks, DeadLetters deadLetters, List<FlushListener> listeners) {
        start(sinks, deadLetters, listeners, false);
    }

    private void start(List<Sink> sinks, DeadLetters deadLetters, List<FlushListener> listeners, boolean all) {
        List<SinkLoop> started = new ArrayList<>(sinks.size());
        try {
            buffer.openingCursors();
            List<Cursor> required = new ArrayList<>();
            for (Sink sink : sinks) {
                SinkLoop loop = new SinkLoop(sink, buffer, completions, deadLetters, listeners, errors);
                started.add(loop);
                if (loop.cursor().isRequired()) {
                    required.add(loop.cursor());
                }
            }
            started.forEach(SinkLoop::start);
            if (all) {
                completions.start(List.copyOf(required));
            }
            buffer.cursorsOpened(all); // last: from here on segments are freed, and what absent sinks have left
        } catch (Throwable failure) { // there may be no thread for one of them
            started.forEach(SinkLoop::abort);
            completions.unfollow();
            buffer.closeCursors();
            throw failure;
        }
        loops = started;
        started.forEach(SinkLoop::begin);
    }

    /** Returns the buffer that is read. */
    public AsyncBuffer buffer() {
        return buffer;
    }

    /** Returns whether records can be stored, that is whether the buffer is durable. */
    public boolean canStore() {
        return groupCommit != null;
    }

    /**
     * Completes the future of a record whose outcome is known. Like its kin that follow, this may be called under the
     * buffer's lock: users' callbacks run on the completion thread.
     */
    public void complete(CompletableFuture<LogReceipt> future, LogReceipt receipt) {
        completions.complete(future, receipt);
    }

    /** Fails the future of a record whose outcome is known, or a barrier that cannot be registered. */
    public void fail(CompletableFuture<?> future, Throwable failure) {
        completions.fail(future, failure);
    }

    /** Completes the future with a receipt when the record with this sequence was forced to the device. */
    public void registerStored(long sequence, CompletableFuture<LogReceipt> future) {
        if (groupCommit == null) {
            completions.fail(
                    future,
                    new IllegalStateException("Record " + sequence
                            + " cannot be stored: the buffer is in memory. Set 'buffer.directory'."));
        } else {
            groupCommit.register(sequence, future);
        }
    }

    /** Completes the future with a receipt when every required sink has flushed the record with this sequence. */
    public void register(long sequence, RecordFuture future) {
        completions.register(sequence, future);
    }

    /** Completes the future when every required sink has flushed all records before this sequence. */
    public void registerBarrier(long endSequence, BarrierFuture future) {
        completions.registerBarrier(endSequence, future);
    }

    /** Looks after sinks that are stuck and callbacks that do not return. To be called once a second. */
    public void watch() {
        for (SinkLoop loop : loops) {
            loop.watch();
        }
        completions.watch();
    }

    /**
     * Drains a closed buffer, and stops the loops. To be called once, after {@link #start}, and before {@link #end}.
     *
     * @param timeoutNanos how long the sinks may take, all together; what is left then is kept for the next process by
     *     a buffer that outlives this one, else it counts as dropped
     */
    public void stop(long timeoutNanos) {
        long deadline = System.nanoTime() + timeoutNanos;
        loops.forEach(SinkLoop::stopWhenDrained);
        List<SinkLoop> late = awaitEnd(loops, deadline);
        if (!Thread.interrupted()) {
            stop(late, deadline);
            return;
        }
        try {
            stop(late, System.nanoTime()); // as if the time was over, with all that is still due then
        } finally {
            Thread.currentThread().interrupt();
        }
    }

    private void stop(List<SinkLoop> late, long deadline) {
        late.forEach(SinkLoop::reportUnfinished);
        late.forEach(SinkLoop::abort);
        awaitEnd(late, System.nanoTime() + ABORT_GRACE_NANOS);
        loops.forEach(SinkLoop::closeStats);
        if (groupCommit != null) {
            groupCommit.stop(Math.max(deadline - System.nanoTime(), ABORT_GRACE_NANOS));
        }
    }

    /**
     * Completes all futures that there are by now, the unflushed ones as failed. To be called once, after
     * {@link #stop}; from then on who brings a future completes what is ready himself.
     */
    public void end() {
        boolean interrupted = Thread.interrupted(); // it takes little time, and callbacks are to have theirs
        try {
            completions.stop(ABORT_GRACE_NANOS);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns the loops that have not ended by the deadline. */
    private static List<SinkLoop> awaitEnd(List<SinkLoop> awaited, long deadlineNanoTime) {
        List<SinkLoop> late = new ArrayList<>();
        boolean interrupted = false;
        for (SinkLoop loop : awaited) {
            long remaining = interrupted ? 0 : deadlineNanoTime - System.nanoTime();
            try {
                if (!loop.awaitEnd(remaining)) {
                    late.add(loop);
                }
            } catch (InterruptedException hurry) {
                interrupted = true; // whoever waits is to stop waiting now: take the deadline as passed
                late.add(loop);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return late;
    }

    /** Returns the control of a sink, or null when there is no sink of this name. */
    public @Nullable SinkControl control(String sink) {
        return loops.stream()
                .filter(loop -> loop.cursor().name().equals(sink))
                .findFirst()
                .map(SinkLoop::control)
                .orElse(null);
    }

    /**
     * Returns the level below which records do not go to a sink at present, or null when there is no sink of this name.
     */
    public @Nullable Level level(String sink) {
        SinkControl control = control(sink);
        return control == null ? null : control.level();
    }

    /** Returns the names of all sinks, in the order of their registration. */
    public List<String> sinks() {
        return loops.stream().map(loop -> loop.cursor().name()).toList();
    }

    /**
     * Returns the names of the sinks that have not passed every record before a sequence.
     *
     * @param onlyRequired whether to leave the best-effort ones out
     */
    public Set<String> behind(long endSequence, boolean onlyRequired) {
        return loops.stream()
                .map(SinkLoop::cursor)
                .filter(cursor -> cursor.sequence() < endSequence && (cursor.isRequired() || !onlyRequired))
                .map(Cursor::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns the figures of the buffer and of every sink. */
    public ConsumerStatus status() {
        List<SinkLoop> all = loops;
        List<SinkStats.Figures> figures = all.stream().map(SinkLoop::figures).toList();
        // After the sinks' figures: whatever these count was accepted by now.
        BufferStatus bufferStatus = buffer.status();
        List<SinkStatus> sinks = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            sinks.add(all.get(i).status(figures.get(i), bufferStatus.accepted()));
        }
        return new ConsumerStatus(bufferStatus, List.copyOf(sinks));
    }
}
