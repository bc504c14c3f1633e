package io.asynclog;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.EngineFixture.failureOf;
import static io.asynclog.EngineFixture.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.consumer.Delivery;
import io.asynclog.consumer.RetryOptions;
import io.asynclog.consumer.SinkOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;

class LogAsyncTest {
    static final SinkOptions FAST_RETRY =
            SinkOptions.defaults().withRetry(new RetryOptions(2, Duration.ofMillis(1), Duration.ofMillis(5)));

    @Test
    void futureOfADisabledLevelSaysSoAtOnce() {
        try (AsyncLogManager manager = AsyncLogManager.builder().build()) {
            CompletableFuture<LogReceipt> future = manager.getLogger("some").debugAsync("m");
            assertThat(future).isCompletedWithValue(LogReceipt.DISABLED);
            assertThat(manager.status().buffer().accepted()).isZero();
        }
    }

    @Test
    void fluentRecordIsAwaitedLikeAnyOther() {
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder())) {
            Marker audit = new BasicMarkerFactory().getMarker("AUDIT");
            LogReceipt receipt = join(engine.log
                    .atWarn()
                    .addMarker(audit)
                    .addKeyValue("order", 4711)
                    .addArgument("first")
                    .setCause(new IllegalStateException("why"))
                    .logAsync("{} and {}", "second"));
            LogReceipt accepted =
                    join(engine.log.atInfo().setMessage(() -> "other").logAsync(Ack.ACCEPTED));

            assertThat(receipt).isEqualTo(new LogReceipt(0, LogReceipt.Status.FLUSHED));
            assertThat(accepted).isEqualTo(new LogReceipt(1, LogReceipt.Status.ACCEPTED));
            assertThat(receipt.isLogged()).isTrue();
            LogRecord record = engine.sink.records().get(0);
            assertThat(record.message()).isEqualTo("first and second");
            assertThat(record.level()).isEqualTo(Level.WARN);
            assertThat(record.keyValues()).isEqualTo(Map.of("order", "4711"));
            assertThat(record.marker()).isEqualTo("AUDIT");
            assertThat(record.exception()).contains("why");
        }
    }

    @Test
    void aRecordThatNoRequiredSinkTakesIsAcceptedAndNotFlushed() {
        SinkOptions warnings = SinkOptions.defaults().withLevel(Level.WARN);
        AsyncLogManager.Builder builder = AsyncLogManager.builder()
                .sink("warnings", batch -> {}, warnings)
                .sink("nobody-waits", batch -> {}, SinkOptions.defaults().withDelivery(Delivery.BEST_EFFORT));
        try (AsyncLogManager manager = builder.build()) {
            manager.initialize();
            AsyncLogger log = manager.getLogger("some");
            assertThat(join(log.infoAsync("m"))).isEqualTo(new LogReceipt(0, LogReceipt.Status.ACCEPTED));
            assertThat(join(log.warnAsync("m"))).isEqualTo(new LogReceipt(1, LogReceipt.Status.FLUSHED));
        }
    }

    @Test
    void aRecordThatSomeRequiredSinkTakesIsFlushedByThatOne() {
        SinkOptions warnings = SinkOptions.defaults().withLevel(Level.WARN);
        try (EngineFixture engine =
                new EngineFixture(AsyncLogManager.builder().sink("warnings", batch -> {}, warnings))) {
            assertThat(join(engine.log.infoAsync("m")).status()).isEqualTo(LogReceipt.Status.FLUSHED);
            assertThat(engine.only().message()).isEqualTo("m");
        }
    }

    @Test
    void fluentRecordOfADisabledLevelEvaluatesNothing() {
        try (AsyncLogManager manager = AsyncLogManager.builder().build()) {
            AsyncLogger log = manager.getLogger("some");
            Supplier<Object> unwanted = () -> {
                throw new AssertionError("evaluated");
            };
            AsyncLoggingEventBuilder event = log.atDebug()
                    .addArgument(unwanted)
                    .addKeyValue("key", unwanted)
                    .setMessage(() -> (String) unwanted.get());
            event.log(() -> (String) unwanted.get());
            event.log("m", 1, 2, 3);
            assertThat(event.logAsync("m")).isCompletedWithValue(LogReceipt.DISABLED);
            assertThat(event.logStored("m").isLogged()).isFalse();
            assertThat(manager.status().buffer().accepted()).isZero();
        }
    }

    @Test
    void futureCompletesAfterEveryRequiredSinkAndAwaitsNoOther() {
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch neverMind = new CountDownLatch(1);
        AsyncLogManager.Builder builder = AsyncLogManager.builder()
                .sink("slow", batch -> slow.await())
                .sink(
                        "neverMind",
                        batch -> neverMind.await(),
                        SinkOptions.defaults().withDelivery(Delivery.BEST_EFFORT));
        try (EngineFixture engine = new EngineFixture(builder)) {
            CompletableFuture<LogReceipt> future = engine.log.infoAsync("m");
            await().atMost(DEADLINE).until(() -> engine.sink.records().size() == 1);
            assertThat(future).isNotDone();
            slow.countDown();
            assertThat(join(future)).isEqualTo(new LogReceipt(0, LogReceipt.Status.FLUSHED));
            neverMind.countDown();
        }
    }

    @Test
    void futureFailsWithWhatEachSinkThrew() {
        IllegalStateException disk = new IllegalStateException("disk");
        AssertionError net = new AssertionError("net");
        // A sink that gets the bad record while there is none behind it may be taken for one that is down.
        CountDownLatch gate = new CountDownLatch(1);
        AsyncLogManager.Builder builder = AsyncLogManager.builder()
                .sink("disk", gated(gate, poisonous("bad", disk)), FAST_RETRY)
                .sink("net", gated(gate, poisonous("bad", net)), FAST_RETRY);
        try (EngineFixture engine = new EngineFixture(builder)) {
            CompletableFuture<LogReceipt> before = engine.log.infoAsync("good 1");
            CompletableFuture<LogReceipt> bad = engine.log.infoAsync("bad");
            CompletableFuture<LogReceipt> after = engine.log.infoAsync("good 2");
            gate.countDown();

            join(before);
            Throwable failure = failureOf(bad);
            assertThat(failure).isInstanceOf(LogFlushException.class).hasMessageContaining("disk");
            assertThat(((LogFlushException) failure).failures()).isEqualTo(Map.of("disk", disk, "net", net));
            join(after);
        }
    }

    private static FlushFunction gated(CountDownLatch gate, FlushFunction sink) {
        return batch -> {
            gate.await();
            sink.flush(batch);
        };
    }

    static FlushFunction poisonous(String message, Throwable failure) {
        return batch -> {
            for (LogRecord record : batch) {
                if (record.message().equals(message)) {
                    throwAny(failure);
                }
            }
        };
    }

    @SuppressWarnings("unchecked")
    static <T extends Throwable> void throwAny(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void cancelledFutureHarmsNothing() {
        CountDownLatch gate = new CountDownLatch(1);
        try (EngineFixture engine = new EngineFixture()) {
            engine.sink.doFirst(batch -> gate.await());
            CompletableFuture<LogReceipt> cancelled = engine.log.infoAsync("a");
            CompletableFuture<LogReceipt> other = engine.log.infoAsync("b");
            assertThat(cancelled.cancel(true)).isTrue();
            gate.countDown();
            join(other);
            assertThat(engine.sink.messages()).containsExactly("a", "b");
        }
    }

    @Test
    void callbackThatThrowsHarmsNothing() {
        try (EngineFixture engine = new EngineFixture()) {
            for (int i = 0; i < 100; i++) {
                CompletableFuture<Void> failing =
                        engine.log.infoAsync("m").thenAccept(receipt -> throwAny(new AssertionError("callback")));
                assertThat(failureOf(failing)).hasMessage("callback");
            }
            join(engine.log.infoAsync("m"));
        }
    }

    @Test
    void interruptThatACallbackLeavesBehindIsNotTheNextOnes() {
        CountDownLatch attached = new CountDownLatch(1);
        try (EngineFixture engine = new EngineFixture()) {
            engine.sink.doFirst(batch -> attached.await()); // else the callbacks might run right here
            CompletableFuture<Void> first = engine.log.infoAsync("first").thenAccept(receipt -> Thread.currentThread()
                    .interrupt());
            CompletableFuture<Boolean> second = engine.log
                    .infoAsync("second")
                    .thenApply(receipt -> Thread.currentThread().isInterrupted());
            attached.countDown();
            join(first);
            assertThat(join(second)).isFalse();
        }
    }

    @Test
    void callbackThatBlocksHoldsUpNeitherSinksNorOtherFutures() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch attached = new CountDownLatch(1);
        try (EngineFixture engine = new EngineFixture()) {
            engine.sink.doFirst(
                    batch -> attached.await()); // else the callback might run right here, in the test's thread
            CompletableFuture<Void> blocking = engine.log.infoAsync("first").thenAccept(receipt -> {
                blocked.countDown();
                Latches.await(gate);
            });
            attached.countDown();
            Latches.await(blocked);
            List<CompletableFuture<LogReceipt>> others = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                others.add(engine.log.infoAsync("other"));
            }
            join(CompletableFuture.allOf(others.toArray(CompletableFuture<?>[]::new)));
            assertThat(engine.sink.records()).hasSize(1001);
            gate.countDown();
            join(blocking);
        }
    }

    @Test
    void callbackMayLogAndAwaitAnother() {
        try (EngineFixture engine = new EngineFixture()) {
            CompletableFuture<LogReceipt> second =
                    engine.log.infoAsync("first").thenCompose(receipt -> engine.log.infoAsync("second"));
            assertThat(join(second).sequence()).isEqualTo(1);
        }
    }

    @Test
    void barrierCompletesWhenAllBeforeItIsFlushed() {
        CountDownLatch gate = new CountDownLatch(1);
        try (EngineFixture engine = new EngineFixture()) {
            join(engine.log.flushAsync());
            engine.sink.doFirst(batch -> gate.await());
            for (int i = 0; i < 1000; i++) {
                engine.log.info("{}", i);
            }
            CompletableFuture<Void> barrier = engine.log.flushAsync();
            assertThat(barrier).isNotDone();
            gate.countDown();
            join(barrier);
            assertThat(engine.sink.records()).hasSize(1000);
        }
    }

    @Test
    void barrierFailsWhenARecordBeforeItFailed() {
        CountDownLatch gate = new CountDownLatch(1);
        FlushFunction poisonous = poisonous("bad", new IllegalStateException("boom"));
        AsyncLogManager.Builder builder =
                AsyncLogManager.builder().sink("poisoned", gated(gate, poisonous), FAST_RETRY);
        try (EngineFixture engine = new EngineFixture(builder)) {
            engine.log.info("good");
            engine.log.info("bad");
            CompletableFuture<Void> barrier = engine.log.flushAsync();
            engine.log.info("good");
            gate.countDown();
            Throwable failure = failureOf(barrier);
            assertThat(failure).isInstanceOf(LogFlushException.class);
            assertThat(((LogFlushException) failure).failures()).containsOnlyKeys("poisoned");
            join(engine.log.flushAsync());
        }
    }

    @Test
    void futureOfARecordLoggedBeforeTheStartCompletesAfterIt() {
        CollectingSink sink = new CollectingSink();
        try (AsyncLogManager manager =
                AsyncLogManager.builder().sink("collecting", sink).build()) {
            AsyncLogger log = manager.getLogger("early");
            CompletableFuture<LogReceipt> record = log.infoAsync("early");
            CompletableFuture<Void> barrier = log.flushAsync();
            assertThat(record).isNotDone();
            assertThat(barrier).isNotDone();
            manager.initialize();
            join(record);
            join(barrier);
            assertThat(sink.messages()).containsExactly("early");
        }
    }

    @Test
    void futureMadeByTheThreadOfASinkFailsAtOnceAndItsRecordIsLogged() {
        AtomicReference<AsyncLogger> log = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AsyncLogManager.Builder builder = AsyncLogManager.builder().sink("selfAwaiting", batch -> {
            if (failure.get() == null) {
                failure.set(failureOf(log.get().logAsync(Level.INFO, "from the sink")));
            }
        });
        try (EngineFixture engine = new EngineFixture(builder)) {
            log.set(engine.log);
            join(engine.log.infoAsync("m"));
            assertThat(failure.get()).isInstanceOf(IllegalStateException.class);
            await().atMost(DEADLINE).until(() -> engine.sink.messages().contains("from the sink"));
        }
    }
}
