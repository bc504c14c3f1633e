package io.asynclog;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.EngineFixture.failureOf;
import static io.asynclog.EngineFixture.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.SegmentBatch;
import io.asynclog.consumer.FakeDevice;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.event.Level;

/** What a future waits for. */
class AckTest {
    /** Two segments in front of the reserve hold 32 of {@link #PADDING}'s records; 8 more may be parked. */
    private static final BufferOptions TINY = BufferOptions.defaults()
            .withSegmentSize(4096)
            .withMaxSize(3 * 4096)
            .withMaxRecordSize(1024)
            .withMaxWait(Duration.ofMinutes(5));

    private static final String PADDING = "x".repeat(200);
    private static final int ROOM = 32;

    private final FakeDevice device = new FakeDevice();
    private final CountDownLatch gate = new CountDownLatch(1);

    private EngineFixture storing() {
        return new EngineFixture(device.engine(BufferOptions.defaults()));
    }

    /** Returns an engine whose buffer is full, and its sink held up by the gate: the next record is parked. */
    private EngineFixture full() {
        EngineFixture engine = new EngineFixture(device.engine(TINY));
        engine.sink.doFirst(batch -> gate.await());
        for (int i = 0; i < ROOM; i++) {
            engine.log.info("{} {}", i, PADDING);
        }
        return engine;
    }

    private static CompletableFuture<LogReceipt> log(EngineFixture engine, Ack ack) {
        return engine.log.logAsync(ack, Level.INFO, "{} {}", ack, PADDING);
    }

    @Test
    void acceptedIsCompleteWhenTheCallReturns() {
        try (AsyncLogManager manager = AsyncLogManager.builder().build()) {
            assertThat(manager.getLogger("early").logAsync(Ack.ACCEPTED, Level.INFO, "m"))
                    .isCompletedWithValue(new LogReceipt(0, LogReceipt.Status.ACCEPTED));
        }
    }

    @Test
    void storedWaitsForTheForceAndForNoSink() throws InterruptedException {
        try (EngineFixture engine = storing()) {
            engine.sink.doFirst(batch -> gate.await());
            device.hold();
            CompletableFuture<LogReceipt> future = log(engine, Ack.STORED);
            device.awaitForce();
            assertThat(future).isNotDone();
            device.letGo();
            assertThat(join(future)).isEqualTo(new LogReceipt(0, LogReceipt.Status.STORED));
            assertThat(engine.sink.records()).isEmpty();
            gate.countDown();
        }
    }

