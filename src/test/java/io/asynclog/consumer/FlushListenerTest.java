package io.asynclog.consumer;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.EngineFixture.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.CollectingSink;
import io.asynclog.EngineFixture;
import io.asynclog.FlushListener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FlushListenerTest {
    private static final SinkOptions FAST =
            SinkOptions.defaults().withRetry(new RetryOptions(5, Duration.ofMillis(1), Duration.ofMillis(4)));

    private record Flush(String sink, boolean success, long flushNanos, long deliveryNanos, String thread) {}

    private static final class Heard implements FlushListener {
        private final List<Flush> flushes = new CopyOnWriteArrayList<>();

        @Override
        public void flushed(String sink, long flushNanos, long deliveryNanos) {
            add(new Flush(
                    sink,
                    true,
                    flushNanos,
                    deliveryNanos,
                    Thread.currentThread().getName()));
        }

        @Override
        public void flushFailed(String sink, long flushNanos) {
            add(new Flush(sink, false, flushNanos, 0, Thread.currentThread().getName()));
        }

        private void add(Flush flush) {
            flushes.add(flush);
        }

        List<Flush> of(String sink) {
            return flushes.stream().filter(flush -> flush.sink().equals(sink)).toList();
        }
    }

    @Test
    void hearsOfEveryFlushOnTheThreadOfItsSink() {
        Heard heard = new Heard();
        AtomicInteger failures = new AtomicInteger(2);
        CollectingSink flaky = new CollectingSink().doFirst(batch -> {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("not yet");
            }
        });
        try (EngineFixture engine = new EngineFixture(
                AsyncLogManager.builder().sink("flaky", flaky, FAST).flushListener(heard))) {
            join(engine.log.infoAsync("m"));
            await().atMost(DEADLINE).until(() -> heard.flushes.size() == 4);
            assertThat(heard.of("flaky")).extracting(Flush::success).containsExactly(false, false, true);
            assertThat(heard.of("collecting")).extracting(Flush::success).containsExactly(true);
            assertThat(heard.flushes).allSatisfy(flush -> {
                assertThat(flush.thread()).isEqualTo("asynclog-" + flush.sink());
                assertThat(flush.flushNanos()).isPositive();
            });
            assertThat(engine.sinkStatus("flaky").batches()).isEqualTo(1);
            assertThat(engine.sinkStatus("flaky").failedFlushes()).isEqualTo(2);
        }
    }

    @Test
    void hearsOnceAFlushHowLongItsOldestRecordWasUnderWay() {
        Heard heard = new Heard();
        CountDownLatch flushing = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        CollectingSink sink = new CollectingSink().doFirst(batch -> {
            flushing.countDown();
            gate.await();
        });
        try (EngineFixture engine =
                new EngineFixture(AsyncLogManager.builder().sink("gated", sink).flushListener(heard))) {
            engine.log.info("first");
            await().atMost(DEADLINE).until(() -> flushing.getCount() == 0);
            engine.log.info("the oldest of the second flush");
            long before = System.nanoTime();
            for (int i = 1; i < 200; i++) {
                engine.log.info("{}", i);
            }
            EngineFixture.awaitAge(before);
            long underWay = System.nanoTime() - before;
            gate.countDown();
            engine.flushed();
            await().atMost(DEADLINE).until(() -> heard.of("gated").size() == 2);
            Flush ofAll = heard.of("gated").get(1);
            SinkStatus status = engine.sinkStatus("gated");
            assertThat(status.deliveryLatency().count()).isEqualTo(201);
            assertThat(ofAll.deliveryNanos()).isGreaterThanOrEqualTo(underWay - EngineFixture.CLOCK_STEP_NANOS);
        }
    }

    @Test
    void whatOneThrowsIsReportedOnceAndHarmsNobody() {
        Heard heard = new Heard();
        AtomicBoolean broken = new AtomicBoolean(true);
        FlushListener faulty = new FlushListener() {
            @Override
            public void flushed(String sink, long flushNanos, long deliveryNanos) {
                if (broken.get()) {
                    throw new AssertionError("no registry");
                }
            }

            @Override
            public void flushFailed(String sink, long flushNanos) {
                throw new IllegalStateException("no registry");
            }
        };
        try (EngineFixture engine = new EngineFixture(
                AsyncLogManager.builder().flushListener(faulty).flushListener(heard))) {
            join(engine.log.infoAsync("1"));
            join(engine.log.infoAsync("2"));
            await().atMost(DEADLINE).until(() -> heard.flushes.size() == 2);
            assertThat(engine.errors.messages()).hasSize(1).allSatisfy(message -> assertThat(message)
                    .contains("hear of the flushes of sink 'collecting'", "no registry"));
            broken.set(false);
            join(engine.log.infoAsync("3"));
            await().atMost(DEADLINE).until(() -> heard.flushes.size() == 3);
            broken.set(true);
            join(engine.log.infoAsync("4"));
            await().atMost(DEADLINE).until(() -> engine.errors.messages().size() == 2);
            assertThat(engine.sink.messages()).containsExactly("1", "2", "3", "4");
        }
    }
}
