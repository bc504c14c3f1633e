package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.buffer.BufferOptions;
import io.asynclog.sink.FileOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class ShutdownUnderLoadIT {
    private static final int PRODUCERS = 8;

    /**
     * Whoever logs while the engine stops gets its record out in time, or late into the file: never nowhere without a
     * word.
     */
    @RepeatedTest(5)
    void recordsLoggedDuringTheShutdownAllComeOut(@TempDir Path folder) throws InterruptedException, IOException {
        Path file = folder.resolve("app.log");
        BufferOptions small = BufferOptions.defaults()
                .withSegmentSize(64 * 1024)
                .withMaxSize(4 * 64 * 1024)
                .withMaxRecordSize(4096)
                .withMaxWait(Duration.ofSeconds(30));
        RecordedErrors errors = new RecordedErrors();
        AsyncLogManager manager = AsyncLogManager.builder()
                .bufferOptions(small)
                .file(FileOptions.to(file).withPattern("%msg%n"))
                .errorHandler(errors)
                .build();
        manager.initialize();
        ConcurrentLinkedQueue<String> logged = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<CompletableFuture<LogReceipt>> futures = new ConcurrentLinkedQueue<>();
        AtomicBoolean end = new AtomicBoolean();
        Phaser running = new Phaser(PRODUCERS + 1);
        List<Thread> producers = new ArrayList<>();
        for (int producer = 0; producer < PRODUCERS; producer++) {
            AsyncLogger log = manager.getLogger("p" + producer);
            int id = producer;
            Thread thread = new Thread(() -> {
                int lateOnes = 0;
                for (int i = 0; !end.get() && lateOnes < 20; i++) {
                    if (i == 2000) {
                        running.arrive();
                    }
                    String message = "record-" + id + "-" + i;
                    if (i % 16 == 0) {
                        futures.add(log.infoAsync(message));
                    } else {
                        log.info(message);
                    }
                    logged.add(message);
                    lateOnes += manager.status().state() == AsyncLogStatus.State.STOPPED ? 1 : 0;
                }
            });
            thread.start();
            producers.add(thread);
        }
        running.arriveAndAwaitAdvance();

        ShutdownReport report = manager.shutdown(Duration.ofSeconds(30));
        for (Thread thread : producers) {
            thread.join();
        }

        assertThat(report.isComplete()).isTrue();
        await().atMost(EngineFixture.DEADLINE).until(() -> futures.stream().allMatch(CompletableFuture::isDone));
        assertThat(manager.status().buffer().dropped()).isZero();
        Set<String> missing = new HashSet<>(logged);
        try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(missing::remove);
        }
        // A late record is given up, and reported, after a second in which only others got hold of the file.
        long reported = errors.messages().stream()
                .filter(said -> said.contains("is not written to"))
                .count();
        assertThat(missing).as("missing, with %s", errors.messages()).hasSizeLessThanOrEqualTo((int) reported);
        EngineFixture.assertLedgerIsExact(manager.status());
    }
}