    @Test
    void flushedWaitsForTheSinksAndForNoForce() {
        try (EngineFixture engine = storing()) {
            assertThat(join(log(engine, Ack.FLUSHED))).isEqualTo(new LogReceipt(0, LogReceipt.Status.FLUSHED));
            assertThat(join(engine.log.infoAsync("m")).status()).isEqualTo(LogReceipt.Status.FLUSHED);
            assertThat(device.forces()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Ack.class)
    void aCallThatDoesNotSayGoesByTheEnginesDefault(Ack ack) {
        try (EngineFixture engine =
                new EngineFixture(device.engine(BufferOptions.defaults()).ack(ack))) {
            assertThat(engine.manager.ack()).isEqualTo(ack);
            assertThat(join(engine.log.infoAsync("m")).status().name()).isEqualTo(ack.name());
            assertThat(join(engine.log.logAsync(Level.WARN, "m")).status().name())
                    .isEqualTo(ack.name());
            assertThat(join(log(engine, Ack.FLUSHED)).status()).isEqualTo(LogReceipt.Status.FLUSHED);
        }
    }

    @ParameterizedTest
    @EnumSource(Ack.class)
    void aDisabledLevelIsToldAtOnce(Ack ack) {
        try (AsyncLogManager manager = AsyncLogManager.builder().build()) {
            assertThat(manager.getLogger("some").logAsync(ack, Level.DEBUG, "m"))
                    .isCompletedWithValue(LogReceipt.DISABLED);
        }
    }

    @Test
    void storedByABufferInMemoryFailsAndItsRecordIsLogged() {
        try (EngineFixture engine = new EngineFixture()) {
            assertThat(failureOf(engine.log.logAsync(Ack.STORED, Level.INFO, "m")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'buffer.directory'");
            assertThat(engine.only().message()).isEqualTo("m");
        }
    }

    @Test
    void aDefaultOfStoredIsImpossibleWithABufferInMemory() {
        AsyncLogManager.Builder builder = AsyncLogManager.builder().ack(Ack.STORED);
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(builder::build)
                .satisfies(invalid -> {
                    assertThat(invalid.option()).isEqualTo("ack");
                    assertThat(invalid.value()).isEqualTo("stored");
                    assertThat(invalid.action()).contains("'buffer.directory'");
                });
    }

    @Test
    void aFailedForceFailsTheFutureAndTheRecordIsDeliveredAllTheSame() {
        IOException refused = new IOException("no space left on device");
        device.failWith(refused);
        try (EngineFixture engine = storing()) {
            assertThat(failureOf(log(engine, Ack.STORED)))
                    .isInstanceOf(LogStoreException.class)
                    .hasCause(refused);
            assertThat(engine.flushed()).hasSize(1);
        }
    }

    @Test
    void acceptedOfAParkedRecordCompletesWhenItIsAdmittedAndNotUnderTheBuffersLock() {
        try (EngineFixture engine = full()) {
            CompletableFuture<LogReceipt> parked = log(engine, Ack.ACCEPTED);
            // What the callback does needs the lock, for another thread that it waits for.
            CompletableFuture<String> callback = parked.thenApply(receipt -> {
                CompletableFuture.runAsync(() -> engine.manager.status(), task -> new Thread(task).start())
                        .orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS)
                        .join();
                return Thread.currentThread().getName();
            });
            assertThat(parked).isNotDone();
            gate.countDown();
            assertThat(join(callback)).startsWith("asynclog-completion");
            assertThat(join(parked)).isEqualTo(new LogReceipt(ROOM, LogReceipt.Status.ACCEPTED));
        }
    }

    @Test
    void storedOfAParkedRecordCompletesByAForceAfterItIsAdmitted() {
        try (EngineFixture engine = full()) {
            CompletableFuture<LogReceipt> parked = log(engine, Ack.STORED);
            assertThat(parked).isNotDone();
            assertThat(device.forces()).isZero();
            gate.countDown();
            assertThat(join(parked)).isEqualTo(new LogReceipt(ROOM, LogReceipt.Status.STORED));
            assertThat(device.forces()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Ack.class)
    void aParkedRecordThatTheShutdownFindsIsWrittenLate(Ack ack) {
        EngineFixture engine = full();
        CompletableFuture<LogReceipt> parked = log(engine, ack);
        assertThat(parked).isNotDone();
        engine.manager.shutdown(Duration.ofMillis(50));
        assertThat(failureOf(parked)).isInstanceOf(LogShutdownException.class);
        gate.countDown();
    }

    @ParameterizedTest
    @EnumSource(Ack.class)
    void afterTheShutdownTheFutureSaysSo(Ack ack) {
        EngineFixture engine = storing();
        engine.close();
        assertThat(failureOf(log(engine, ack))).isInstanceOf(LogShutdownException.class);
    }

    @Test
    void theShutdownCompletesTheFutureOfAForceThatHangs() throws InterruptedException {
        EngineFixture engine = storing();
        device.hold();
        CompletableFuture<LogReceipt> future = log(engine, Ack.STORED);
        device.awaitForce();
        engine.manager.shutdown(Duration.ofMillis(50));
        assertThat(failureOf(future)).isInstanceOf(LogStoreException.class);
        device.letGo();
    }

    @Test
    void theThreadOfASinkMayHaveARecordAcceptedAndNotStored() {
        AtomicReference<AsyncLogger> log = new AtomicReference<>();
        AtomicReference<CompletableFuture<LogReceipt>> accepted = new AtomicReference<>();
        AtomicReference<CompletableFuture<LogReceipt>> stored = new AtomicReference<>();
        AsyncLogManager.Builder builder = device.engine(BufferOptions.defaults())
                .sink("selfLogging", batch -> {
                    if (accepted.get() == null) {
                        accepted.set(log.get().logAsync(Ack.ACCEPTED, Level.INFO, "accepted"));
                        stored.set(log.get().logAsync(Ack.STORED, Level.INFO, "stored"));
                    }
                });
        try (EngineFixture engine = new EngineFixture(builder)) {
            log.set(engine.log);
            join(engine.log.infoAsync("m"));
            assertThat(join(accepted.get()).status()).isEqualTo(LogReceipt.Status.ACCEPTED);
            assertThat(failureOf(stored.get())).isInstanceOf(IllegalStateException.class);
            await().atMost(DEADLINE)
                    .untilAsserted(() -> assertThat(engine.sink.messages()).containsExactly("m", "accepted", "stored"));
        }
    }

    /**
     * What a sink throws for an awaited record is kept until somebody takes it out: the future of FLUSHED, and no
     * other.
     */
    @Test
    void sinksKeepFailuresForThoseThatAwaitThemOnly() {
        Queue<Boolean> awaited = new ConcurrentLinkedQueue<>();
        try (EngineFixture engine = storing()) {
            engine.sink.doFirst(batch -> {
                for (int i = 0; i < batch.size(); i++) {
                    awaited.add(((SegmentBatch) batch).isAwaited(i));
                }
            });
            join(log(engine, Ack.ACCEPTED));
            join(log(engine, Ack.STORED));
            join(log(engine, Ack.FLUSHED));
            join(engine.log.flushAsync());
            assertThat(List.copyOf(awaited)).containsExactly(false, false, true);
        }
    }
}
