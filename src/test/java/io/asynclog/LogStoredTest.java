package io.asynclog;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.EngineFixture.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.OverflowPolicy;
import io.asynclog.consumer.FakeDevice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class LogStoredTest {
    private final FakeDevice device = new FakeDevice();

    private EngineFixture storing() {
        return new EngineFixture(device.engine(BufferOptions.defaults()));
    }

    @Test
    void returnsTheReceiptOfAStoredRecord() {
        try (EngineFixture engine = storing()) {
            IllegalStateException boom = new IllegalStateException("boom");
            assertThat(engine.log.logStored(Level.WARN, "{} and {}", 1, 2, boom))
                    .isEqualTo(new LogReceipt(0, LogReceipt.Status.STORED));
            assertThat(device.forces()).isEqualTo(1);
            assertThat(engine.only().level()).isEqualTo(Level.WARN);
            assertThat(engine.only().message()).isEqualTo("1 and 2");
            assertThat(engine.only().exception()).contains("boom");
        }
    }

    @Test
    void fluentRecordIsStoredLikeAnyOther() {
        try (EngineFixture engine = storing()) {
            assertThat(engine.log.atInfo().addKeyValue("order", 4711).logStored("paid by {}", "Ann"))
                    .isEqualTo(new LogReceipt(0, LogReceipt.Status.STORED));
            assertThat(device.forces()).isEqualTo(1);
            assertThat(engine.only().message()).isEqualTo("paid by Ann");
            assertThat(engine.only().keyValues()).containsEntry("order", "4711");
        }
    }

    @Test
    void throwsWhatTheForceHasFailedWith() {
        IOException refused = new IOException("no space left on device");
        device.failWith(refused);
        try (EngineFixture engine = storing()) {
            assertThatExceptionOfType(LogStoreException.class)
                    .isThrownBy(() -> engine.log.logStored(Level.INFO, "m"))
                    .withMessage("Record 0 could not be forced to the device")
                    .withCause(refused);
        }
    }

    @Test
    void aDisabledLevelIsNotWaitedFor() {
        try (AsyncLogManager manager = AsyncLogManager.builder().build()) {
            assertThat(manager.getLogger("some").logStored(Level.DEBUG, "m")).isEqualTo(LogReceipt.DISABLED);
            assertThat(manager.status().buffer().accepted()).isZero();
        }
    }

    @Test
    void aBufferInMemoryStoresNothing() {
        try (EngineFixture engine = new EngineFixture()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> engine.log.logStored(Level.INFO, "m"))
                    .withMessageContaining("'buffer.directory'");
            assertThat(engine.only().message()).isEqualTo("m");
        }
    }

    @Test
    void throwsWhenTheRecordIsDropped() {
        CountDownLatch gate = new CountDownLatch(1);
        BufferOptions tiny = BufferOptions.defaults()
                .withSegmentSize(4096)
                .withMaxSize(2 * 4096)
                .withMaxRecordSize(1024)
                .withPolicy(OverflowPolicy.DROP);
        try (EngineFixture engine = new EngineFixture(device.engine(tiny))) {
            engine.sink.doFirst(batch -> gate.await());
            for (int i = 0; i < 100; i++) {
                engine.log.info("x".repeat(200));
            }
            assertThatExceptionOfType(LogOverflowException.class)
                    .isThrownBy(() -> engine.log.logStored(Level.INFO, "x".repeat(200)));
            gate.countDown();
        }
    }

    @Test
    void throwsAfterTheShutdown() {
        EngineFixture engine = storing();
        engine.close();
        assertThatExceptionOfType(LogShutdownException.class).isThrownBy(() -> engine.log.logStored(Level.INFO, "m"));
    }

    @Test
    void throwsOnTheThreadOfASinkAndTheRecordIsLogged() {
        AtomicReference<AsyncLogger> log = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AsyncLogManager.Builder builder = device.engine(BufferOptions.defaults())
                .sink("selfStoring", batch -> {
                    if (failure.get() == null) {
                        try {
                            log.get().logStored(Level.INFO, "from the sink");
                        } catch (IllegalStateException thrown) {
                            failure.set(thrown);
                        }
                    }
                });
        try (EngineFixture engine = new EngineFixture(builder)) {
            log.set(engine.log);
            join(engine.log.infoAsync("m"));
            assertThat(failure.get()).isInstanceOf(IllegalStateException.class);
            await().atMost(DEADLINE).until(() -> engine.sink.messages().contains("from the sink"));
        }
    }

    @Test
    void aThreadThatIsInterruptedWhileItWaitsIsToldThatNothingIsKnown() throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        device.hold();
        try (EngineFixture engine = storing()) {
            Thread caller = new Thread(() -> {
                try {
                    engine.log.logStored(Level.INFO, "m");
                } catch (LogStoreException thrown) {
                    failure.set(thrown);
                    interrupted.set(Thread.currentThread().isInterrupted());
                }
            });
            caller.start();
            device.awaitForce();
            await().atMost(DEADLINE).until(() -> caller.getState() == Thread.State.WAITING);
            caller.interrupt();
            caller.join(DEADLINE.toMillis());

            assertThat(failure.get())
                    .hasMessageContaining("not known whether the record was stored")
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(interrupted.get()).isTrue();
            device.letGo();
            assertThat(engine.only().message()).isEqualTo("m");
        }
    }

    @Test
    void aThreadThatWasInterruptedBeforeKeepsItsStatusAndItsRecord() throws InterruptedException {
        device.hold();
        try (EngineFixture engine = storing()) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(LogStoreException.class)
                    .isThrownBy(() -> engine.log.logStored(Level.INFO, "m"))
                    .withMessageContaining("not known");
            assertThat(Thread.interrupted()).isTrue();
            device.letGo();
            assertThat(engine.only().message()).isEqualTo("m");
        }
    }

    @Test
    void worksBeforeTheEngineStarts() {
        try (AsyncLogManager manager = device.engine(BufferOptions.defaults()).build()) {
            AsyncLogger log = manager.getLogger("early");
            CompletableFuture<LogReceipt> flushed = log.infoAsync("m");
            assertThat(log.logStored(Level.INFO, "m").sequence()).isEqualTo(1);
            assertThat(join(log.logAsync(Ack.STORED, Level.INFO, "m")).sequence())
                    .isEqualTo(2);
            assertThat(flushed).isNotDone();
            manager.initialize();
            assertThat(join(flushed).sequence()).isZero();
        }
    }

    @Test
    void worksWithinACallbackThoughItHoldsUpTheCompletionThread() throws InterruptedException {
        try (AsyncLogManager manager = device.engine(BufferOptions.defaults()).build()) {
            AsyncLogger log = manager.getLogger("early"); // before the start nobody would help that thread out
            device.hold();
            CompletableFuture<LogReceipt> second = log.logAsync(Ack.STORED, Level.INFO, "first")
                    .thenApply(receipt -> log.logStored(Level.INFO, "second"));
            device.awaitForce();
            device.letGo();
            assertThat(join(second).sequence()).isEqualTo(1);
        }
    }

    @Test
    void threadsThatWaitShareAForce() throws InterruptedException {
        int count = 20;
        device.hold();
        try (EngineFixture engine = storing()) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Thread thread = new Thread(() -> engine.log.logStored(Level.INFO, "m"));
                threads.add(thread);
                thread.start();
            }
            await().atMost(DEADLINE)
                    .until(() -> engine.manager.status().buffer().accepted() == count
                            && threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
            device.letGo();
            for (Thread thread : threads) {
                thread.join(DEADLINE.toMillis());
            }
            assertThat(threads).noneMatch(Thread::isAlive);
            assertThat(device.forces()).isLessThanOrEqualTo(count / 2); // who was not in line yet needs one more
            assertThat(engine.flushed()).hasSize(count);
        }
    }

    @Test
    void worksOnVirtualThreads() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with Java 21");
        ExecutorService executor = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try (EngineFixture engine = storing()) {
            List<Future<LogReceipt>> receipts = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                receipts.add(executor.submit(() -> engine.log.logStored(Level.INFO, "m")));
            }
            for (Future<LogReceipt> receipt : receipts) {
                assertThat(receipt.get(DEADLINE.toSeconds(), TimeUnit.SECONDS).status())
                        .isEqualTo(LogReceipt.Status.STORED);
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
