package io.asynclog.consumer;

import static io.asynclog.EngineFixture.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.EngineFixture;
import io.asynclog.FlushFunction;
import io.asynclog.LogReceipt;
import io.asynclog.LogRecord;
import io.asynclog.buffer.BufferOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** A sink is told everything at once, by several threads and in no order, while it fails and others log. */
class SinkControlUnderLoadTest {
    private static final int TELLERS = 3;
    private static final int REQUESTS = 400;
    private static final int PRODUCERS = 2;

    private final AtomicBoolean end = new AtomicBoolean();
    private final AtomicLong skipped = new AtomicLong();
    private final Queue<Throwable> troubles = new ConcurrentLinkedQueue<>();
    private final AtomicInteger flushes = new AtomicInteger();
    private final List<Long> sequences = new ArrayList<>(); // of the sink's thread, until the engine is down

    @ParameterizedTest
    @ValueSource(strings = {"REQUIRED", "BEST_EFFORT"})
    void theLedgerIsExactAndEveryFutureCompletes(Delivery delivery) throws InterruptedException {
        FlushFunction flaky = batch -> {
            if (flushes.incrementAndGet() % 5 == 0) {
                throw new IOException("flaky");
            }
            for (LogRecord record : batch) {
                sequences.add(record.sequence());
            }
        };
        SinkOptions options = SinkOptions.defaults()
                .withDelivery(delivery)
                .withBatchSize(64)
                .withRetry(new RetryOptions(3, Duration.ofMillis(1), Duration.ofMillis(5)));
        BufferOptions small = BufferOptions.defaults()
                .withSegmentSize(16_384)
                .withMaxSize(16 * 16_384)
                .withMaxRecordSize(4096)
                .withMaxWait(Duration.ofMillis(10));
        AsyncLogManager.Builder builder =
                AsyncLogManager.builder().bufferOptions(small).sink("told", flaky, options);
        EngineFixture engine = new EngineFixture(builder);
        List<CompletableFuture<LogReceipt>> futures = new ArrayList<>();
        List<Thread> producers = start(PRODUCERS, number -> produce(engine, number, futures));
        List<Thread> tellers = start(TELLERS, number -> tell(engine, new Random(number)));

        for (Thread teller : tellers) {
            teller.join();
        }
        end.set(true);
        for (Thread producer : producers) {
            producer.join();
        }
        assertThat(troubles).isEmpty();
        SinkControl control = engine.manager.sinkControl("told");
        control.resume();
        await().atMost(DEADLINE).until(() -> engine.sinkStatus("told").depth() == 0);
        engine.assertLedgerIsExact();
        SinkStatus status = engine.sinkStatus("told");
        assertThat(skipped.get()).isPositive();
        if (delivery == Delivery.REQUIRED) {
            assertThat(status.dropped()).isEqualTo(new SinkStatus.Dropped(0, skipped.get(), 0));
        }
        engine.close();
        assertThat(sequences).isSorted().doesNotHaveDuplicates().hasSize((int) status.flushed());
        assertThat(futures).isNotEmpty();
        await().atMost(DEADLINE).until(() -> futures.stream().allMatch(CompletableFuture::isDone));
    }

    private interface Work {
        void run(int number) throws InterruptedException;
    }

    private List<Thread> start(int count, Work work) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                try {
                    work.run(number);
                } catch (Throwable trouble) {
                    troubles.add(trouble);
                }
            });
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private void produce(EngineFixture engine, int number, List<CompletableFuture<LogReceipt>> futures) {
        for (int i = 0; !end.get(); i++) {
            if (number == 0 && i % 50 == 0 && futures.size() < 2000) {
                futures.add(engine.log.infoAsync("awaited {}", i));
            } else {
                engine.log.atLevel(i % 3 == 0 ? Level.DEBUG : Level.INFO).log("{}", i);
            }
        }
    }

    private void tell(EngineFixture engine, Random random) throws InterruptedException {
        SinkControl control = engine.manager.sinkControl("told");
        for (int i = 0; i < REQUESTS; i++) {
            switch (random.nextInt(5)) {
                case 0 -> control.pause();
                case 1 -> control.resume();
                case 2 -> control.retry();
                case 3 -> control.level(random.nextBoolean() ? Level.INFO : Level.TRACE);
                default -> skip(engine, control, random);
            }
            EngineFixture.assertLedgerIsExact(engine.manager.status());
        }
    }

    private void skip(EngineFixture engine, SinkControl control, Random random) throws InterruptedException {
        long depth = engine.sinkStatus("told").depth();
        try {
            skipped.addAndGet(control.skip(1 + random.nextInt((int) depth + 1), Duration.ofMillis(50)));
        } catch (IllegalArgumentException | TimeoutException nothingDropped) {
            // There were fewer by then, or the loop did not come to it.
        }
    }
}
