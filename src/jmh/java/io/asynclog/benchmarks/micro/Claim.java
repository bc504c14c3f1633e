package io.asynclog.benchmarks.micro;

import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.Cursor;
import io.asynclog.buffer.RecordEncoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.event.Level;

/**
 * Claim, fill and publish of a record that is ready, by one to four threads at once, while one more thread drains the
 * buffer. A buffer that is full makes callers wait: what is measured then is the slower of the two sides.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class Claim {
    private static final int BATCH = 512;
    private static final long NAP_NANOS = 50_000;

    private final AsyncBuffer buffer = Records.newBuffer();
    private final Thread drain = new Thread(this::drain, "drain");
    private final Cursor cursor = buffer.openCursor("drain", true, drain, BATCH);
    private volatile boolean stopped;

    /** Starts to drain. */
    @Setup
    public void start() {
        buffer.cursorsOpened(true);
        drain.start();
    }

    /** Ends. */
    @TearDown
    public void stop() throws InterruptedException {
        stopped = true;
        drain.join();
        if (buffer.status().dropped() > 0) {
            throw new IllegalStateException("Records were dropped");
        }
    }

    private void drain() {
        while (!stopped) {
            if (cursor.read(Level.TRACE, true)) {
                cursor.pass();
            } else {
                cursor.sleep(NAP_NANOS);
            }
        }
    }

    /** One thread. */
    @Benchmark
    @Threads(1)
    public long one(Producer producer) {
        return buffer.push(producer.record);
    }

    /** Two threads. */
    @Benchmark
    @Threads(2)
    public long two(Producer producer) {
        return buffer.push(producer.record);
    }

    /** Four threads. */
    @Benchmark
    @Threads(4)
    public long four(Producer producer) {
        return buffer.push(producer.record);
    }

    /** What a thread pushes, over and over. */
    @State(Scope.Thread)
    public static class Producer {
        private final RecordEncoder record = Records.encoded(Records.newBuffer());
    }
}
