package io.asynclog.consumer;

import io.asynclog.ErrorHandler;
import io.asynclog.LogRecord;
import io.asynclog.buffer.Cursor;
import io.asynclog.buffer.EpochClock;
import io.asynclog.buffer.SegmentBatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Brings batches to one sink, in rounds: each round is one attempt, or takes the batch apart, and says how many records
 * from the front are settled, that is flushed or refused for good. The rest comes again with the next round.
 *
 * <pre>
 *   TOGETHER --(max-attempts failures in a row)--&gt; halve until the first record that fails stands alone --&gt; ALONE
 *   ALONE ----(it goes through)--&gt; TOGETHER
 *   ALONE ----(max-attempts failures, but others go through)--&gt; refused for good --&gt; TOGETHER
 *   ALONE ----(max-attempts failures, and nothing goes through)--&gt; the sink is down: ALONE, futures are told
 * </pre>
 *
 * <p>What tells a poisonous record from a dead sink is whether others go through. A record is given up only when one
 * did and it failed again; a dead sink keeps its records, and those who wait for them are told that it takes none. Only
 * a few others are tried in a round, for a dead sink is not to be hammered: the next ones, since poisonous records
 * mostly stand alone, and some picked at random from all over the batch, so that no run or pattern of poisonous records
 * looks like a dead sink for ever.
 */
final class BatchDelivery {
    private static final int PROBES_NEXT = 3;
    private static final int PROBES_ANYWHERE = 3;
    /** How often a record must fail, with the sink known to be alive, to be refused for good. */
    private static final int LAST_ATTEMPTS = 2;

    private final Sink sink;
    private final Cursor cursor;
    private final EpochClock clock;
    private final SinkStats stats;
    private final Completions completions;
    private final DeadLetters deadLetters;
    private final FlushListeners listeners;
    private final ErrorHandler errors;
    private final int maxAttempts;

    private boolean alone;
    /** The sequence of the record that stands alone. */
    private long suspect;
    /** Whether a record went through since the suspect first failed. */
    private boolean alive;
    /** Failures of the batch or of the record that stands alone. */
    private int failures;
    /** Failures since anything went through. */
    private int failuresInARow;

    private boolean down;
    private @Nullable Throwable lastFailure;

    /** When the flush under way began, by {@link System#nanoTime}, made odd; 0 when none is. Read by other threads. */
    private volatile long flushingSince;

    BatchDelivery(
            Sink sink,
            Cursor cursor,
            EpochClock clock,
            SinkStats stats,
            Completions completions,
            DeadLetters deadLetters,
            FlushListeners listeners,
            ErrorHandler errors) {
        this.sink = sink;
        this.cursor = cursor;
        this.clock = clock;
        this.stats = stats;
        this.completions = completions;
        this.deadLetters = deadLetters;
        this.listeners = listeners;
        this.errors = errors;
        this.maxAttempts = sink.options().retry().maxAttempts();
    }

    /** Does one round with a batch and returns how many of its records are settled, 0 to its size. */
    int round(SegmentBatch batch) {
        if (failuresInARow > 0) {
            stats.retried();
        }
        if (alone && batch.sequence(0) != suspect) {
            forgetSuspect(); // it was passed over: by its level, say
        }
        return alone ? roundAlone(batch) : roundTogether(batch);
    }

    /** Returns how long to wait before the next round, zero when the last one went well. */
    Duration pause() {
        if (failuresInARow == 0) {
            return Duration.ZERO;
        }
        long nanos = sink.options().retry().delayAfter(failuresInARow).toNanos();
        return Duration.ofNanos(nanos - ThreadLocalRandom.current().nextLong(nanos / 2 + 1));
    }

    boolean isRetrying() {
        return failuresInARow > 0;
    }

    /** Returns for how long the flush under way has lasted, 0 when none is. For any thread. */
    long flushingNanos() {
        long since = flushingSince;
        return since == 0 ? 0 : Math.max(1, System.nanoTime() - since);
    }

    private int roundTogether(SegmentBatch batch) {
        Throwable failure = attempt(batch);
        if (failure == null) {
            failures = 0;
            return batch.size();
        }
        if (++failures < maxAttempts) {
            return 0;
        }
        return isolate(batch);
    }

    /** Flushes what lies before the first record that fails, which is then the next to come, and to come alone. */
    private int isolate(SegmentBatch batch) {
        alone = true;
        suspect = batch.sequence(0);
        if (batch.size() == 1) {
            alive = false;
            return giveUp(batch); // it has been alone all the time
        }
        int begin = 0;
        if (attempt(batch.slice(0, 1)) == null) {
            begin = 1;
            // Everything before begin is flushed, and some record from begin to end fails.
            for (int end = batch.size(); end - begin > 1; ) {
                int middle = (begin + end) >>> 1;
                if (attempt(batch.slice(begin, middle)) == null) {
                    begin = middle;
                } else {
                    end = middle;
                }
            }
        }
        suspect = batch.sequence(begin);
        alive = begin > 0;
        failures = 0;
        return begin;
    }

    private int roundAlone(SegmentBatch batch) {
        if (attempt(batch.slice(0, 1)) == null) {
            return settle(1);
        }
        return ++failures < maxAttempts ? 0 : giveUp(batch);
    }

