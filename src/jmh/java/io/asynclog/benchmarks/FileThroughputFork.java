package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** One measurement of {@link FileThroughput}, in a JVM of its own. Says caller nanoseconds, total nanoseconds, and lines. */
public final class FileThroughputFork {
    private static final long WARM_UP_RECORDS = 3_000_000;

    private FileThroughputFork() {}

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int producers = Integer.parseInt(args[1]);
        long records = Long.parseLong(args[2]);
        Path file = Path.of(args[3]);
        Subject subject = Subjects.open(args[0], file, Path.of(args[4]));
        log(subject, producers, Math.min(records, WARM_UP_RECORDS), LineCount.WARMING);
        subject.drain();
        long begin = System.nanoTime();
        log(subject, producers, records, LineCount.MEASURED);
        long returned = System.nanoTime();
        subject.stop();
        long end = System.nanoTime();
        Fork.report(returned - begin, end - begin, LineCount.measured(file));
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
}
