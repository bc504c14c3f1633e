package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One measurement of {@link AcknowledgedLogging}, in a JVM of its own. Says nanoseconds, acknowledged records, and two
 * percentiles of the time to an acknowledgement; then logs on until it is killed. In a file it keeps how many records
 * each thread knows to be safe.
 */
public final class AcknowledgedLoggingFork {
    /** In a round of the warm-up, of the records that are measured; and how long a round takes at most. */
    private static final int WARM_UP_PART = 10;

    private static final long WARM_UP_ROUND_SECONDS = 1;
    private static final long HIGHEST_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long POLL_MILLIS = 1;

    private AcknowledgedLoggingFork() {}

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int threads = Integer.parseInt(args[1]);
        int records = Integer.parseInt(args[2]);
        long seconds = Long.parseLong(args[3]);
        Path folder = Path.of(args[4]);
        Contender.Log log = Contender.named(args[0]).opener().open(folder);
        int warmUpRecords = Math.max(1, records / WARM_UP_PART);
        Pages pages = Pages.forLines(folder, (long) threads * records);
        new WarmUp(Double.parseDouble(args[5])).run(pages, () -> {
            Load warmUp = new Load(log, JournalLine.WARMING, CallCounts.inMemory(threads), warmUpRecords);
            long unused = warmUp.run(WARM_UP_ROUND_SECONDS);
        });
        CallCounts counts = CallCounts.create(folder, threads);
        Load load = new Load(log, JournalLine.MEASURED, counts, records);
        long nanos = load.run(seconds);
        long acknowledged = counts.sum();
        load.goOn();
        while (counts.sum() == acknowledged) { // until it is under way: it is to be killed in the midst of it
            Thread.sleep(POLL_MILLIS);
        }
        Fork.report(
                nanos,
                acknowledged,
                load.latencyNanos.getValueAtPercentile(50),
                load.latencyNanos.getValueAtPercentile(99));
        new CountDownLatch(1).await();
    }

    /** Many threads, each of which logs a record, waits for it, and logs the next. */
    private static final class Load {
        private final Contender.Log log;
        private final String phase;
        private final int records;
        private final CallCounts acknowledged;
        private final Histogram latencyNanos = new ConcurrentHistogram(HIGHEST_NANOS, 3);
        private final CountDownLatch start = new CountDownLatch(1);
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        /** Set before the start. */
        private long beginNanoTime;

        Load(Contender.Log log, String phase, CallCounts acknowledged, int records) {
            this.log = log;
            this.phase = phase;
            this.acknowledged = acknowledged;
            this.records = records;
        }

        /**
         * Returns the nanoseconds until the last acknowledgement.
         *
         * @param seconds after these no thread begins another record
         */
        long run(long seconds) throws InterruptedException {
            ExecutorService executor = ManyThreads.newExecutor();
            for (int thread = 0; thread < acknowledged.threads(); thread++) {
                int number = thread;
                CompletableFuture<Void> ignored = CompletableFuture.runAsync(() -> logAll(number, seconds), executor)
                        .whenComplete((nothing, thrown) -> failure.compareAndSet(null, thrown));
            }
            beginNanoTime = System.nanoTime();
            start.countDown();
            executor.shutdown();
            if (!executor.awaitTermination(1, TimeUnit.HOURS)) {
                throw new IllegalStateException("Threads still wait for an acknowledgement");
            }
            long nanos = System.nanoTime() - beginNanoTime;
            if (failure.get() != null) {
                throw new IllegalStateException("Not acknowledged", failure.get());
            }
            return nanos;
        }

        private void logAll(int thread, long seconds) {
            try {
                start.await();
            } catch (InterruptedException impossible) {
                throw new IllegalStateException(impossible);
            }
            long limitNanos = TimeUnit.SECONDS.toNanos(seconds);
            long begin = System.nanoTime();
            for (int number = 0; number < records && begin - beginNanoTime < limitNanos; number++) {
                log(thread, number);
                long end = System.nanoTime();
                latencyNanos.recordValue(end - begin);
                begin = end;
            }
        }

        /** Has each thread go on from where it was, for as long as the process lives. */
        void goOn() {
            ExecutorService executor = ManyThreads.newExecutor();
            for (int thread = 0; thread < acknowledged.threads(); thread++) {
                int number = thread;
                CompletableFuture<Void> ignored = CompletableFuture.runAsync(() -> logOn(number), executor)
                        .whenComplete((nothing, thrown) -> {
                            thrown.printStackTrace();
                            Runtime.getRuntime().halt(1);
                        });
            }
        }

        private void logOn(int thread) {
            for (int number = acknowledged.get(thread); ; number++) {
                log(thread, number);
            }
        }

        private void log(int thread, int number) {
            log.log(phase, thread + "." + number);
            acknowledged.set(thread, number + 1);
        }
    }
}