    /**
     * Decides on the first record of the batch, which has failed alone to the last attempt, by the records behind it.
     */
    private int giveUp(SegmentBatch batch) {
        Throwable failure = lastFailure;
        if (failure == null) {
            return 0;
        }
        if (sink.mayRefuse()) {
            if (batch.size() == 1 && alive) {
                refuse(batch, 0, failure);
                return settle(1);
            }
            int passed = probe(batch);
            if (passed > 0) {
                return refuseUpTo(batch, passed);
            }
        }
        noteDown(failure);
        return 0;
    }

    /** Tries a few records behind the first, and returns the index of one that went through, or 0 when none did. */
    private int probe(SegmentBatch batch) {
        int next = Math.min(batch.size(), 1 + PROBES_NEXT);
        for (int i = 1; i < next; i++) {
            if (attempt(batch.slice(i, i + 1)) == null) {
                return i;
            }
        }
        for (int probes = 0; probes < PROBES_ANYWHERE && next < batch.size(); probes++) {
            int i = ThreadLocalRandom.current().nextInt(next, batch.size());
            if (attempt(batch.slice(i, i + 1)) == null) {
                return i;
            }
        }
        return 0;
    }

    /**
     * Refuses the records before one that went through, unless they go through as well now: the sink may just have come
     * back, or they were none of the poisonous ones. Then the rest comes again in order, and that one, which came
     * early, a second time. Where several are to be refused, that one is tried again before each further one: a sink
     * that has gone down meanwhile keeps the rest.
     */
    private int refuseUpTo(SegmentBatch batch, int passed) {
        for (int i = 0; i < passed; i++) {
            Throwable failure = attempt(batch.slice(i, i + 1));
            for (int attempts = 1; failure != null && attempts < LAST_ATTEMPTS; attempts++) {
                failure = attempt(batch.slice(i, i + 1));
            }
            if (failure == null) {
                stats.comesAgain();
                return settle(i + 1);
            }
            if (i > 0) {
                boolean goesThrough = attempt(batch.slice(passed, passed + 1)) == null;
                stats.comesAgain(); // counted once more if it does; else counted once, and it comes again in its turn
                if (!goesThrough) {
                    suspect = batch.sequence(i);
                    return i;
                }
            }
            refuse(batch, i, failure);
        }
        return settle(passed + 1);
    }

    private int settle(int count) {
        forgetSuspect();
        return count;
    }

    /** Goes back to whole batches: the record that stood alone is settled, or was skipped. */
    void forgetSuspect() {
        alone = false;
        failures = 0;
    }

    private void noteDown(Throwable failure) {
        if (!down) {
            down = true;
            errors.report("Sink '" + sink.name() + "' takes nothing; its records wait until it does", failure);
        }
        if (cursor.isRequired()) {
            completions.failWaitingFor(cursor, failure);
        }
    }

    private void refuse(SegmentBatch batch, int index, Throwable failure) {
        long sequence = batch.sequence(index);
        SegmentBatch slice = batch.slice(index, index + 1);
        LogRecord record = slice.get(0);
        try {
            deadLetters.accept(sink.name(), record, failure);
        } catch (Throwable letterFailure) {
            errors.report(
                    "Record " + sequence + " of sink '" + sink.name() + "' could not be kept as a dead letter",
                    letterFailure);
        } finally {
            slice.release();
        }
        stats.recordFailed();
        if (cursor.isRequired()) {
            boolean awaited = batch.isAwaited(index) && !cursor.isRecovered(sequence); // those who waited are gone
            completions.recordsFailed(sink.name(), sequence, awaited ? List.of(sequence) : List.of(), failure);
        }
        errors.report("Sink '" + sink.name() + "' refused record " + sequence + " for good", failure);
    }

    /** Calls the sink. Whatever it throws, an {@link Error} included, is its failure and nobody else's. */
    private @Nullable Throwable attempt(SegmentBatch batch) {
        cursor.attempt(batch);
        long begin = System.nanoTime();
        flushingSince = begin | 1;
        Throwable failure = null;
        try {
            sink.function().flush(batch);
        } catch (Throwable thrown) {
            failure = thrown;
        } finally {
            flushingSince = 0;
            batch.release();
        }
        long nanos = System.nanoTime() - begin;
        if (failure == null) {
            long end = clock.epochNanos();
            stats.flushed(batch, nanos, end);
            succeeded();
            listeners.flushed(nanos, Math.max(0, end - batch.epochNanos(0)));
        } else {
            stats.flushFailed(failure);
            failed(failure);
            listeners.flushFailed(nanos);
        }
        return failure;
    }

    private void succeeded() {
        if (failuresInARow > 0) {
            if (down) {
                errors.report(
                        "Sink '" + sink.name() + "' takes records again after " + failuresInARow + " failures", null);
            }
            failuresInARow = 0;
            down = false;
        }
        alive = true;
    }

    private void failed(Throwable failure) {
        lastFailure = failure;
        if (failuresInARow++ == 0) {
            errors.report("Sink '" + sink.name() + "' failed and is retried", failure);
        }
    }
}
