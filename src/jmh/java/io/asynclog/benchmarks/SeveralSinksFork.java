package io.asynclog.benchmarks;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.ShutdownReport;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.consumer.Delivery;
import io.asynclog.consumer.SinkOptions;
import io.asynclog.sink.FileOptions;
import io.asynclog.sink.RollingFileSink;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * One measurement of {@link SeveralSinks}, in a JVM of its own. Says nanoseconds, nanoseconds of processor time, those
 * of asynclog's threads, three percentiles of the time of a call at a fixed rate, and how many lines are lost, doubled
 * or out of order in the files.
 */
public final class SeveralSinksFork implements Subject {
    private static final int WARM_UP_RECORDS = 300_000;
    private static final long SLOW_MILLIS = 100;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long ROOM_FOR_ALL = 1L << 30;

    private final List<Path> files;
    private final AsyncLogManager manager;
    private final AsyncLogger log;
    /** Whether the slow sink is slow; it is let go to catch up with a round of the warm-up. */
    private volatile boolean slow = true;

    private long logged;

    private SeveralSinksFork(String scenario, Path folder) {
        Path first = folder.resolve("first.log");
        Path second = folder.resolve("second.log");
        files = scenario.equals("two-files") ? List.of(first, second) : List.of(first);
        manager = engine(scenario, first, second);
        manager.initialize();
        log = manager.getLogger("com.example.orders.OrderService");
    }

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int records = Integer.parseInt(args[1]);
        long rate = Long.parseLong(args[2]);
        SeveralSinksFork fork = new SeveralSinksFork(args[0], Path.of(args[3]));
        WarmUp warmUp = new WarmUp(Double.parseDouble(args[4]));
        warmUp.run(() -> fork.warmUp(Math.min(records, WARM_UP_RECORDS), 0));
        // The buffer has its size only after as many records as are measured: to make it larger takes time.
        warmUp.runLast(() -> fork.warmUp(records, rate));
        fork.measure(records, rate);
    }

    private AsyncLogManager engine(String scenario, Path first, Path second) {
        AsyncLogManager.Builder builder = AsyncLogManager.builder()
                .file(file(first))
                .errorHandler((message, cause) -> {}); // the slow sink is interrupted in the end
        switch (scenario) {
            case "file" -> {}
            case "two-files" -> builder.sink("file-2", new RollingFileSink(file(second), (message, cause) -> {}));
            case "slow-required" ->
                builder.sink("slow", batch -> sleep())
                        .bufferOptions(BufferOptions.defaults().withMaxSize(ROOM_FOR_ALL));
            case "slow-best-effort" ->
                builder.sink("slow", batch -> sleep(), SinkOptions.defaults().withDelivery(Delivery.BEST_EFFORT));
            default -> throw new IllegalArgumentException(scenario);
        }
        return builder.build();
    }

    private static FileOptions file(Path path) {
        return FileOptions.to(path).withMaxFileSize(Long.MAX_VALUE);
    }

    private void sleep() throws InterruptedException {
        if (slow) {
            Thread.sleep(SLOW_MILLIS);
        }
    }

    private void warmUp(int records, long rate) throws IOException {
        emptyFiles();
        Histogram ignored = logAll(false, records, rate);
        drain();
        slow = false;
        await(() -> manager.status().depth() == 0);
        slow = true;
    }

    private void measure(int records, long rate) throws IOException {
        emptyFiles();
        long cpu = ProcessCosts.cpuNanos();
        long sinkCpu = ProcessCosts.threadNanos("asynclo");
        long begin = System.nanoTime();
        Histogram latency = logAll(true, records, rate);
        drain();
        long end = System.nanoTime();
        long cpuNanos = ProcessCosts.cpuNanos() - cpu;
        long sinkNanos = ProcessCosts.threadNanos("asynclo") - sinkCpu;
        close();
        Fork.report(
                end - begin,
                cpuNanos,
                sinkNanos,
                latency.getValueAtPercentile(50),
                latency.getValueAtPercentile(99),
                latency.getValueAtPercentile(99.9),
                faults(records));
    }

    /** Has a round take the pages of the one before, which a virtual machine has got from its host by then. */
    private void emptyFiles() throws IOException {
        for (Path file : files) {
            FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        }
    }

    /**
     * Returns how long the calls took at a fixed rate; otherwise nobody looks at the clock, which takes time itself.
     */
    private Histogram logAll(boolean measured, int records, long rate) {
        String user = OrderLine.user(measured, 0);
        PacedProducer paced = new PacedProducer(this, user, System.nanoTime(), Math.max(1, rate), records);
        if (rate == 0) {
            for (int number = 0; number < records; number++) {
                OrderLine.log(this, user, number);
            }
        } else {
            paced.run();
        }
        logged += records;
        return paced.service;
    }

    private long faults(int records) throws IOException {
        long faults = 0;
        for (Path file : files) {
            LineCheck check = new LineCheck(1, records);
            LineCheck.readFile(file, 0, check);
            faults += check.faults();
        }
        return faults;
    }

    @Override
    public void log(String user, Integer order, Integer cents, String address) {
        log.info(OrderLine.MESSAGE, user, order, cents, address);
    }

    /** Waits until the files have what was not dropped; the slow sink may go on. */
    @Override
    public void drain() {
        await(() -> manager.status().sinks().stream()
                .filter(sink -> sink.name().startsWith("file"))
                .allMatch(sink -> sink.flushed() + manager.status().buffer().dropped() >= logged));
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public void close() {
        ShutdownReport ignored = manager.shutdown(Duration.ZERO);
    }
}
