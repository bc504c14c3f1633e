package io.asynclog.benchmarks;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.sink.ConsoleOptions;
import io.asynclog.sink.FileOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.slf4j.LoggerFactory;

/**
 * The application of {@link IdleCost}. Says nanoseconds of building and of initializing the engine, resident bytes, and
 * nanoseconds of processor time while idle, of all threads and of asynclog's.
 */
public final class IdleCostFork {
    private static final int LINES = 10;
    /** For what the JVM has left to do after its start, compiling for the most part. */
    private static final long SETTLE_MILLIS = 10_000;

    private IdleCostFork() {}

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        boolean withAsynclog = Boolean.parseBoolean(args[0]);
        long seconds = Long.parseLong(args[1]);
        work();
        Times times = withAsynclog ? logLines(Path.of(args[2])) : printLines();
        Thread.sleep(seconds == 0 ? 0 : SETTLE_MILLIS);
        long resident = ProcessCosts.residentBytes();
        long ignored = ProcessCosts.threadNanos(""); // loads what the measurement needs
        long all = ProcessCosts.threadNanos("");
        long asynclog = ProcessCosts.threadNanos("asynclo");
        Thread.sleep(TimeUnit.SECONDS.toMillis(seconds));
        Fork.report(
                times.build,
                times.initialize,
                resident,
                ProcessCosts.threadNanos("") - all,
                ProcessCosts.threadNanos("asynclo") - asynclog);
        System.exit(0);
    }

    /**
     * Has the JVM load what every application uses, and asynclog too: lambdas, streams, formats, dates and threads, and
     * the logging system behind SLF4J, of whose MDC asynclog asks.
     */
    private static void work() throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
        List<Future<String>> words = pool.invokeAll(IntStream.range(0, LINES)
                .mapToObj(number -> (Callable<String>) () -> format.format(LocalDateTime.now(ZoneId.systemDefault()))
                        + String.format(
                                Locale.ROOT,
                                " %5d %s",
                                number,
                                Pattern.compile("[a-z]+").matcher("x")))
                .toList());
        LoggerFactory.getLogger(IdleCostFork.class).info("{} words", words.size());
        System.out.println(words.size());
        pool.shutdown();
        // Or the first collection of the JVM's life, 12 to 18 ms whoever it comes to, would fall into what is measured:
        // some 15 MB were allocated until here.
        System.gc();
    }

    private static Times printLines() {
        for (int i = 0; i < LINES; i++) {
            System.out.println("line " + i);
        }
        return new Times(0, 0);
    }

    private static Times logLines(Path folder) {
        long begin = System.nanoTime();
        AsyncLogManager manager = AsyncLogManager.builder()
                .console(ConsoleOptions.defaults())
                .file(FileOptions.to(folder.resolve("idle.log")))
                .sink("own", batch -> {})
                .build();
        long built = System.nanoTime();
        manager.initialize();
        long initialized = System.nanoTime();
        AsyncLogger log = manager.getLogger("com.example.Application");
        for (int i = 0; i < LINES; i++) {
            log.info("line {}", i);
        }
        log.flushAsync().join();
        return new Times(built - begin, initialized - built);
    }

    private record Times(long build, long initialize) {}
}
