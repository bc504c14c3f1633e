package io.asynclog;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.EngineFixture.failureOf;
import static io.asynclog.EngineFixture.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.asynclog.ShutdownReport.LossReason;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.consumer.LogConsumer;
import io.asynclog.consumer.RetryOptions;
import io.asynclog.consumer.SinkOptions;
import io.asynclog.consumer.SinkStatus;
import io.asynclog.sink.FileOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

class AsyncLogManagerTest {
    @Test
    void recordsLoggedBeforeTheStartAreDelivered() {
        CollectingSink sink = new CollectingSink();
        try (AsyncLogManager manager =
                AsyncLogManager.builder().sink("collecting", sink).build()) {
            assertThat(manager.status().state()).isEqualTo(AsyncLogStatus.State.STARTING);
            manager.getLogger("early").info("first");
            assertThat(manager.status().depth()).isEqualTo(1);
            manager.initialize();
            assertThat(manager.status().state()).isEqualTo(AsyncLogStatus.State.RUNNING);
            assertThat(manager.status().sinks())
                    .extracting(SinkStatus::state)
                    .containsExactly(SinkStatus.State.RUNNING);
            manager.getLogger("early").info("second");
            join(manager.getLogger("early").flushAsync());
        }
        assertThat(sink.messages()).containsExactly("first", "second");
    }

    @Test
    void shutdownDrainsAndReports() {
        EngineFixture engine = new EngineFixture();
        for (int i = 0; i < 5000; i++) {
            engine.log.info("{}", i);
        }
        ShutdownReport report = engine.manager.shutdown(DEADLINE);
        assertThat(engine.sink.records()).hasSize(5000);
        assertThat(report.isComplete()).isTrue();
        assertThat(report.accepted()).isEqualTo(5000);
        assertThat(report.sinks())
                .containsExactly(Map.entry("collecting", new ShutdownReport.SinkReport(0, 5000, 0, 0, Map.of())));
        assertThat(report.duration()).isPositive().isLessThan(DEADLINE);
        assertThat(engine.manager.status().state()).isEqualTo(AsyncLogStatus.State.STOPPED);
    }

    @Test
    void levelOfALoggerMayBeThatOfAnother() {
        AtomicReference<AsyncLogManager> manager = new AtomicReference<>();
        manager.set(AsyncLogManager.builder()
                .levels(name -> {
                    int parentEnd = name.lastIndexOf('.');
                    return parentEnd < 0
                            ? level -> level == Level.WARN
                            : manager.get().getLogger(name.substring(0, parentEnd))::isEnabledForLevel;
                })
                .build());

        AsyncLogger deep = manager.get().getLogger("com" + ".example".repeat(100));
        assertThat(deep.isWarnEnabled()).isTrue();
        assertThat(deep.isInfoEnabled()).isFalse();
        manager.get().close();
    }

    @Test
    void engineThatNeverRanDeliversAtItsShutdown() {
        CollectingSink sink = new CollectingSink();
        AsyncLogManager manager =
                AsyncLogManager.builder().sink("collecting", sink).build();
        CompletableFuture<LogReceipt> future = manager.getLogger("early").infoAsync("m");
        assertThat(manager.shutdown(DEADLINE).isComplete()).isTrue();
        assertThat(sink.messages()).containsExactly("m");
        join(future);
    }

    @Test
    void engineThatCannotHaveAllSinksDeliversToThoseThatThereAre() {
        CollectingSink existing = new CollectingSink();
        AsyncLogManager manager = AsyncLogManager.builder()
                .sinks(new SinkSource() {
                    @Override
                    public Map<String, FlushFunction> all() {
                        throw new IllegalStateException("The context fails to start");
                    }

                    @Override
                    public Map<String, FlushFunction> existing() {
                        return Map.of("existing", existing);
                    }
                })
                .errorHandler(new RecordedErrors())
                .build();
        CompletableFuture<LogReceipt> future = manager.getLogger("early").infoAsync("m");
        ShutdownReport report = manager.shutdown(DEADLINE);
        assertThat(existing.messages()).containsExactly("m");
        assertThat(report.isComplete()).isFalse();
        assertThat(report.sinks().get("unopened").lost()).isEqualTo(Map.of(LossReason.SHUTDOWN, 1L));
        assertThat(failureOf(future)).isInstanceOf(LogFlushException.class).hasMessageContaining("unopened");
    }

