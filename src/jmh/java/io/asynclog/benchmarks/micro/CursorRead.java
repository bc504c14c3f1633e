package io.asynclog.benchmarks.micro;

import io.asynclog.LogRecord;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.Cursor;
import io.asynclog.buffer.SegmentBatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.event.Level;

/**
 * What a sink's loop pays for a record before the sink does anything with it. The records are in the processor's cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CursorRead {
    private static final int BATCH = 512;

    private final AsyncBuffer buffer = Records.newBuffer();
    private final Cursor cursor = buffer.openCursor("read", true, Thread.currentThread(), BATCH);
    private final byte[] bytes = new byte[256];

    /** Fills the buffer with a batch, which is read again and again, as it is never passed. */
    @Setup
    public void fill() {
        for (int i = 0; i < BATCH; i++) {
            long ignored = buffer.push(Records.encoded(buffer));
        }
    }

    /** Finds the records. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int read() {
        return batch().size();
    }

    /** Finds the records and copies their messages. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int readMessages() {
        int length = 0;
        for (LogRecord record : batch()) {
            length += record.copyUtf8(LogRecord.Text.MESSAGE, bytes, 0);
        }
        return length;
    }

    private SegmentBatch batch() {
        SegmentBatch batch = cursor.read(Level.TRACE, true) ? cursor.batch() : null;
        if (batch == null || batch.size() != BATCH) {
            throw new IllegalStateException("There is no whole batch");
        }
        return batch;
    }
}
