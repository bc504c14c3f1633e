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
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * One measurement of {@link SeveralSinks}, in a JVM of its own. Says nanoseconds, nanoseconds of processor time, those
 * of asynclog's threads, three percentiles of the time of a call, and how many records the files have not got.
 */
public final class SeveralSinksFork {
    /** Of 160 in the format of Spring Boot's file, and a little more. */
    private static final int LINE_BYTES = 176;

    private static final int WARM_UP_RECORDS = 300_000;
    private static final long SLOW_MILLIS = 100;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long HIGHEST_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long ROOM_FOR_ALL = 1L << 30;

    private final AsyncLogManager manager;
    private final AsyncLogger log;
    private long logged;

    private SeveralSinksFork(AsyncLogManager manager) {
        this.manager = manager;
        log = manager.getLogger("com.example.orders.OrderService");
    }

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int records = Integer.parseInt(args[1]);
        long rate = Long.parseLong(args[2]);
        Path folder = Path.of(args[3]);
        AsyncLogManager manager = engine(args[0], folder);
        manager.initialize();
        SeveralSinksFork fork = new SeveralSinksFork(manager);
        int files = args[0].equals("two-files") ? 2 : 1;
        Pages pages = new Pages(folder, (long) files * records * LINE_BYTES);
        fork.warmUp(Double.parseDouble(args[4]), pages, Math.min(records, WARM_UP_RECORDS), rate);
        fork.measure(records, rate);
    }

    private void warmUp(double seconds, Pages pages, int records, long rate) throws IOException, InterruptedException {
        WarmUp warmUp = new WarmUp(seconds);
        warmUp.run(() -> logDrained(records, 0));
        warmUp.runLast(pages, () -> logDrained(rate == 0 ? records : (int) Math.min(records, rate), rate));
    }

    private void logDrained(int records, long rate) {
        Histogram ignored = logAll(records, rate);
        awaitFiles();
    }

    private void measure(int records, long rate) throws IOException {
        long cpu = ProcessCosts.cpuNanos();
        long sinkCpu = ProcessCosts.threadNanos("asynclo");
        long begin = System.nanoTime();
        Histogram latency = logAll(records, rate);
        awaitFiles();
        long end = System.nanoTime();
        long cpuNanos = ProcessCosts.cpuNanos() - cpu;
        long sinkNanos = ProcessCosts.threadNanos("asynclo") - sinkCpu;
        ShutdownReport report = manager.shutdown(Duration.ZERO);
        Fork.report(
                end - begin,
                cpuNanos,
                sinkNanos,
                latency.getValueAtPercentile(50),
                latency.getValueAtPercentile(99),
                latency.getValueAtPercentile(99.9),
                report.dropped());
    }

    private static AsyncLogManager engine(String scenario, Path folder) {
        AsyncLogManager.Builder builder = AsyncLogManager.builder()
                .file(file(folder.resolve("first.log")))
                .errorHandler((message, cause) -> {}); // the slow sink is interrupted in the end
        switch (scenario) {
            case "file" -> {}
            case "two-files" ->
                builder.sink("file-2", new RollingFileSink(file(folder.resolve("second.log")), (message, cause) -> {}));
            case "slow-required" ->
                builder.sink("slow", batch -> Thread.sleep(SLOW_MILLIS))
                        .bufferOptions(BufferOptions.defaults().withMaxSize(ROOM_FOR_ALL));
            case "slow-best-effort" ->
                builder.sink(
                        "slow",
                        batch -> Thread.sleep(SLOW_MILLIS),
                        SinkOptions.defaults().withDelivery(Delivery.BEST_EFFORT));
            default -> throw new IllegalArgumentException(scenario);
        }
        return builder.build();
    }

    private static FileOptions file(Path path) {
        return FileOptions.to(path).withMaxFileSize(Long.MAX_VALUE);
    }

    /** Waits until the files have what was not dropped. */
    private void awaitFiles() {
        while (manager.status().sinks().stream()
                .filter(sink -> sink.name().startsWith("file"))
                .anyMatch(sink -> sink.flushed() + manager.status().buffer().dropped() < logged)) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private Histogram logAll(int records, long rate) {
        Histogram latency = new Histogram(HIGHEST_NANOS, 3);
        double interval = rate == 0 ? 0 : 1e9 / rate;
        long begin = System.nanoTime();
        for (int i = 0; i < records; i++) {
            long due = begin + (long) (i * interval);
            long called = System.nanoTime();
            while (called < due) {
                called = System.nanoTime();
            }
            log.info("{} order of {} charged to {}", "a measured", "customer-4711", "DE89370400440532013000");
            latency.recordValue(System.nanoTime() - called);
        }
        logged += records;
        return latency;
    }
}
