package io.asynclog;

import io.asynclog.consumer.SinkStatus;
import io.asynclog.sink.FileOptions;
import io.asynclog.tail.LogTail;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * The child process of {@link ThreadShortageTest}, in which no thread can be started: its address space is limited, and
 * other threads have taken it. They go one by one, and each time the engine tries to start. Another is shut down
 * meanwhile.
 */
final class ThreadlessService {
    private static final int EARLY = 20;
    private static final int MAX_ATTEMPTS = 1000;
    private static final Duration MAX_REST = Duration.ofSeconds(20);

    private final Deque<Occupant> occupants = new ArrayDeque<>();
    private final CollectingSink collecting = new CollectingSink();
    private final Path file;

    private ThreadlessService(Path file) {
        this.file = file;
    }

    /** Takes the file to log to. */
    public static void main(String[] args) throws Exception {
        new ThreadlessService(Path.of(args[0])).run();
    }

    private void run() throws Exception {
        AsyncLogManager manager = AsyncLogManager.builder()
                .file(FileOptions.to(file).withPattern("%m%n"))
                .sink("collecting", collecting)
                .sink("other", batch -> {})
                .tail(new LogTail())
                .build();
        CompletableFuture<LogReceipt> first = manager.getLogger("early").infoAsync("0");
        for (int i = 1; i < EARLY; i++) {
            manager.getLogger("early").info("{}", i);
        }
        AsyncLogManager doomed =
                AsyncLogManager.builder().sink("collecting", collecting).build();
        CompletableFuture<LogReceipt> lost = doomed.getLogger("early").infoAsync("lost");
        occupyAll();
        ShutdownReport doom = doomed.shutdown(Duration.ofSeconds(10));
        require(!doom.isComplete(), "although no sink got it: " + doom);
        require(lost.isCompletedExceptionally(), "of a record that no sink got: " + lost);
        require(doomed.status().state() == AsyncLogStatus.State.STOPPED, "state " + doomed.status());
        int attempts = 1;
        while (!initialize(manager)) {
            require(manager.status().state() == AsyncLogStatus.State.STARTING, "state " + manager.status());
            require(manager.status().sinks().isEmpty(), "sinks " + manager.status());
            require(manager.status().depth() == EARLY, "depth " + manager.status());
            require(collecting.messages().isEmpty(), "delivered " + collecting.messages());
            require(!isOpen(file), "open " + file);
            require(attempts++ < MAX_ATTEMPTS, "no start");
            awaitArchivesAtRest();
            if (!occupants.isEmpty()) {
                occupants.pop().leave();
            }
        }
        while (!occupants.isEmpty()) {
            occupants.pop().leave();
        }
        EngineFixture.join(first);
        ShutdownReport report = manager.shutdown(Duration.ofSeconds(10));
        require(report.isComplete(), report.toString());
        for (SinkStatus sink : manager.status().sinks()) {
            require(sink.flushed() == EARLY, sink.toString());
        }
        require(collecting.messages().equals(Files.readAllLines(file)), "file " + Files.readAllLines(file));
        require(collecting.messages().size() == EARLY, "delivered " + collecting.messages());
        System.out.println("attempts: " + attempts);
    }

    private static boolean initialize(AsyncLogManager manager) {
        try {
            manager.initialize();
            return true;
        } catch (OutOfMemoryError failure) {
            require(String.valueOf(failure.getMessage()).contains("native thread"), "failure " + failure);
            return false;
        }
    }

    /**
     * The file of each attempt has a thread for its archives, which stays for a moment: in attempts without a pause
     * they would take the place of all others.
     */
    private static void awaitArchivesAtRest() {
        long deadline = System.nanoTime() + MAX_REST.toNanos();
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("asynclog-archives"))) {
            require(System.nanoTime() < deadline, "the thread of the archives stays");
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Starts threads until there can be no more. */
    private void occupyAll() throws InterruptedException {
        try {
            while (true) {
                Occupant occupant = new Occupant();
                occupant.start();
                occupants.push(occupant);
            }
        } catch (OutOfMemoryError full) {
            require(occupants.size() > 1, "no room for any thread");
        }
    }

    private static boolean isOpen(Path path) throws IOException {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : open) {
                if (pointsTo(descriptor, path)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean pointsTo(Path descriptor, Path path) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).equals(path);
        } catch (NoSuchFileException closedMeanwhile) {
            return false;
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    /** A thread that is there and nothing else. */
    private static final class Occupant extends Thread {
        private final CountDownLatch left = new CountDownLatch(1);

        Occupant() {
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                left.await();
            } catch (InterruptedException asWell) {
                // Then it leaves.
            }
        }

        void leave() throws InterruptedException {
            left.countDown();
            join();
        }
    }
}
