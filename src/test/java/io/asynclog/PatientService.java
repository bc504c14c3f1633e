package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.BufferStatus;
import io.asynclog.consumer.RetryOptions;
import io.asynclog.consumer.SinkOptions;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The child process of {@link BacklogIT}: a service whose one sink is down for millions of records. */
final class PatientService {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final RetryOptions RETRY = new RetryOptions(5, Duration.ofMillis(10), Duration.ofMillis(100));
    private static final int PRODUCERS = 2;
    private static final long LOOK_MILLIS = 10;
    /** The current segment and those that are kept ready, of 1 MB each. */
    private static final int FILES_AT_REST = 12;

    private static final long MEGABYTE = 1 << 20;
    private static final String FILLING = " a line of the usual length, as a service writes";

    private PatientService() {}

    /** Takes the directory of the buffer and the number of records. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Path.of(args[0]);
        long records = Long.parseLong(args[1]);
        SwitchedSink sink = new SwitchedSink();
        BufferOptions options = BufferOptions.mapped(directory)
                .withMaxSize(4L << 30)
                .withMaxWait(Duration.ofMinutes(1)); // for a slow disk
        AsyncLogManager manager = AsyncLogManager.builder()
                .bufferOptions(options)
                .sink("down", sink, SinkOptions.defaults().withRetry(RETRY))
                .errorHandler((message, cause) -> {})
                .build();
        manager.initialize();
        log(manager, 0, records / 100); // what every service needs, whatever its sinks do
        Memory before = Memory.now();

        long begin = System.nanoTime();
        Calls calls = log(manager, records / 100, records);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Memory after = Memory.now();
        BufferStatus buffer = manager.status().buffer();
        long depth = buffer.depthBytes();
        assertThat(buffer.segmentsUsed()).as("segments that wait").isLessThan(buffer.segmentsMax());
        assertThat(buffer.waitedNanos())
                .as("time that callers waited together, for a disk that was slow to make a segment")
                .isLessThan(TimeUnit.SECONDS.toNanos(10));

        sink.down(false);
        await().atMost(DEADLINE).until(() -> sink.count() == records);
        await().atMost(DEADLINE).until(() -> segmentFiles(directory) <= FILES_AT_REST);
        ShutdownReport report = manager.shutdown(DEADLINE);

        System.out.printf(
                "BacklogIT: %,d records, %,d MB on the disk, logged in %.1f s, longest call %.1f ms%n"
                        + "  before: %s%n  after:  %s%n",
                records, depth / MEGABYTE, seconds, calls.longestNanos() / 1e6, before, after);
        assertThat(report.accepted()).isEqualTo(records);
        assertThat(report.dropped()).isZero();
        assertThat(calls.fullNanos())
                .as("time that the buffer was full") // or that the disk was slow to make a segment
                .isLessThan(TimeUnit.SECONDS.toNanos(10));
        assertThat(report.isComplete()).isTrue();
        assertThat(sink.failures()).isEmpty();
        EngineFixture.assertLedgerIsExact(manager.status());
        assertThat(after.heap() - before.heap()).as("growth of the heap").isLessThan(8 * MEGABYTE);
        assertThat(after.direct() - before.direct())
                .as("growth of direct buffers")
                .isLessThan(MEGABYTE);
        assertThat(after.anonymous() - before.anonymous())
                .as("growth of resident memory that is of no file")
                .isLessThan(32 * MEGABYTE);
    }

    private static long segmentFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("segment-"))
                    .count();
        }
    }

    /** Logs records from one number to another, by turns of several threads, and watches whether they wait. */
    private static Calls log(AsyncLogManager manager, long from, long to) throws InterruptedException {
        AtomicLong longest = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < PRODUCERS; i++) {
            int producer = i;
            AsyncLogger log = manager.getLogger(Integer.toString(producer));
            Thread thread = new Thread(() -> {
                long longestHere = 0;
                long last = System.nanoTime();
                for (long number = from + producer; number < to; number += PRODUCERS) {
                    log.info(number + FILLING);
                    long now = System.nanoTime();
                    longestHere = Math.max(longestHere, now - last);
                    last = now;
                }
                longest.accumulateAndGet(longestHere, Math::max);
            });
            thread.start();
            threads.add(thread);
        }
        long full = 0;
        for (Thread thread : threads) {
            do {
                thread.join(LOOK_MILLIS);
                full = Math.max(full, manager.status().buffer().fullNanos());
            } while (thread.isAlive());
        }
        return new Calls(longest.get(), full);
    }

    /**
     * How calls went.
     *
     * @param longestNanos the longest call, which tells of the machine as well: a thread may lose its processor in any
     * @param fullNanos for how long the buffer was full, as seen by a thread that does not log and so never waits
     *     itself
     */
    private record Calls(long longestNanos, long fullNanos) {}

    /**
     * What this process takes, in bytes.
     *
     * @param heap used by live objects
     * @param direct in direct buffers
     * @param mapped in mapped files, of which the pages in memory are in the file part of the resident set
     * @param anonymous resident, and of no file: heap, stacks, direct buffers and all else that is the process's own
     * @param file resident pages of files, which the system takes back when it needs them
     */
    private record Memory(long heap, long direct, long mapped, long anonymous, long file) {
        static Memory now() throws IOException {
            System.gc();
            return new Memory(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    pool("direct"),
                    pool("mapped"),
                    status("RssAnon"),
                    status("RssFile"));
        }

        private static long pool(String name) {
            return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals(name))
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
        }

        /** Returns a figure of the process where the system tells it, else 0. */
        private static long status(String name) throws IOException {
            Path status = Path.of("/proc/self/status");
            if (!Files.isReadable(status)) {
                return 0;
            }
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        }

        @Override
        public String toString() {
            return String.format(
                    "heap %.1f MB, direct %.1f MB, mapped %.0f MB, resident: anonymous %.1f MB, of files %.0f MB",
                    1.0 * heap / MEGABYTE,
                    1.0 * direct / MEGABYTE,
                    1.0 * mapped / MEGABYTE,
                    1.0 * anonymous / MEGABYTE,
                    1.0 * file / MEGABYTE);
        }
    }
}
