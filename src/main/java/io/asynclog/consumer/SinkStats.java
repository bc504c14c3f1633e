package io.asynclog.consumer;

import io.asynclog.buffer.SegmentBatch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a sink has done so far. Written by its loop a few times per batch, read by whoever asks: all under this object's
 * lock, so that a reader sees figures that belong together.
 */
final class SinkStats {
    /** The most records of one flush whose delivery latency is measured. */
    private static final int MAX_SAMPLES = 64;

    private final LatencyRecorder flushLatency = new LatencyRecorder();
    private final LatencyRecorder deliveryLatency = new LatencyRecorder();
    private long flushed;
    private long failed;
    private long lagged;
    private long skipped;
    private long leftAtShutdown;
    private long filtered;
    private long retries;
    private long batches;
    private long failedFlushes;
    private SinkStatus.@Nullable Failure lastFailure;
    private boolean closed;

    /**
     * Allocates what counting needs ahead of a flush: one that could not be counted for lack of memory would be made
     * again.
     */
    synchronized void prepare() {
        flushLatency.prepare();
        deliveryLatency.prepare();
    }

    /** Counts a batch that was flushed; returns false when the counting has ended, and it does not count. */
    synchronized boolean flushed(SegmentBatch batch, long flushNanos, long endEpochNanos) {
        if (closed) {
            return false;
        }
        flushLatency.record(flushNanos);
        recordDelivery(batch, endEpochNanos);
        flushed += batch.early() ? 0 : batch.size(); // what went through early comes again in its turn
        batches++;
        return true;
    }

    /**
     * Records how long each record was under way. In a large batch a record stands for those next behind it, which were
     * logged about then: to look at each takes 4 ns a record, which a fast sink would feel.
     */
    private void recordDelivery(SegmentBatch batch, long endEpochNanos) {
        int size = batch.size();
        int step = (size + MAX_SAMPLES - 1) / MAX_SAMPLES;
        for (int i = 0; i < size; i += step) {
            deliveryLatency.record(endEpochNanos - batch.epochNanos(i), Math.min(step, size - i));
        }
    }

    /** Counts a flush that failed, with the description of what was thrown: foreign code, which no lock is held for. */
    synchronized void flushFailed(String description) {
        failedFlushes++;
        lastFailure = new SinkStatus.Failure(Instant.now(), description);
    }

    synchronized void retried() {
        retries++;
    }

    synchronized void recordFailed() {
        failed += closed ? 0 : 1;
    }

    synchronized void passedOver(long filteredRecords, long laggedRecords) {
        if (!closed) {
            filtered += filteredRecords;
            lagged += laggedRecords;
        }
    }

    /** Counts records that somebody asked to skip. */
    synchronized void skipped(long records) {
        if (!closed) {
            skipped += records;
        }
    }

    /**
     * Ends the counting, once: what a hanging flush still achieves after this is not counted. What was counted of a
     * batch that was being taken apart stays flushed here, though the loop does not pass it any more: a buffer in files
     * gives it to the next process once again, as at least once allows.
     *
     * @param total how many records there were for the sink
     * @param kept whether what is left is kept for the next process; else it counts as dropped
     */
    synchronized void close(long total, boolean kept) {
        if (closed) {
            return;
        }
        closed = true;
        if (!kept) {
            leftAtShutdown = figures().depth(total);
        }
    }

    /** Returns whether the counting has ended. */
    synchronized boolean isClosed() {
        return closed;
    }

    synchronized Figures figures() {
        return new Figures(
                flushed,
                failed,
                new SinkStatus.Dropped(lagged, skipped, leftAtShutdown),
                filtered,
                retries,
                batches,
                failedFlushes,
                flushLatency.summary(),
                deliveryLatency.summary(),
                lastFailure);
    }

    /** What was counted up to one moment; see {@link SinkStatus} for each. */
    record Figures(
            long flushed,
            long failed,
            SinkStatus.Dropped dropped,
            long filtered,
            long retries,
            long batches,
            long failedFlushes,
            LatencySummary flushLatency,
            LatencySummary deliveryLatency,
            SinkStatus.@Nullable Failure lastFailure) {
        /** Returns how many records are pending, of all that there were for the sink. */
        long depth(long total) {
            return total - flushed - failed - dropped.total() - filtered;
        }
    }
}
