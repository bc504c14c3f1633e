package io.asynclog.benchmarks.micro;

import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.RecordEncoder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.event.Level;

/** Putting a record together, up to the moment at which its place is claimed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class Encoding {
    private final byte[] name = RecordEncoder.encodeLoggerName("com.example.orders.OrderService");
    private final RecordEncoder encoder =
            new AsyncBuffer(BufferOptions.defaults(), Runnable::run, (message, cause) -> {}).leaseEncoder();

    /** The beginning, which holds the thread's name, and the message. */
    @Benchmark
    public RecordEncoder encode(CallArguments arguments) {
        Object[] values = arguments.values;
        encoder.begin(Level.INFO, name, 0, Thread.currentThread());
        switch (values.length) {
            case 0 -> encoder.message(arguments.template);
            case 1 -> encoder.message(arguments.template, 1, values[0], null, null, null);
            case 2 -> encoder.message(arguments.template, 2, values[0], values[1], null, null);
            case 3 -> encoder.message(arguments.template, 3, values[0], values[1], values[2], null);
            case 4 -> encoder.message(arguments.template, 4, values[0], values[1], values[2], values[3]);
            default -> encoder.message(arguments.template, values.length, values);
        }
        return encoder;
    }
}
