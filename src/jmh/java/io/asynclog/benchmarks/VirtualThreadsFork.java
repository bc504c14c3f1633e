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
 * One measurement of {@link VirtualThreads}, in a JVM of its own. Says nanoseconds, times a carrier was pinned, and the
 * lines that were lost, doubled and out of order, and how many of these are faults.
 */
public final class VirtualThreadsFork {
    private static final String PINNED = "jdk.VirtualThreadPinned";

    private VirtualThreadsFork() {}

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int threads = Integer.parseInt(args[ForkedSubject.OWN_ARGUMENTS]);
        int records = Integer.parseInt(args[ForkedSubject.OWN_ARGUMENTS + 1]);
        double warmUpSeconds = Double.parseDouble(args[ForkedSubject.OWN_ARGUMENTS + 2]);
        ForkedSubject forked = ForkedSubject.start(args);
        Subject subject = forked.subject();
        Recording before = record(); // so that what a recording changes in the JVM is changed when it counts
        forked.warmUp(warmUpSeconds, (long) threads * records, () -> log(subject, threads, records, false));
        before.close();
        try (Recording recording = record()) {
            long begin = log(subject, threads, records, true);
            subject.drain();
            long nanos = System.nanoTime() - begin;
            recording.stop();
            LineCheck check = forked.check(threads, records);
            Fork.report(nanos, pinned(recording), check.lost(), check.doubled(), check.disordered(), check.faults());
        }
    }

    private static Recording record() {
        Recording recording = new Recording();
        recording.enable(PINNED).withThreshold(Duration.ZERO);
        recording.start();
        return recording;
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

    private static long pinned(Recording recording) throws IOException {
        Path file = Files.createTempFile("pinned", ".jfr");
        recording.dump(file);
        long count = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(PINNED))
                .count();
        Files.delete(file);
        return count;
    }
}
