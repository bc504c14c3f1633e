package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.buffer.BufferOptions;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ManyCallersIT {
    private static final int THREADS = 200;
    private static final int RECORDS = 1_000;
    /** All records take the sink ten seconds, twice as long as a caller waits at most. */
    private static final long SINK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    @Test
    void nobodyWaitsInVainForASinkThatMovesThoughOthersHaveManyRecords() throws Exception {
        AtomicInteger flushed = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        try (AsyncLogManager manager = AsyncLogManager.builder()
                .bufferOptions(BufferOptions.defaults()
                        .withSegmentSize(64 * 1024)
                        .withMaxSize(1024 * 1024)
                        .withMaxWait(MAX_WAIT))
                .sink("slow", batch -> {
                    LockSupport.parkNanos(batch.size() * SINK_NANOS);
                    flushed.addAndGet(batch.size());
                })
                .build()) {
            manager.initialize();
            AsyncLogger log = manager.getLogger("many");
            for (int thread = 0; thread < THREADS; thread++) {
                callers.execute(() -> {
                    for (int number = 0; number < RECORDS; number++) {
                        log.info("record {} of one of many callers", number);
                    }
                });
            }
            callers.shutdown();
            assertThat(callers.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
            assertThat(manager.status().buffer().dropped()).isZero();
            assertThat(manager.shutdown(Duration.ofMinutes(2)).isComplete()).isTrue();
            assertThat(flushed).hasValue(THREADS * RECORDS);
        } finally {
            callers.shutdownNow();
        }
    }
}
