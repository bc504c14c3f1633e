package io.asynclog.consumer;

import io.asynclog.ErrorHandler;
import io.asynclog.LogRecord;
import io.asynclog.buffer.Cursor;
import io.asynclog.buffer.SegmentBatch;
import java.util.List;

/** Gives up records of one sink for good, and tells whom it concerns. Used by the sink's loop. */
final class Refusals {
    private final String sink;
    private final Cursor cursor;
    private final SinkStats stats;
    private final Completions completions;
    private final DeadLetters deadLetters;
    private final ErrorHandler errors;

    Refusals(
            String sink,
            Cursor cursor,
            SinkStats stats,
            Completions completions,
            DeadLetters deadLetters,
            ErrorHandler errors) {
        this.sink = sink;
        this.cursor = cursor;
        this.stats = stats;
        this.completions = completions;
        this.deadLetters = deadLetters;
        this.errors = errors;
    }

    /** Gives up the record at an index of a batch. */
    void refuse(SegmentBatch batch, int index, Throwable failure) {
        long sequence = batch.sequence(index);
        SegmentBatch slice = batch.slice(index, index + 1);
        LogRecord record = slice.get(0);
        try {
            deadLetters.accept(sink, record, failure);
        } catch (Throwable letterFailure) {
            errors.report(
                    "Record " + sequence + " of sink '" + sink + "' could not be kept as a dead letter", letterFailure);
        } finally {
            slice.release();
        }
        if (cursor.isRequired()) {
            boolean awaited = batch.isAwaited(index) && !cursor.isRecovered(sequence); // those who waited are gone
            completions.recordsFailed(sink, sequence, awaited ? List.of(sequence) : List.of(), failure);
        }
        errors.report("Sink '" + sink + "' refused record " + sequence + " for good", failure);
        stats.recordFailed(); // last: what breaks off before, for want of memory say, comes again
    }
}
