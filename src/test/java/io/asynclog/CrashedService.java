package io.asynclog;

import io.asynclog.buffer.BufferOptions;
import io.asynclog.consumer.RetryOptions;
import io.asynclog.consumer.SinkOptions;
import io.asynclog.sink.FileOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The child process of {@link CrashIT}: a service that logs as fast as it can until it is killed. */
final class CrashedService {
    private static final int SEGMENT_SIZE = 64 * 1024;
    private static final int SEGMENTS = 64;
    private static final int RECORDS_OF_LAST_LIFE = 1000;
    /**
     * Before a sink makes room nobody waits for it: so few that there is room, with what may be left of earlier lives.
     */
    private static final int RECORDS_BEFORE_START = 500;

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    private CrashedService() {}

    static Path notes(Path folder, int life) {
        return folder.resolve("notes-" + life);
    }

    static Path log(Path folder) {
        return folder.resolve("logs").resolve("app.log");
    }

    static Path delivered(Path folder, int life) {
        return folder.resolve("delivered-" + life);
    }

    /**
     * Takes the folder, the number of this life, whether it ends in order, whether it logs before it is initialized,
     * and when the file is forced.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        int life = Integer.parseInt(args[1]);
        boolean last = Boolean.parseBoolean(args[2]);
        boolean early = Boolean.parseBoolean(args[3]);
        FileOptions file = FileOptions.to(log(folder))
                .withPattern("%msg%n")
                .withMaxFileSize(SEGMENT_SIZE)
                .withMaxHistory(0)
                .withSync(FileOptions.Sync.valueOf(args[4]));
        LifeNotes notes = new LifeNotes(notes(folder, life), Numbered.PRODUCERS);
        FailingHalfTheTime sink = new FailingHalfTheTime(delivered(folder, life));

        CountDownLatch logged = new CountDownLatch(Numbered.PRODUCERS);
        CountDownLatch started = new CountDownLatch(1);
        notes.phase(LifeNotes.BUILDING);
        AsyncLogManager manager = AsyncLogManager.builder()
                .bufferOptions(BufferOptions.mapped(folder.resolve("buffer"))
                        .withSegmentSize(SEGMENT_SIZE)
                        .withMaxRecordSize(8 * 1024)
                        .withMaxSize(SEGMENTS * SEGMENT_SIZE)
                        .withMaxWait(LONG_ENOUGH))
                .file(file)
                .sinks(() -> {
                    await(logged); // a sink that takes its time to be made, when the file has its place already
                    return Map.of("failing", sink);
                })
                .sinkOptions("failing", SinkOptions.defaults().withRetry(patient()))
                .build();
        notes.phase(LifeNotes.INITIALIZING);
        boolean hasRoom = manager.status().buffer().segmentsUsed() < SEGMENTS / 2;
        List<Thread> producers = new ArrayList<>();
        for (int producer = 0; producer < Numbered.PRODUCERS; producer++) {
            AsyncLogger log = manager.getLogger("producer." + producer);
            Numbered first = new Numbered(life, producer, 0);
            Thread thread = new Thread(() -> {
                long before = early && hasRoom ? RECORDS_BEFORE_START : 0;
                log(log, first, before, notes);
                logged.countDown();
                await(started);
                log(log, first.plus(before), last ? RECORDS_OF_LAST_LIFE : Long.MAX_VALUE, notes);
            });
            thread.start();
            producers.add(thread);
        }
        manager.initialize();
        notes.phase(LifeNotes.RUNNING);
        started.countDown();
        for (Thread producer : producers) {
            producer.join();
        }
        System.out.println(manager.shutdown(LONG_ENOUGH));
        EngineFixture.assertLedgerIsExact(manager.status());
    }

    /** Tries so often that nothing is ever refused for good, which could be told of no record that fails by chance. */
    private static RetryOptions patient() {
        return new RetryOptions(1_000_000, Duration.ofNanos(100_000), Duration.ofMillis(1));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static void log(AsyncLogger log, Numbered first, long count, LifeNotes notes) {
        for (long i = 0; i < count; i++) {
            Numbered record = first.plus(i);
            log.info(record.text());
            notes.returned(record.producer(), record.number() + 1);
        }
    }
}
