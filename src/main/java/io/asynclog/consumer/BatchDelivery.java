package io.asynclog.consumer;

import io.asynclog.buffer.Cursor;
import io.asynclog.buffer.SegmentBatch;
import java.util.function.BooleanSupplier;

/**
 * Brings batches to one sink, in rounds: each round is one attempt, or takes the batch apart, and says how many records
 * from the front are settled, that is flushed or refused for good. The rest comes again with the next round.
 *
 * <pre>
 *   TOGETHER --(max-attempts failures in a row)--&gt; halve until the first record that fails stands alone --&gt; ALONE
 *   TOGETHER --(the same, and nothing goes through)--&gt; the sink is down: ALONE, futures are told
 *   ALONE ----(it goes through)--&gt; TOGETHER
 *   ALONE ----(max-attempts failures, but others go through)--&gt; refused for good --&gt; TOGETHER
 *   ALONE ----(max-attempts failures, and nothing goes through)--&gt; the sink is down: ALONE, futures are told
 * </pre>
 */
final class BatchDelivery {
    private static final long NONE = -1;

    private final Sink sink;
    private final Cursor cursor;
    private final SinkCall call;
    private final SinkStats stats;
    private final Completions completions;
    private final PoisonSearch poison;
    private final BooleanSupplier aborted;
    private final int maxAttempts;

    /** The sequence of the record that stands alone, or {@link #NONE}. */
    private long suspect = NONE;
    /** Failures of the batch or of the record that stands alone. */
    private int failures;

    BatchDelivery(
            Sink sink,
            Cursor cursor,
            SinkCall call,
            SinkStats stats,
            Completions completions,
            Refusals refusals,
            BooleanSupplier aborted) {
        this.sink = sink;
        this.cursor = cursor;
        this.call = call;
        this.stats = stats;
        this.completions = completions;
        this.aborted = aborted;
        poison = new PoisonSearch(cursor, call, refusals, aborted);
        maxAttempts = sink.options().retry().maxAttempts();
    }

    /** Does one round with a batch and returns how many of its records are settled, 0 to its size. */
    int round(SegmentBatch batch) {
        if (call.isFailing()) {
            stats.retried();
        }
        if (suspect != NONE && suspect != batch.sequence(0)) {
            forgetSuspect(); // it was passed over: by its level, say
        }
        return suspect == NONE ? roundTogether(batch) : roundAlone(batch);
    }

    private int roundTogether(SegmentBatch batch) {
        Throwable failure = call.flush(batch);
        if (failure == null) {
            failures = 0;
            return batch.size();
        }
        if (++failures < maxAttempts || aborted.getAsBoolean()) {
            return 0;
        }
        if (batch.size() == 1) {
            suspect = batch.sequence(0);
            return giveUp(batch, failure); // it has been alone all the time
        }
        return isolate(batch);
    }

    /**
     * Flushes what lies before the first record that fails, which is then the next to come, and to come alone. Stops in
     * the midst of that when aborted: after the shutdown nothing is flushed.
     *
     * <p>Where nothing goes through, the futures are told now: that the first record has all its attempts to come is
     * for its own sake, in case that it is refused, and takes longer than anybody is to wait for a sink that is down.
     */
    private int isolate(SegmentBatch batch) {
        int begin = 0;
        try {
            Throwable failure = call.flush(batch.slice(0, 1));
            if (failure == null) {
                begin = 1;
                // Everything before begin is flushed, and some record from begin to end fails.
                for (int end = batch.size(); end - begin > 1 && !aborted.getAsBoolean(); ) {
                    int middle = (begin + end) >>> 1;
                    if (call.flush(batch.slice(begin, middle)) == null) {
                        begin = middle;
                    } else {
                        end = middle;
                    }
                }
            } else if (!sink.mayRefuse() || !poison.isSinkAlive(batch)) {
                tellDown(failure);
            }
        } catch (OutOfMemoryError noMemoryForASlice) {
            if (begin == 0) {
                throw noMemoryForASlice;
            }
            // What was flushed is counted, and is to be passed; the search goes on with the first that was not.
        }
        suspect = batch.sequence(begin);
        failures = 0;
        return begin;
    }

    private int roundAlone(SegmentBatch batch) {
        Throwable failure = call.flush(batch.slice(0, 1));
        if (failure == null) {
            forgetSuspect();
            return 1;
        }
        return ++failures < maxAttempts || aborted.getAsBoolean() ? 0 : giveUp(batch, failure);
    }

    /** Decides on the first record of the batch, which has failed alone to the last attempt. */
    private int giveUp(SegmentBatch batch, Throwable failure) {
        int settled = sink.mayRefuse() ? poison.settle(batch) : 0;
        if (settled > 0) {
            forgetSuspect();
        } else {
            tellDown(failure);
        }
        return settled;
    }

    private void tellDown(Throwable failure) {
        if (aborted.getAsBoolean()) {
            return; // what was not tried says nothing
        }
        call.noteDown(failure);
        if (cursor.isRequired()) {
            completions.failWaitingFor(cursor, failure);
        }
    }

    /** Goes back to whole batches: the record that stood alone is settled, or was skipped. */
    void forgetSuspect() {
        suspect = NONE;
        failures = 0;
    }
}