    @Test
    void sinkThatThereIsHasItsDeadLettersToo(@TempDir Path folder) throws IOException {
        Path letters = folder.resolve("letters.json");
        AsyncLogManager manager = AsyncLogManager.builder()
                .sink(
                        "refusing",
                        batch -> batch.forEach(record -> {
                            if (record.message().equals("first")) {
                                throw new IllegalArgumentException("poison");
                            }
                        }),
                        SinkOptions.defaults().withRetry(new RetryOptions(1, Duration.ZERO, Duration.ofMillis(1))))
                .sinks(() -> {
                    throw new IllegalStateException("The context fails to start");
                })
                .deadLetters(letters)
                .errorHandler(new RecordedErrors())
                .build();
        manager.getLogger("early").info("first");
        manager.getLogger("early").info("second");
        ShutdownReport report = manager.shutdown(DEADLINE);
        assertThat(report.sinks().get("refusing").lost()).containsKey(LossReason.FAILED);
        assertThat(Files.readString(letters)).contains("first");
    }

    @Test
    void engineThatWasMisconfiguredDeliversToAllSinksAtItsShutdown() {
        CollectingSink sink = new CollectingSink();
        AsyncLogManager manager = AsyncLogManager.builder()
                .sink("collecting", sink)
                .sinkOptions("colecting", SinkOptions.defaults())
                .errorHandler(new RecordedErrors())
                .build();
        CompletableFuture<LogReceipt> future = manager.getLogger("early").infoAsync("m");
        assertThat(manager.shutdown(DEADLINE).isComplete()).isTrue();
        assertThat(sink.messages()).containsExactly("m");
        join(future);
    }

