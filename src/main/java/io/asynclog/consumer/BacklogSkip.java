package io.asynclog.consumer;

import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.Cursor;
import io.asynclog.buffer.SegmentBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.event.Level;

/**
 * Passes the oldest records of a sink without giving them to it. Belongs to the thread of the sink's loop, like its
 * cursor.
 */
final class BacklogSkip {
    private static final long PUBLICATION_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Cursor cursor;
    private final AsyncBuffer buffer;
    private final SinkStats stats;
    private final Completions completions;

    BacklogSkip(Cursor cursor, AsyncBuffer buffer, SinkStats stats, Completions completions) {
        this.cursor = cursor;
        this.buffer = buffer;
        this.stats = stats;
        this.completions = completions;
    }

    /**
     * Does what was asked for, or refuses.
     *
     * @param aborted whether to stop at once
     */
    void answer(SkipRequest request, BooleanSupplier aborted) {
        try {
            long depth = stats.figures().depth(cursor.recovered() + buffer.accepted());
            if (request.records() > depth) {
                request.refuse(new IllegalArgumentException("Sink '" + cursor.name() + "' has " + depth
                        + " pending records, fewer than the " + request.records() + " to be skipped"));
            } else {
                request.fulfil(drop(request.records(), aborted));
            }
        } catch (Throwable failure) {
            request.refuse(failure); // the engine's own: who waits has to know, and so has the loop
            throw failure;
        }
    }

    private long drop(long count, BooleanSupplier aborted) {
        // Records that come from here on are not among those that were counted. Without damage there are always enough
        // before.
        long end = buffer.nextSequence();
        CancellationException reason =
                new CancellationException("Dropped by request, with " + count + " records of sink " + cursor.name());
        long left = count;
        while (left > 0 && cursor.sequence() < end && !aborted.getAsBoolean()) {
            if (cursor.read(Level.TRACE, true)) {
                left -= dropBatch(left, reason);
            } else {
                LockSupport.parkNanos(this, PUBLICATION_NANOS); // claimed, and about to be published
            }
        }
        return count - Math.max(0, left);
    }

    private long dropBatch(long most, CancellationException reason) {
        SegmentBatch batch = cursor.batch();
        long lagged = cursor.lagged(); // a best-effort sink is told to leave these out anyway
        int size = batch == null ? 0 : batch.size();
        int taken = (int) Math.min(size, Math.max(0, most - lagged));
        if (batch != null && taken > 0) {
            tellFutures(batch, taken, reason);
        }
        stats.passedOver(0, lagged);
        stats.skipped(taken);
        if (taken == size) {
            cursor.pass();
        } else {
            cursor.passBefore(taken);
        }
        completions.onPassed();
        return lagged + taken;
    }

    private void tellFutures(SegmentBatch batch, int taken, CancellationException reason) {
        if (!cursor.isRequired()) {
            return;
        }
        List<Long> awaited = new ArrayList<>();
        for (int i = 0; i < taken; i++) {
            long sequence = batch.sequence(i);
            if (batch.isAwaited(i) && !cursor.isRecovered(sequence)) {
                awaited.add(sequence);
            }
        }
        completions.recordsFailed(cursor.name(), batch.sequence(0), awaited, reason);
    }
}
