package io.asynclog.benchmarks.micro;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import java.time.Duration;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole log call, by number and kind of its arguments, beside a sink that takes records and does nothing with them.
 * The array of five and more arguments exists before the call; in a service the compiler makes one at each call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class LogCall {
    private final AsyncLogManager manager =
            AsyncLogManager.builder().sink("none", batch -> {}).build();
    private final AsyncLogger log = manager.getLogger("com.example.orders.OrderService");

    /** Starts the engine. */
    @Setup
    public void start() {
        manager.initialize();
    }

    /** Stops the engine; a record that was dropped would have made the calls look cheaper than they are. */
    @TearDown
    public void stop() {
        long dropped = manager.shutdown(Duration.ofSeconds(10)).dropped();
        if (dropped > 0) {
            throw new IllegalStateException(dropped + " records were dropped");
        }
    }

    /** A call that is enabled. */
    @Benchmark
    public void info(CallArguments arguments) {
        Object[] values = arguments.values;
        switch (values.length) {
            case 0 -> log.info(arguments.template);
            case 1 -> log.info(arguments.template, values[0]);
            case 2 -> log.info(arguments.template, values[0], values[1]);
            case 3 -> log.info(arguments.template, values[0], values[1], values[2]);
            case 4 -> log.info(arguments.template, values[0], values[1], values[2], values[3]);
            default -> log.info(arguments.template, values);
        }
    }
}
