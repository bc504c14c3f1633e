package io.asynclog.consumer;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.EngineFixture.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.CollectingSink;
import io.asynclog.EngineFixture;
import io.asynclog.FlushFunction;
import io.asynclog.LogRecord;
import io.asynclog.buffer.BufferOptions;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class SinkIsolationTest {
    private static final RetryOptions FAST_RETRY = new RetryOptions(2, Duration.ofMillis(1), Duration.ofMillis(4));
    private static final SinkOptions FAST = SinkOptions.defaults().withRetry(FAST_RETRY);

    private static void assertOthersGoOn(FlushFunction faulty) {
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().sink("faulty", faulty, FAST))) {
            for (int i = 0; i < 1000; i++) {
                engine.log.info("{}", i);
            }
            await().atMost(DEADLINE).until(() -> engine.sink.records().size() == 1000);
            engine.assertLedgerIsExact();
            engine.manager.shutdown(Duration.ofMillis(100));
        }
    }

    @Test
    void sinkThatThrowsHoldsUpNoOther() {
        assertOthersGoOn(batch -> {
            throw new IllegalStateException("always");
        });
    }

    @Test
    void sinkThatThrowsAnErrorHoldsUpNoOther() {
        assertOthersGoOn(batch -> {
            throw new OutOfMemoryError("pretended");
        });
    }

    @Test
    void sinkThatOverflowsItsStackHoldsUpNoOther() {
        assertOthersGoOn(batch -> overflow(batch.size()));
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int overflow(int depth) {
        return overflow(depth + 1) + 1;
    }

    @Test
    void sinkThatHangsHoldsUpNoOther() {
        CountDownLatch gate = new CountDownLatch(1);
        assertOthersGoOn(batch -> gate.await());
        gate.countDown();
    }

    @Test
    void sinkThatRecoversFromAnErrorGoesOn() {
        AtomicInteger failures = new AtomicInteger(3);
        CollectingSink sink = new CollectingSink().doFirst(batch -> {
            if (failures.getAndDecrement() > 0) {
                throw new LinkageError("missing");
            }
        });
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().sink("faulty", sink, FAST))) {
            engine.log.info("m");
            await().atMost(DEADLINE).until(() -> sink.messages().contains("m"));
        }
    }

    @Test
    void sinkThatHangsIsShownAsStuckWithItsPlace() {
        CountDownLatch gate = new CountDownLatch(1);
        AsyncLogManager.Builder builder = AsyncLogManager.builder()
                .sink("hanging", batch -> gate.await(), SinkOptions.defaults().withFlushTimeout(Duration.ofMillis(20)));
        try (EngineFixture engine = new EngineFixture(builder)) {
            assertThat(engine.sinkStatus("hanging").stuckAt()).isNull();
            engine.log.info("m");
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("hanging").state() == SinkStatus.State.STUCK);
            await().atMost(DEADLINE)
                    .untilAsserted(() -> assertThat(engine.sinkStatus("hanging").stuckAt())
                            .isNotNull()
                            .contains("park")); // a slow thread is not there yet
            assertThat(engine.sinkStatus("hanging").lagNanos()).isPositive();
            await().atMost(DEADLINE).until(() -> engine.errors.messages().stream()
                    .anyMatch(message -> message.contains("'hanging' is stuck at")));
            gate.countDown();
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("hanging").state() == SinkStatus.State.RUNNING);
            assertThat(engine.sinkStatus("hanging").stuckAt()).isNull();
        }
    }

    @Test
    void interruptLeftBehindByASinkHarmsNothing() {
        CollectingSink sink =
                new CollectingSink().doFirst(batch -> Thread.currentThread().interrupt());
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().sink("interrupting", sink, FAST))) {
            for (int i = 0; i < 100; i++) {
                join(engine.log.infoAsync("{}", i));
            }
            assertThat(sink.records()).hasSize(100);
        }
    }

    @Test
    void errorHandlerThatThrowsStopsNoSink() {
        AtomicInteger failures = new AtomicInteger(5);
        CollectingSink sink = new CollectingSink().doFirst(batch -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("down");
            }
        });
        try (AsyncLogManager manager = AsyncLogManager.builder()
                .sink("faulty", sink, FAST)
                .errorHandler((message, cause) -> {
                    throw new AssertionError("handler");
                })
                .build()) {
            manager.initialize();
            manager.getLogger("test").info("m");
            await().atMost(DEADLINE).until(() -> sink.messages().contains("m"));
        }
    }

    @Test
    void sinkGetsItsLevelsOnlyAndTheOthersAreCountedAsFiltered() {
        CollectingSink errors = new CollectingSink();
        AsyncLogManager.Builder builder = AsyncLogManager.builder()
                .sink("errors", errors, SinkOptions.defaults().withLevel(Level.ERROR));
        try (EngineFixture engine = new EngineFixture(builder)) {
            for (int i = 0; i < 300; i++) {
                engine.log.info("info {}", i);
                engine.log.error("error {}", i);
            }
            engine.flushed();
            assertThat(errors.records()).hasSize(300).allMatch(record -> record.level() == Level.ERROR);
            assertThat(engine.sinkStatus("errors").filtered()).isEqualTo(300);
            assertThat(engine.sinkStatus("errors").flushed()).isEqualTo(300);
            engine.assertLedgerIsExact();
        }
    }

    @Test
    void bestEffortSinkThatHangsIsSkippedAndCounted() {
        CountDownLatch gate = new CountDownLatch(1);
        CollectingSink lagging = new CollectingSink().doFirst(batch -> gate.await());
        BufferOptions tiny = BufferOptions.defaults()
                .withSegmentSize(8192)
                .withMaxSize(4 * 8192)
                .withMaxRecordSize(1024)
                .withMaxWait(Duration.ofMinutes(1));
        AsyncLogManager.Builder builder = AsyncLogManager.builder()
                .bufferOptions(tiny)
                .sink("lagging", lagging, SinkOptions.defaults().withDelivery(Delivery.BEST_EFFORT));
        try (EngineFixture engine = new EngineFixture(builder)) {
            int count = 20_000;
            for (int i = 0; i < count; i++) {
                engine.log.info("{}", i);
            }
            assertThat(engine.flushed()).hasSize(count);
            assertThat(engine.manager.status().buffer().dropped()).isZero();
            gate.countDown();
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("lagging").depth() == 0);
            SinkStatus status = engine.sinkStatus("lagging");
            assertThat(status.dropped().lagged()).isPositive();
            assertThat(status.dropped().skipped() + status.dropped().shutdown()).isZero();
            assertThat(status.flushed()).isEqualTo(lagging.records().size());
            assertThat(status.flushed() + status.dropped().lagged()).isEqualTo(count);
            assertThat(lagging.records())
                    .extracting(LogRecord::sequence)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(lagging.records())
                    .allSatisfy(record -> assertThat(record.message()).isEqualTo(Long.toString(record.sequence())));
        }
    }

    @Test
    void sinkThatLogsIsNotFedByItself() {
        AtomicReference<AsyncLogger> log = new AtomicReference<>();
        CollectingSink logging = new CollectingSink().doFirst(batch -> log.get().info("flushed {}", batch.size()));
        AtomicReference<EngineFixture> fixture = new AtomicReference<>();
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().sink("logging", batch -> {
            log.set(fixture.get().log);
            logging.flush(batch);
        }))) {
            fixture.set(engine);
            join(engine.log.infoAsync("m"));
            await().atMost(DEADLINE).until(() -> engine.manager.status().depth() == 0);
            engine.flushed();
            assertThat(logging.messages()).containsExactly("m");
            assertThat(engine.sink.messages()).contains("m", "flushed 1").hasSizeLessThan(5);
            engine.assertLedgerIsExact();
        }
    }

    @Test
    void twoSinksThatLogDoNotFeedEachOther() {
        AtomicReference<AsyncLogger> log = new AtomicReference<>();
        Function<String, FlushFunction> logging = name -> batch -> log.get().info("{} got {}", name, batch.size());
        AsyncLogManager.Builder builder =
                AsyncLogManager.builder().sink("ping", logging.apply("ping")).sink("pong", logging.apply("pong"));
        try (EngineFixture engine = new EngineFixture(builder)) {
            log.set(engine.log);
            for (int i = 0; i < 20; i++) {
                join(engine.log.infoAsync("m"));
            }
            await().atMost(DEADLINE).until(() -> engine.manager.status().depth() == 0);
            assertThat(engine.manager.status().buffer().accepted()).isLessThan(100);
        }
    }

    @Test
    void sinkThatLogsIntoAFullBufferDoesNotWaitForItself() {
        BufferOptions tiny = BufferOptions.defaults()
                .withSegmentSize(4096)
                .withMaxSize(2 * 4096)
                .withMaxRecordSize(1024)
                .withMaxWait(Duration.ofMinutes(5));
        AtomicReference<AsyncLogger> log = new AtomicReference<>();
        AsyncLogManager.Builder builder = AsyncLogManager.builder()
                .bufferOptions(tiny)
                .sink("logging", batch -> {
                    for (int i = 0; i < 100; i++) {
                        log.get().info("from the sink {}", "x".repeat(500));
                    }
                });
        try (EngineFixture engine = new EngineFixture(builder)) {
            log.set(engine.log);
            for (int i = 0; i < 100; i++) {
                engine.log.info("m {}", "x".repeat(500));
            }
            join(engine.log.flushAsync());
        }
    }

    @Test
    void recordIsOfNoUseAfterItsFlushButItsCopyIs() {
        AtomicReference<LogRecord> leaked = new AtomicReference<>();
        AtomicReference<LogRecord> copied = new AtomicReference<>();
        AtomicReference<Iterator<LogRecord>> iterator = new AtomicReference<>();
        AsyncLogManager.Builder builder = AsyncLogManager.builder().sink("leaking", batch -> {
            leaked.compareAndSet(null, batch.iterator().next());
            copied.compareAndSet(null, leaked.get().copy());
            iterator.compareAndSet(null, batch.iterator());
        });
        try (EngineFixture engine = new EngineFixture(builder)) {
            engine.log
                    .atInfo()
                    .addKeyValue("k", "v")
                    .setCause(new IllegalStateException("boom"))
                    .log("m");
            engine.flushed();
            assertThatThrownBy(() -> leaked.get().message())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("copy()");
            assertThatThrownBy(() -> leaked.get().copy()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> iterator.get().next().sequence()).isInstanceOf(IllegalStateException.class);
            assertThat(copied.get().message()).isEqualTo("m");
            assertThat(copied.get().keyValues()).containsEntry("k", "v");
            assertThat(copied.get().exception()).contains("boom");
            assertThat(copied.get().copy().loggerName()).isEqualTo("test");
        }
    }

    @Test
    void ledgerAddsUpAtEveryMoment() throws InterruptedException {
        AtomicBoolean end = new AtomicBoolean();
        AtomicInteger round = new AtomicInteger();
        AsyncLogManager.Builder builder = AsyncLogManager.builder()
                .sink("errorsOnly", batch -> {}, FAST.withLevel(Level.ERROR))
                .sink(
                        "flaky",
                        batch -> {
                            if (round.incrementAndGet() % 3 == 0) {
                                throw new IllegalStateException("flaky");
                            }
                        },
                        FAST.withDelivery(Delivery.BEST_EFFORT))
                .bufferOptions(BufferOptions.defaults()
                        .withSegmentSize(16_384)
                        .withMaxSize(8 * 16_384)
                        .withMaxRecordSize(4096));
        try (EngineFixture engine = new EngineFixture(builder)) {
            engine.sink.doFirst(batch -> {});
            Thread producer = new Thread(() -> {
                for (int i = 0; !end.get(); i++) {
                    engine.log.atLevel(i % 2 == 0 ? Level.INFO : Level.ERROR).log("{}", i);
                }
            });
            producer.start();
            try {
                for (int i = 0; i < 2000; i++) {
                    EngineFixture.assertLedgerIsExact(engine.manager.status());
                }
            } finally {
                end.set(true);
                producer.join();
            }
            engine.flushed();
            engine.assertLedgerIsExact();
        }
    }
}