    @Test
    void shutdownRefusesANegativeTimeoutAndGoesOn() {
        try (EngineFixture engine = new EngineFixture()) {
            assertThatThrownBy(() -> engine.manager.shutdown(Duration.ofNanos(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("PT-0.000000001S");
            assertThat(engine.manager.status().state()).isEqualTo(AsyncLogStatus.State.RUNNING);
        }
    }

    @Test
    void repeatedCallsDoNoHarm() {
        EngineFixture engine = new EngineFixture();
        engine.manager.initialize();
        engine.log.info("m");
        ShutdownReport first = engine.manager.shutdown(DEADLINE);
        assertThat(engine.manager.shutdown(Duration.ZERO)).isSameAs(first);
        engine.manager.close();
        engine.manager.initialize();
        assertThat(engine.manager.status().state()).isEqualTo(AsyncLogStatus.State.STOPPED);
        assertThat(engine.sink.messages()).containsExactly("m");
    }

    @Test
    void concurrentCallsGetOneReport() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        EngineFixture engine = new EngineFixture();
        engine.sink.doFirst(batch -> gate.await());
        engine.log.info("m");
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<ShutdownReport>> reports = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Callable<ShutdownReport> shutdown = () -> engine.manager.shutdown(DEADLINE);
                reports.add(callers.submit(shutdown));
            }
            await().atMost(DEADLINE).until(() -> engine.manager.status().state() == AsyncLogStatus.State.STOPPING);
            gate.countDown();
            for (Future<ShutdownReport> report : reports) {
                assertThat(report.get()).isSameAs(reports.get(0).get());
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(engine.sink.messages()).containsExactly("m");
    }

    @Test
    void whatIsLeftAtTheDeadlineIsCountedAsLostAndItsFuturesFail() {
        CountDownLatch gate = new CountDownLatch(1);
        EngineFixture engine = new EngineFixture(AsyncLogManager.builder().sink("hanging", batch -> gate.await()));
        CompletableFuture<LogReceipt> future = engine.log.infoAsync("m");
        CompletableFuture<Void> barrier = engine.log.flushAsync();
        // The other sink has passed the record, of which its figures alone tell too early.
        await().atMost(DEADLINE)
                .until(() ->
                        engine.manager.flush(Duration.ZERO).sinks().get("collecting") == FlushReport.Outcome.FLUSHED);
        ShutdownReport report = engine.manager.shutdown(Duration.ofMillis(50));

        assertThat(report.isComplete()).isFalse();
        assertThat(report.sinks().get("hanging").lost()).isEqualTo(Map.of(LossReason.SHUTDOWN, 1L));
        assertThat(report.sinks().get("collecting")).isEqualTo(new ShutdownReport.SinkReport(0, 1, 0, 0, Map.of()));
        assertThat(report.duration()).isLessThan(DEADLINE);
        assertThat(((LogFlushException) failureOf(future)).failures()).containsOnlyKeys("hanging");
        assertThat(((LogFlushException) failureOf(barrier)).failures()).containsOnlyKeys("hanging");
        engine.assertLedgerIsExact();
        gate.countDown();
    }

    @Test
    @Timeout(30)
    void choreThatHangsDoesNotHoldUpTheShutdown() throws InterruptedException {
        CountDownLatch sinkGate = new CountDownLatch(1);
        CountDownLatch choreGate = new CountDownLatch(1);
        CountDownLatch choreHangs = new CountDownLatch(1);
        AsyncLogManager manager = AsyncLogManager.builder()
                .sink(
                        "hanging",
                        batch -> sinkGate.await(),
                        SinkOptions.defaults().withFlushTimeout(Duration.ofMillis(1)))
                .errorHandler((message, cause) -> {
                    if (Thread.currentThread() instanceof Housekeeper) {
                        choreHangs.countDown();
                        Latches.await(choreGate);
                    }
                })
                .build();
        manager.initialize();
        manager.getLogger("test").info("m");
        Latches.await(choreHangs);
        manager.shutdown(Duration.ZERO); // returns, though the chore does not
        assertThat(manager.status().state()).isEqualTo(AsyncLogStatus.State.STOPPED);
        choreGate.countDown();
    }

    @Test
    void sinkThatIgnoresItsInterruptDoesNotHoldUpTheShutdown() {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicBoolean entered = new AtomicBoolean();
        EngineFixture engine = new EngineFixture(AsyncLogManager.builder().sink("deaf", batch -> {
            entered.set(true);
            while (gate.getCount() > 0) {
                Thread.onSpinWait();
            }
        }));
        engine.log.info("m");
        await().atMost(DEADLINE).until(entered::get);
        ShutdownReport report = engine.manager.shutdown(Duration.ofMillis(20));
        gate.countDown();
        assertThat(report.sinks().get("deaf").lost()).isEqualTo(Map.of(LossReason.SHUTDOWN, 1L));
        engine.assertLedgerIsExact();
    }

    @Test
    void recordLoggedAfterShutdownIsWrittenToTheFileAndItsFutureSaysSo(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("app.log");
        EngineFixture engine = new EngineFixture(AsyncLogManager.builder().file(FileOptions.to(file)));
        engine.log.info("in time");
        engine.manager.shutdown(DEADLINE);
        engine.log.info("late");
        Throwable failure = failureOf(engine.log.infoAsync("later"));

        assertThat(failure).isInstanceOf(LogShutdownException.class).hasMessageContaining("file");
        assertThat(Files.readAllLines(file))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("in time"),
                        line -> assertThat(line).endsWith("late"),
                        line -> assertThat(line).endsWith("later"));
        assertThat(engine.manager.status().tooLate()).isEqualTo(2);
        assertThat(engine.sink.messages()).containsExactly("in time");
        join(engine.log.flushAsync());
    }

    @Test
    void startThatFailedWritesLateRecordsOnce(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("app.log");
        AsyncLogManager manager = AsyncLogManager.builder()
                .file(FileOptions.to(file))
                .sinkOptions("nobody", SinkOptions.defaults())
                .errorHandler(new RecordedErrors())
                .build();
        assertThatThrownBy(manager::initialize).isInstanceOf(InvalidSinkException.class);
        manager.shutdown(Duration.ofSeconds(2));
        manager.getLogger("test").info("late");
        assertThat(Files.readString(file)).containsOnlyOnce("late");
    }

    @Test
    void startThatFailedLeavesNothingBehindThatHoldsTheBuffer(@TempDir Path directory) {
        CollectingSink sink = new CollectingSink();
        AtomicBoolean failed = new AtomicBoolean();
        AsyncLogManager manager = AsyncLogManager.builder()
                .bufferOptions(BufferOptions.mapped(directory)
                        .withSegmentSize(64 * 1024)
                        .withMaxSize(4 * 64 * 1024)
                        .withMaxRecordSize(4096)
                        .withMaxWait(Duration.ofMinutes(1)))
                .sink("collecting", sink)
                .sinks(() -> failed.getAndSet(true) ? Map.of() : Map.of("x".repeat(1000), batch -> {}))
                .errorHandler(new RecordedErrors())
                .build();
        AsyncLogger log = manager.getLogger("test");
        log.info("early");
        assertThatThrownBy(manager::initialize).isInstanceOf(InvalidSinkException.class);
        assertThat(manager.status().state()).isEqualTo(AsyncLogStatus.State.STARTING);
        assertThat(manager.status().sinks()).isEmpty();
        assertThat(manager.status().depth()).isEqualTo(1);

        manager.initialize();
        String kilobyte = "x".repeat(1024);
        for (int i = 0; i < 1000; i++) {
            log.info(kilobyte);
        }
        assertThat(manager.shutdown(DEADLINE).isComplete()).isTrue();
        assertThat(sink.messages()).hasSize(1001).startsWith("early");
        assertThat(manager.status().buffer().dropped()).isZero();
    }

    @Test
    void levelIsSetForAllLoggersAndALoggerIsNamedAfterItsClass() {
        AsyncLogManager manager = AsyncLogManager.builder().level(Level.WARN).build();
        AsyncLogger log = manager.getLogger(AsyncLogManagerTest.class);
        assertThat(log.isWarnEnabled()).isTrue();
        assertThat(log.isInfoEnabled()).isFalse();
        assertThat(log).isSameAs(manager.getLogger("io.asynclog.AsyncLogManagerTest"));
        manager.close();
    }

    @Test
    void figuresOfASinkAreFoundByItsName() {
        try (EngineFixture engine = new EngineFixture()) {
            assertThat(engine.manager.status().sink("collecting").name()).isEqualTo("collecting");
            assertThat(engine.manager.status().sink("nobody")).isNull();
        }
    }

    @Test
    void consumerBringsItsBuffer() {
        RecordedErrors errors = new RecordedErrors();
        AsyncBuffer buffer = new AsyncBuffer(BufferOptions.defaults(), Runnable::run, errors);
        CollectingSink sink = new CollectingSink();
        try (AsyncLogManager manager = AsyncLogManager.builder()
                .consumer(new LogConsumer(buffer, errors))
                .sink("collecting", sink)
                .build()) {
            manager.initialize();
            manager.getLogger("test").info("m");
        }
        assertThat(sink.messages()).containsExactly("m");
        AsyncLogManager.Builder contradicting = AsyncLogManager.builder()
                .consumer(new LogConsumer(buffer, errors))
                .buffer(new AsyncBuffer(BufferOptions.defaults(), Runnable::run, errors));
        assertThatThrownBy(contradicting::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another buffer");
    }

    @Test
    void optionsOfAnUnknownSinkStopTheStartWithItsName() {
        AsyncLogManager manager = AsyncLogManager.builder()
                .sink("known", batch -> {})
                .sinkOptions("unknwon", SinkOptions.defaults())
                .errorHandler(new RecordedErrors())
                .shutdownTimeout(Duration.ZERO)
                .build();
        assertThatThrownBy(manager::initialize)
                .isInstanceOf(InvalidSinkException.class)
                .hasMessageContaining("sinks.unknwon")
                .hasMessageContaining("Use one of [known]");
        manager.close();
    }

    @Test
    void twoSinksOfOneNameStopTheStart() {
        AsyncLogManager manager = AsyncLogManager.builder()
                .sink("same", batch -> {})
                .sinks(() -> Map.of("same", batch -> {}))
                .errorHandler(new RecordedErrors())
                .shutdownTimeout(Duration.ZERO)
                .build();
        assertThatThrownBy(manager::initialize)
                .isInstanceOf(InvalidSinkException.class)
                .hasMessage("Sink 'same' cannot be opened: There are two sinks of this name. Rename one of them.");
        manager.close();
    }

    @Test
    void futuresOfAnEngineWhoseSinksCannotBeOpenedComplete() {
        AsyncLogManager manager = AsyncLogManager.builder()
                .sinkOptions("nobody", SinkOptions.defaults())
                .errorHandler(new RecordedErrors())
                .build();
        CompletableFuture<LogReceipt> future = manager.getLogger("test").infoAsync("m");
        CompletableFuture<Void> barrier = manager.getLogger("test").flushAsync();
        manager.shutdown(Duration.ofMillis(100));
        assertThat(failureOf(future)).isInstanceOf(LogFlushException.class);
        assertThat(failureOf(barrier)).isInstanceOf(LogFlushException.class);
    }

    @Test
    void lateSinksAreAskedForAtTheStartOnly() {
        CollectingSink late = new CollectingSink();
        AtomicBoolean asked = new AtomicBoolean();
        AsyncLogManager manager = AsyncLogManager.builder()
                .sinks(() -> {
                    asked.set(true);
                    return Map.of("late", late);
                })
                .build();
        assertThat(asked).isFalse();
        manager.initialize();
        manager.getLogger("test").info("m");
        manager.close();
        assertThat(late.messages()).containsExactly("m");
    }

    @Test
    void engineWithoutSinksDiscardsAndItsFuturesComplete() {
        try (AsyncLogManager manager = AsyncLogManager.builder().build()) {
            manager.initialize();
            join(manager.getLogger("test").infoAsync("m"));
            await().atMost(DEADLINE).until(() -> manager.status().depth() == 0);
        }
    }

    @Test
    void sinksAreListedInTheOrderOfTheirRegistration() {
        List<String> names =
                IntStream.range(0, 20).mapToObj(i -> "sink" + (i * 7) % 20).collect(Collectors.toList());
        AsyncLogManager.Builder builder = AsyncLogManager.builder();
        names.subList(0, 10).forEach(name -> builder.sink(name, batch -> {}));
        builder.sinks(() -> {
            Map<String, FlushFunction> late = new LinkedHashMap<>();
            names.subList(10, 20).forEach(name -> late.put(name, batch -> {}));
            return late;
        });
        AsyncLogManager manager = builder.build();
        manager.initialize();
        assertThat(manager.status().sinks()).extracting(status -> status.name()).containsExactlyElementsOf(names);
        assertThat(manager.shutdown(DEADLINE).sinks().keySet()).containsExactlyElementsOf(names);
    }

    @Test
    void enginesAreIndependent() {
        try (EngineFixture one = new EngineFixture();
                EngineFixture two = new EngineFixture()) {
            one.log.info("one");
            two.log.info("two");
            one.manager.shutdown(DEADLINE);
            join(two.log.infoAsync("two again"));
            assertThat(one.sink.messages()).containsExactly("one");
            assertThat(two.sink.messages()).containsExactly("two", "two again");
        }
    }

    @Test
    void immenseTimeoutIsNoTrouble() {
        EngineFixture engine = new EngineFixture();
        engine.log.info("m");
        assertThat(engine.manager.shutdown(Duration.ofSeconds(Long.MAX_VALUE)).isComplete())
                .isTrue();
    }
}
