package io.asynclog.benchmarks;

import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.sun.management.ThreadMXBean;
import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.FlushFunction;
import io.asynclog.LogRecord;
import io.asynclog.ShutdownReport;
import io.asynclog.sink.FileOptions;
import io.asynclog.sink.LineFormat;
import io.asynclog.sink.RollingFileSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * One measurement of {@link CostGrowth}, in a JVM of its own. Says nanoseconds, nanoseconds of processor time, bytes
 * that the producers allocated, and how many records are missing or too many: in the files, where there are some.
 */
public final class CostGrowthFork {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** In a round of the warm-up, of the records that are measured. */
    private static final int WARM_UP_PART = 10;

    private static final int MAX_TEXT = 1 << 16;

    private CostGrowthFork() {}

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        MDC.clear(); // finds Logback: were it first asked for by several threads at once, some would get another MDC
        int producers = Integer.parseInt(args[0]);
        int sinks = Integer.parseInt(args[2]);
        boolean withContext = args[4].equals("mdc");
        Call call = call(args[4], Integer.parseInt(args[3]), Integer.parseInt(args[5]));
        int records = Integer.parseInt(args[6]);
        Path folder = Path.of(args[7]);
        List<Path> files = new ArrayList<>();
        AsyncLogManager.Builder builder = AsyncLogManager.builder().context(CostGrowthFork::context);
        for (int sink = 0; sink < sinks; sink++) {
            if (args[1].equals("readers")) {
                builder.sink("sink-" + sink, reader());
            } else {
                Path file = folder.resolve("growth-" + sink + ".log");
                builder.sink("sink-" + sink, file(file, args[1].equals("JSON")));
                files.add(file);
            }
        }
        AsyncLogManager manager = builder.build();
        manager.initialize();
        AsyncLogger log = manager.getLogger("com.example.orders.OrderService");
        int warmUpRecords = Math.max(1, records / WARM_UP_PART);
        Pages pages = new Pages(folder, Long.parseLong(args[9]));
        WarmUp warmUp = new WarmUp(Double.parseDouble(args[8]));
        warmUp.run(() -> logDrained(log, call, withContext, producers, warmUpRecords));
        // The buffer has its size only after as many records as are measured: to make it larger takes time.
        warmUp.runLast(pages, () -> logDrained(log, call, withContext, producers, records));
        long measuredFrom = files.isEmpty() ? 0 : Files.size(files.get(0)); // and of all others: the lines are the same

        long cpu = ProcessCosts.cpuNanos();
        long begin = System.nanoTime();
        long allocated = logDrained(log, call, withContext, producers, records);
        long end = System.nanoTime();
        long cpuNanos = ProcessCosts.cpuNanos() - cpu;
        ShutdownReport report = manager.shutdown(Duration.ofSeconds(10));
        long logged = (warmUp.rounds() - 1L) * warmUpRecords + 2L * records;
        long faults = report.sinks().values().stream()
                .mapToLong(sink -> logged - sink.flushed())
                .sum();
        for (Path file : files) {
            faults += Math.abs(records - recordsIn(file, measuredFrom));
        }
        Fork.report(end - begin, cpuNanos, allocated, faults);
    }

    private static FlushFunction file(Path path, boolean json) {
        FileOptions options = FileOptions.to(path)
                .withMaxFileSize(Long.MAX_VALUE)
                .withFormat(json ? LineFormat.JSON : LineFormat.PATTERN);
        return new RollingFileSink(options, (message, cause) -> {});
    }

    /** Counts the lines that begin with a date, or as JSON with a brace: those of a stack trace do not. */
    private static long recordsIn(Path file, long from) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(from);
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))
                    .lines()
                    .filter(line -> line.startsWith("2") || line.startsWith("{"))
                    .count();
        }
    }

    private static @Nullable Map<String, String> context() {
        return ((LogbackMDCAdapter) MDC.getMDCAdapter()).getPropertyMap();
    }

    /** Returns a sink that looks at every record and does nothing else. */
    private static FlushFunction reader() {
        byte[] bytes = new byte[MAX_TEXT];
        return batch -> {
            for (LogRecord record : batch) {
                int ignored = record.copyUtf8(LogRecord.Text.MESSAGE, bytes, 0);
            }
        };
    }

    private interface Call {
        void log(AsyncLogger log);
    }

    private static Call call(String extra, int size, int arguments) {
        String text = "x".repeat(size);
        return switch (extra) {
            case "text", "mdc" -> log -> log.info(text);
            case "key-values" ->
                log -> log.atInfo()
                        .addKeyValue("order", "4711")
                        .addKeyValue("customer", "customer-4711")
                        .log(text);
            case "exception" -> exception(text, new IllegalStateException("no such order"));
            case "strings" -> formatted(arguments, index -> "customer-" + index);
            case "longs" -> formatted(arguments, index -> 4_711_000_000L + index);
            case "doubles" -> formatted(arguments, index -> 4711.25 + index);
            case "objects" -> formatted(arguments, Order::new);
            default -> throw new IllegalArgumentException(extra);
        };
    }

    private static Call exception(String text, Exception exception) {
        return log -> log.info(text, exception);
    }

    /** Passes so many arguments as a service does: from the fifth on, in an array that is made for each call. */
    private static Call formatted(int count, IntFunction<Object> argument) {
        String template = "order accepted" + " by {}".repeat(count);
        Object[] values = IntStream.range(0, count).mapToObj(argument).toArray();
        return switch (count) {
            case 0 -> log -> log.info(template);
            case 1 -> log -> log.info(template, values[0]);
            case 2 -> log -> log.info(template, values[0], values[1]);
            case 3 -> log -> log.info(template, values[0], values[1], values[2]);
            case 4 -> log -> log.info(template, values[0], values[1], values[2], values[3]);
            default -> log -> log.info(template, values.clone());
        };
    }

    /** Logs, waits until all is flushed, and returns how many bytes the producers allocated. */
    private static long logDrained(AsyncLogger log, Call call, boolean withContext, int producers, int records)
            throws InterruptedException {
        long allocated = logAll(log, call, withContext, producers, records);
        log.flushAsync().join();
        return allocated;
    }

    private static long logAll(AsyncLogger log, Call call, boolean withContext, int producers, int records)
            throws InterruptedException {
        AtomicLong allocated = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int producer = 0; producer < producers; producer++) {
            int share = records / producers + (producer < records % producers ? 1 : 0);
            Thread thread = new Thread(
                    () -> {
                        if (withContext) {
                            MDC.put("request", "8e7f2a11");
                            MDC.put("user", "customer-4711");
                        }
                        long id = Thread.currentThread().getId();
                        long before = THREADS.getThreadAllocatedBytes(id);
                        for (int i = 0; i < share; i++) {
                            call.log(log);
                        }
                        allocated.addAndGet(THREADS.getThreadAllocatedBytes(id) - before);
                    },
                    "producer-" + producer);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return allocated.get();
    }

    private record Order(long number) {
        @Override
        public String toString() {
            return "order-" + number;
        }
    }
}
