package io.asynclog;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.EngineFixture.failureOf;
import static io.asynclog.EngineFixture.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.OverflowPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LogAsyncOverflowTest {
    private static final BufferOptions TINY = BufferOptions.defaults()
            .withSegmentSize(4096)
            .withMaxSize(3 * 4096)
            .withMaxRecordSize(1024)
            .withMaxWait(Duration.ofMinutes(5));

    /**
     * Makes a record of 256 bytes: 32 of them fit into the two segments in front of the reserve, and 8 may be parked.
     */
    private static final String PADDING = "x".repeat(200);

    private static final int ROOM = 32;
    private static final int ROOM_WITH_PARKED = 40;

    private final CountDownLatch gate = new CountDownLatch(1);

    private EngineFixture engineThatHangs(BufferOptions options) {
        EngineFixture engine = new EngineFixture(AsyncLogManager.builder().bufferOptions(options));
        engine.sink.doFirst(batch -> gate.await());
        return engine;
    }

    /** Logs by futures, whose calls never block, until one waits in front of the buffer or is refused. */
    private static List<CompletableFuture<LogReceipt>> fill(EngineFixture engine, int count) {
        List<CompletableFuture<LogReceipt>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            futures.add(engine.log.infoAsync("{} {}", i, PADDING));
        }
        return futures;
    }

    private static List<Integer> numbers(List<LogRecord> records) {
        return records.stream()
                .filter(record -> record.loggerName().equals("test"))
                .map(record -> Integer.valueOf(record.message().replaceFirst(" .*", "")))
                .collect(Collectors.toList());
    }

    @Test
    void callNeverBlocksAndParkedRecordsKeepTheirOrder() {
        try (EngineFixture engine = engineThatHangs(TINY)) {
            List<CompletableFuture<LogReceipt>> futures = fill(engine, ROOM_WITH_PARKED);
            assertThat(engine.manager.status().buffer().full()).isTrue();
            assertThat(engine.manager.status().buffer().accepted()).isEqualTo(ROOM);
            CompletableFuture<Void> barrier = engine.log.flushAsync();
            gate.countDown();

            join(barrier);
            assertThat(numbers(engine.sink.records())).hasSize(ROOM_WITH_PARKED).isSorted();
            assertThat(futures)
                    .allSatisfy(future -> assertThat(join(future).status()).isEqualTo(LogReceipt.Status.FLUSHED));
            engine.assertLedgerIsExact();
        }
    }

    @Test
    void laterCallsOfTheSameThreadStayBehindItsParkedRecord() throws InterruptedException {
        try (EngineFixture engine = engineThatHangs(TINY)) {
            List<CompletableFuture<LogReceipt>> futures = fill(engine, ROOM);
            Thread blocked = new Thread(() -> {
                futures.add(engine.log.infoAsync("32 parked {}", PADDING));
                engine.log.info("33 waits");
                engine.log.error("34 could use the reserve");
                futures.add(engine.log.infoAsync("35"));
            });
            blocked.start();
            await().atMost(DEADLINE).until(() -> blocked.getState() == Thread.State.TIMED_WAITING);
            gate.countDown();
            blocked.join(DEADLINE.toMillis());

            assertThat(numbers(engine.flushed())).hasSize(36).isSorted();
        }
    }

    @Test
    void errorGetsItsReserveAndStaysBehindWhatItsThreadParked() {
        try (EngineFixture engine = engineThatHangs(TINY)) {
            fill(engine, ROOM);
            CompletableFuture<LogReceipt> parked = engine.log.infoAsync("32 parked {}", PADDING);
            assertThat(engine.manager.status().buffer().accepted()).isEqualTo(ROOM);
            engine.log.error("33 error");
            assertThat(engine.manager.status().buffer().accepted()).isEqualTo(ROOM + 2);
            gate.countDown();
            join(parked);
            assertThat(numbers(engine.flushed())).hasSize(34).isSorted();
        }
    }

    @Test
    void parkedRecordsEndInTimeAlsoWhereThereIsNoThreadForThem() {
        EngineFixture engine = new EngineFixture(AsyncLogManager.builder()
                .bufferOptions(TINY.withMaxWait(Duration.ofMillis(1)))
                .scheduler(new NoThreads()));
        engine.sink.doFirst(batch -> gate.await());
        List<CompletableFuture<LogReceipt>> futures = fill(engine, ROOM + 1);

        assertThat(failureOf(futures.get(ROOM))).isInstanceOf(LogOverflowException.class);
        gate.countDown();
        engine.close();
        await().atMost(DEADLINE).until(() -> futures.subList(0, ROOM).stream().allMatch(CompletableFuture::isDone));
    }

    @Test
    void parkedRecordsEndAtTheShutdownAlsoWhereThereIsNoThreadForThem() {
        EngineFixture engine =
                new EngineFixture(AsyncLogManager.builder().bufferOptions(TINY).scheduler(new NoThreads()));
        engine.sink.doFirst(batch -> gate.await());
        List<CompletableFuture<LogReceipt>> futures = fill(engine, ROOM_WITH_PARKED);
        ShutdownReport report = engine.manager.shutdown(Duration.ZERO);
        gate.countDown();

        assertThat(report.accepted()).isEqualTo(ROOM);
        assertThat(futures.subList(ROOM, ROOM_WITH_PARKED))
                .allSatisfy(future -> assertThat(failureOf(future)).isInstanceOf(LogShutdownException.class));
    }

    /** A scheduler for which the system has no thread. */
    private static final class NoThreads implements TaskScheduler {
        @Override
        public <T> CompletableFuture<T> execute(Callable<T> task) {
            return CompletableFuture.failedFuture(new OutOfMemoryError("unable to create native thread"));
        }

        @Override
        public <T> CompletableFuture<T> schedule(Callable<T> task, Duration delay) {
            return execute(task);
        }

        @Override
        public void close() {}
    }

    @Test
    void whatIsBeyondTheBoundOfParkedRecordsFails() {
        try (EngineFixture engine = engineThatHangs(TINY)) {
            List<CompletableFuture<LogReceipt>> futures = fill(engine, 200);
            assertThat(failureOf(futures.get(199)))
                    .isInstanceOf(LogOverflowException.class)
                    .hasMessageContaining("no room in the buffer of 12288 bytes, and the overflow policy is 'block'")
                    .hasMessageContaining("raise 'buffer.max-size'");
            gate.countDown();
            await().atMost(DEADLINE).until(() -> futures.stream().allMatch(CompletableFuture::isDone));
            long failed = futures.stream()
                    .filter(CompletableFuture::isCompletedExceptionally)
                    .count();
            assertThat(engine.manager.status().buffer().dropped()).isEqualTo(failed);
            engine.log.info("200");
            List<LogRecord> records = engine.flushed();
            assertThat(numbers(records)).isSorted().hasSize((int) (201 - failed));
            assertThat(records)
                    .filteredOn(record -> !record.loggerName().equals("test"))
                    .extracting(LogRecord::message)
                    .anySatisfy(report -> assertThat(report)
                            .contains(failed + " log records were dropped", "'block'", "raise 'buffer.max-size'"));
        }
    }

    @Test
    void parkedRecordFailsWhenItsWaitIsOver() {
        try (EngineFixture engine = engineThatHangs(TINY.withMaxWait(Duration.ofMillis(50)))) {
            List<CompletableFuture<LogReceipt>> futures = fill(engine, ROOM_WITH_PARKED);
            CompletableFuture<Void> barrier = engine.log.flushAsync();
            assertThat(failureOf(futures.get(ROOM))).isInstanceOf(LogOverflowException.class);
            assertThat(barrier).isNotDone();
            gate.countDown();
            join(barrier);
            // Those that were given up are told by tasks of the scheduler, which the barrier does not wait for.
            await().atMost(DEADLINE).until(() -> futures.stream().allMatch(CompletableFuture::isDone));
        }
    }

    @Test
    void policyDropFailsTheFutureAtOnce() {
        try (EngineFixture engine = engineThatHangs(TINY.withPolicy(OverflowPolicy.DROP))) {
            List<CompletableFuture<LogReceipt>> futures = fill(engine, ROOM + 1);
            assertThat(futures.get(ROOM)).isCompletedExceptionally();
            assertThat(failureOf(futures.get(ROOM)))
                    .isInstanceOf(LogOverflowException.class)
                    .hasMessageContaining("'drop'");
            gate.countDown();
        }
    }

    @Test
    void everyFutureCompletesWhenAFullEngineIsShutDown() {
        EngineFixture engine = engineThatHangs(TINY);
        List<CompletableFuture<LogReceipt>> futures = fill(engine, ROOM_WITH_PARKED);
        CompletableFuture<Void> barrier = engine.log.flushAsync();

        ShutdownReport report = engine.manager.shutdown(Duration.ofMillis(50));

        await().atMost(DEADLINE).until(() -> futures.stream().allMatch(CompletableFuture::isDone));
        await().atMost(DEADLINE).until(barrier::isDone);
        assertThat(futures).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(futures.stream()
                        .map(EngineFixture::failureOf)
                        .map(Object::getClass)
                        .distinct())
                .containsExactlyInAnyOrder(LogFlushException.class, LogShutdownException.class);
        String parked = "The record waited for room in the buffer until the engine was shut down, and was ";
        assertThat(futures.stream()
                        .map(EngineFixture::failureOf)
                        .filter(LogShutdownException.class::isInstance)
                        .map(Throwable::getMessage)
                        .distinct())
                .isNotEmpty()
                .isSubsetOf(parked + "written nowhere", parked + "not written in time"); // on a slow machine
        assertThat(failureOf(barrier)).isInstanceOf(LogFlushException.class);
        assertThat(report.isComplete()).isFalse();
        engine.assertLedgerIsExact();
    }
}
