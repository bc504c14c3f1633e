package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** One measurement of {@link FileThroughput}, in a JVM of its own. Prints caller nanoseconds, total nanoseconds, and lines. */
public final class FileThroughputFork {
    private static final long WARM_UP_RECORDS = 3_000_000;
    /** Only lines with this mark count; those of the warm-up have another. */
    private static final String MEASURED = "measured";

    private FileThroughputFork() {}

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int producers = Integer.parseInt(args[1]);
        long records = Long.parseLong(args[2]);
        Path file = Path.of(args[3]);
        Subject subject = args[0].equals("asynclog") ? new AsynclogSubject(file) : new Log4jSubject();
        log(subject, producers, WARM_UP_RECORDS, "warming.");
        subject.drain();
        long begin = System.nanoTime();
        log(subject, producers, records, MEASURED);
        long returned = System.nanoTime();
        subject.stop();
        long end = System.nanoTime();
        System.out.println((returned - begin) + " " + (end - begin) + " " + countLines(file));
    }

    private static void log(Subject subject, int producers, long records, String phase) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int producer = 0; producer < producers; producer++) {
            long share = records / producers + (producer < records % producers ? 1 : 0);
            Thread thread = new Thread(() -> produce(subject, start, share, phase), "producer-" + producer);
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void produce(Subject subject, CountDownLatch start, long share, String phase) {
        try {
            start.await();
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
        for (long i = 0; i < share; i++) {
            subject.log(phase, "customer-4711", "DE89370400440532013000");
        }
    }

    private static long countLines(Path file) throws IOException {
        byte[] mark = MEASURED.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] chunk = new byte[1 << 20];
        long lines = 0;
        int matched = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(chunk); read > 0; read = in.read(chunk)) {
                for (int i = 0; i < read; i++) {
                    matched = chunk[i] == mark[matched] ? matched + 1 : chunk[i] == mark[0] ? 1 : 0;
                    if (matched == mark.length) {
                        lines++;
                        matched = 0;
                    }
                }
            }
        }
        return lines;
    }

    /** A logging engine that writes to a file. */
    interface Subject {
        /** Logs a line of about 148 bytes with three arguments. */
        void log(String phase, String customer, String account);

        /** Waits until what was logged is in the file. */
        void drain() throws InterruptedException;

        /** Stops the engine, with everything written. */
        void stop();
    }
}
