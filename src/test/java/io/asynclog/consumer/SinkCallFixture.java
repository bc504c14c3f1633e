package io.asynclog.consumer;

import io.asynclog.FlushFunction;
import io.asynclog.RecordedErrors;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.Cursor;
import io.asynclog.buffer.EpochClock;
import io.asynclog.buffer.RecordEncoder;
import java.util.List;
import org.slf4j.event.Level;

/** The calls of one sink without a loop, always with the same record. */
final class SinkCallFixture {
    final RecordedErrors errors = new RecordedErrors();
    final Sink sink;
    final SinkCall call;
    private final Cursor cursor;
    private final SinkStats stats = new SinkStats();

    SinkCallFixture(FlushFunction function, SinkOptions options) {
        AsyncBuffer buffer = new AsyncBuffer(BufferOptions.defaults(), Runnable::run, errors);
        sink = new Sink("called", function, options, true);
        cursor = buffer.openCursor(sink.name(), true, Thread.currentThread(), 1);
        call = new SinkCall(
                sink, cursor, new EpochClock(), stats, new FlushListeners(sink.name(), List.of(), errors), errors);
        RecordEncoder record = buffer.leaseEncoder();
        record.begin(Level.INFO, RecordEncoder.encodeLoggerName("logger"), 1, Thread.currentThread());
        record.message("m");
        buffer.push(record);
    }

    /** Returns whether the sink flushed the record. */
    boolean flush() {
        stats.prepare();
        cursor.read(Level.TRACE, true);
        return call.flush(cursor.batch()) == null;
    }
}
