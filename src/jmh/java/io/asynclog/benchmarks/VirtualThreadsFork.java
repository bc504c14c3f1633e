package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/**
 * One measurement of {@link VirtualThreads}, in a JVM of its own. Says nanoseconds, times a carrier was pinned, and the lines
 * that were lost and doubled.
 */
public final class VirtualThreadsFork {
    private static final String PINNED = "jdk.VirtualThreadPinned";

    private VirtualThreadsFork() {}

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Setup setup = Subjects.named(args[0]);
        int threads = Integer.parseInt(args[1]);
        int records = Integer.parseInt(args[2]);
        Path file = Path.of(args[3]);
        Subject subject = setup.opener().open(file, Path.of(args[4]));
        long ignored = log(subject, threads, records, false);
        subject.drain();
        subject.resume();
        try (Recording recording = new Recording()) {
            recording.enable(PINNED).withThreshold(Duration.ZERO);
            recording.start();
            long begin = log(subject, threads, records, true);
            subject.drain();
            long nanos = System.nanoTime() - begin;
            recording.stop();
            subject.close();
            LineCheck check = new LineCheck(threads, records);
            setup.reader().read(file, check);
            Fork.report(nanos, pinned(recording, file.resolveSibling("pinned.jfr")), check.lost(), check.doubled());
        }
    }

    /** Returns the time at which the threads were let go. */
    private static long log(Subject subject, int threads, int records, boolean measured) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService executor = ManyThreads.newExecutor();
        for (int thread = 0; thread < threads; thread++) {
            String user = OrderLine.user(measured, thread);
            executor.execute(() -> {
                await(start);
                for (int number = 0; number < records; number++) {
                    OrderLine.log(subject, user, number);
                }
            });
        }
        long begin = System.nanoTime();
        start.countDown();
        executor.shutdown();
        if (!executor.awaitTermination(1, TimeUnit.HOURS)) {
            throw new IllegalStateException("Threads still log");
        }
        return begin;
    }

    private static void await(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static long pinned(Recording recording, Path file) throws IOException {
        recording.dump(file);
        long count = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(PINNED))
                .count();
        Files.delete(file);
        return count;
    }
}
