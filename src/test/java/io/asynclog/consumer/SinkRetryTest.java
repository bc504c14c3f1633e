package io.asynclog.consumer;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.EngineFixture.failureOf;
import static io.asynclog.EngineFixture.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.CollectingSink;
import io.asynclog.EngineFixture;
import io.asynclog.FlushFunction;
import io.asynclog.LogFlushException;
import io.asynclog.LogReceipt;
import io.asynclog.LogRecord;
import io.asynclog.ShutdownReport;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.sink.FileOptions;
import io.asynclog.sink.RollingFileSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class SinkRetryTest {
    private static final SinkOptions FAST =
            SinkOptions.defaults().withRetry(new RetryOptions(2, Duration.ofMillis(1), Duration.ofMillis(4)));

    /** Lets a test log all its records before the sink sees the first. */
    private final CountDownLatch gate = new CountDownLatch(1);

    private EngineFixture engine(CollectingSink sink, FlushFunction first) {
        sink.doFirst(batch -> {
            gate.await();
            first.flush(batch);
        });
        return new EngineFixture(AsyncLogManager.builder().sink("faulty", sink, FAST));
    }

    private static FlushFunction failOn(Set<String> poison) {
        return batch -> {
            for (LogRecord record : batch) {
                if (poison.contains(record.message())) {
                    throw new IOException("poisoned by " + record.message());
                }
            }
        };
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"50", "0", "99", "0 1 2", "97 98", "20 21 22 23 24 25 26", "0 50 98", "1 3 5 7 9", "98 0 1 97"})
    void onlyPoisonousRecordsFail(String poisonous) {
        Set<String> poison = Set.of(poisonous.split(" "));
        CollectingSink sink = new CollectingSink();
        try (EngineFixture engine = engine(sink, failOn(poison))) {
            List<CompletableFuture<LogReceipt>> futures = new ArrayList<>();
            numbers(100).forEach(number -> futures.add(engine.log.infoAsync(number)));
            gate.countDown();
            // A poisonous record at the very end is known from a dead sink only when another one goes through.
            await().atMost(DEADLINE).until(() -> {
                engine.log.info("more");
                return engine.sinkStatus("faulty").failed() == poison.size();
            });
            engine.log.info("end");
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("faulty").depth() == 0);

            List<String> good = numbers(100);
            good.removeAll(poison);
            assertThat(withoutRepeats(sink))
                    .filteredOn(message -> message.length() < 3)
                    .isEqualTo(good);
            for (int i = 0; i < 100; i++) {
                if (poison.contains(Integer.toString(i))) {
                    Throwable failure = failureOf(futures.get(i));
                    assertThat(failure).isInstanceOf(LogFlushException.class);
                    assertThat(((LogFlushException) failure).failures()).containsOnlyKeys("faulty");
                }
            }
            engine.assertLedgerIsExact();
            assertThat(engine.sinkStatus("faulty").failed()).isEqualTo(poison.size());
        }
    }

    /** Returns the messages of records as they came first; a record may come again after a failure. */
    private static List<String> withoutRepeats(CollectingSink sink) {
        return sink.records().stream()
                .collect(Collectors.toMap(LogRecord::sequence, LogRecord::message, (a, b) -> a, TreeMap::new))
                .values()
                .stream()
                .collect(Collectors.toList());
    }

    @Test
    void exceptionThatFailsToDescribeItselfIsOneLikeOthers() {
        CollectingSink sink = new CollectingSink();
        FlushFunction evil = batch -> {
            for (LogRecord record : batch) {
                if (record.message().equals("poison")) {
                    throw new Evil();
                }
            }
        };
        try (EngineFixture engine = engine(sink, evil)) {
            engine.log.info("before");
            CompletableFuture<LogReceipt> poison = engine.log.infoAsync("poison");
            engine.log.info("behind");
            gate.countDown();

            assertThat(failureOf(poison))
                    .isInstanceOf(LogFlushException.class)
                    .hasMessageContaining(Evil.class.getName());
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("faulty").depth() == 0);
            assertThat(withoutRepeats(sink)).containsExactly("before", "behind");
            assertThat(engine.sinkStatus("faulty").lastFailure().message()).isEqualTo(Evil.class.getName());
            engine.assertLedgerIsExact();
        }
    }

    private static final class Evil extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }

    @Test
    void countOfFlushedRecordsNeverGoesBack() {
        AtomicReference<EngineFixture> fixture = new AtomicReference<>();
        List<Long> flushed = new ArrayList<>();
        CollectingSink sink = new CollectingSink();
        FlushFunction poisoned = failOn(Set.of("0", "1", "2"));
        FlushFunction counting = batch -> {
            flushed.add(fixture.get().sinkStatus("faulty").flushed());
            poisoned.flush(batch);
        };
        try (EngineFixture engine = engine(sink, counting)) {
            fixture.set(engine);
            numbers(20).forEach(engine.log::info);
            gate.countDown();
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("faulty").depth() == 0);

            assertThat(engine.sinkStatus("faulty").failed()).isEqualTo(3);
            assertThat(flushed).isSorted();
        }
    }

    @Test
    void interruptThatASinkLeavesBehindIsNotMeantForTheNextFlush() {
        List<Boolean> interrupted = new ArrayList<>();
        CollectingSink sink = new CollectingSink().doFirst(batch -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            try {
                failOn(Set.of("5")).flush(batch);
            } catch (IOException failure) {
                Thread.currentThread().interrupt(); // as if it had been interrupted in a wait
                throw failure;
            }
        });
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().sink("faulty", sink, FAST))) {
            SinkControl control = engine.pause("faulty");
            numbers(10).forEach(engine.log::info);
            control.resume();
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("faulty").depth() == 0);

            assertThat(interrupted).hasSizeGreaterThan(3).containsOnly(false);
            assertThat(engine.sinkStatus("faulty").failed()).isEqualTo(1);
        }
    }

    @Test
    void nothingIsFlushedAnyMoreWhenTheShutdownHasCutAFlushShort() {
        CountDownLatch flushing = new CountDownLatch(1);
        AtomicInteger flushes = new AtomicInteger();
        AtomicReference<Thread> loop = new AtomicReference<>();
        CollectingSink sink = new CollectingSink().doFirst(batch -> {
            loop.set(Thread.currentThread());
            flushes.incrementAndGet();
            gate.await();
            flushing.countDown();
            new CountDownLatch(1).await();
        });
        SinkOptions once =
                SinkOptions.defaults().withRetry(new RetryOptions(1, Duration.ofMillis(1), Duration.ofMillis(4)));
        EngineFixture engine = new EngineFixture(AsyncLogManager.builder().sink("faulty", sink, once));
        numbers(100).forEach(engine.log::info);
        gate.countDown();
        await().atMost(DEADLINE).until(() -> flushing.getCount() == 0);
        ShutdownReport ignored = engine.manager.shutdown(Duration.ofMillis(1));
        await().atMost(DEADLINE).until(() -> !loop.get().isAlive());

        assertThat(flushes).hasValue(1);
    }

    @Test
    void recordIsNotRefusedForTheFailuresOfOneThatWasPassedOver() {
        SinkOptions patient =
                SinkOptions.defaults().withRetry(new RetryOptions(2, Duration.ofHours(1), Duration.ofHours(1)));
        AtomicReference<String> taken = new AtomicReference<>("first");
        CollectingSink picky = new CollectingSink().doFirst(batch -> {
            if (batch.size() != 1 || !batch.iterator().next().message().equals(taken.get())) {
                throw new IOException("down");
            }
        });
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().sink("picky", picky, patient))) {
            SinkControl control = engine.pause("picky");
            engine.log.info("first");
            engine.log.info("suspect");
            engine.awaitTurn("picky"); // or a turn that is under way would end the pause, and the request another
            control.resume();
            awaitFailures(engine, 1);
            control.retry(); // the first goes through, and the other one stands alone
            awaitFailures(engine, 3);
            control.level(Level.ERROR);
            engine.log.error("another"); // the loop was told of the level, and tries at once
            awaitFailures(engine, 4);
            taken.set("another");
            control.retry();
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("picky").depth() == 0);

            assertThat(picky.messages()).containsExactly("first", "another");
            assertThat(engine.sinkStatus("picky").failed()).isZero();
        }
    }

    private static void awaitFailures(EngineFixture engine, int count) {
        await().atMost(DEADLINE).until(() -> engine.sinkStatus("picky").failedFlushes() == count);
    }

    @Test
    void sinkThatTakesOneRecordAndGoesDownAgainKeepsTheRest() {
        AtomicInteger probes = new AtomicInteger();
        AtomicInteger attemptsSinceTaken = new AtomicInteger();
        CollectingSink sink = new CollectingSink();
        FlushFunction flapping = batch -> {
            LogRecord first = batch.iterator().next();
            int since = attemptsSinceTaken.get() == 0 ? 0 : attemptsSinceTaken.incrementAndGet();
            boolean isProbed =
                    since == 0 && batch.size() == 1 && first.message().equals("2");
            if (isProbed && probes.incrementAndGet() == 2) { // the first looks whether the sink is down
                attemptsSinceTaken.set(1);
            } else if (since < 60) {
                throw new IOException("down");
            }
        };
        try (EngineFixture engine = engine(sink, flapping)) {
            numbers(100).forEach(engine.log::info);
            gate.countDown();
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("faulty").depth() == 0);

            assertThat(engine.sinkStatus("faulty").failed()).isLessThanOrEqualTo(1);
            assertThat(withoutRepeats(sink)).containsAll(numbers(100).subList(1, 100));
            engine.assertLedgerIsExact();
        }
    }

    /**
     * Wherever in its retries and probes a sink comes back, nothing was wrong with the records: none may be refused.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 20, 25, 30, 35, 40})
    void sinkThatComesBackAfterSomeFailuresGetsEveryRecord(int failures) {
        assertComesBack(failures, FAST);
        assertComesBack(failures, FAST.withBatchSize(1));
        assertComesBack(failures, FAST.withBatchSize(3));
    }

    private static void assertComesBack(int failures, SinkOptions options) {
        AtomicInteger left = new AtomicInteger(failures);
        CollectingSink sink = new CollectingSink();
        FlushFunction down = batch -> {
            if (left.getAndDecrement() > 0) {
                throw new IOException("down");
            }
        };
        sink.doFirst(down);
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().sink("faulty", sink, options))) {
            SinkControl control = engine.pause("faulty");
            numbers(60).forEach(engine.log::info);
            control.resume();
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("faulty").depth() == 0);

            assertThat(engine.sinkStatus("faulty").failed()).isZero();
            assertThat(withoutRepeats(sink)).isEqualTo(numbers(60));
            // Repeats apart, also in this order: each record's last coming is behind that of the one before.
            List<Integer> messages =
                    sink.messages().stream().map(Integer::valueOf).collect(Collectors.toList());
            List<Integer> lastComings =
                    IntStream.range(0, 60).mapToObj(messages::lastIndexOf).collect(Collectors.toList());
            assertThat(lastComings).isSorted();
        }
    }

    @Test
    void futuresOfADeadSinkFailWhileItsRecordsWaitForIt() {
        AtomicBoolean down = new AtomicBoolean(true);
        CollectingSink sink = new CollectingSink();
        FlushFunction dead = batch -> {
            if (down.get()) {
                throw new IOException("down");
            }
        };
        try (EngineFixture engine = engine(sink, dead)) {
            gate.countDown();
            CompletableFuture<LogReceipt> future = engine.log.infoAsync("0");
            CompletableFuture<Void> barrier = engine.log.flushAsync();
            assertThat(((LogFlushException) failureOf(future)).failures().get("faulty"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("down");
            assertThat(failureOf(barrier)).isInstanceOf(LogFlushException.class);
            assertThat(engine.sinkStatus("faulty").state()).isEqualTo(SinkStatus.State.RETRYING);
            assertThat(engine.sinkStatus("faulty").lastFailure().message()).contains("down");
            assertThat(engine.sinkStatus("faulty").retries()).isPositive();

            down.set(false);
            await().atMost(DEADLINE).until(() -> sink.messages().contains("0"));
            join(engine.log.infoAsync("1"));
            assertThat(engine.sinkStatus("faulty").state()).isEqualTo(SinkStatus.State.RUNNING);
            assertThat(engine.sinkStatus("faulty").failed()).isZero();
            assertThat(engine.errors.messages())
                    .anySatisfy(message -> assertThat(message).contains("takes nothing"))
                    .anySatisfy(message -> assertThat(message).contains("takes records again"));
        }
    }

    @Test
    void futuresOfADeadSinkAreToldAfterTheAttemptsWithTheBatchAndNotAsManyWithItsFirstRecord() {
        int maxAttempts = 30;
        AtomicInteger attempts = new AtomicInteger();
        AtomicReference<EngineFixture> running = new AtomicReference<>();
        CollectingSink sink = new CollectingSink();
        sink.doFirst(batch -> {
            gate.await();
            if (running.get().errors.messages().stream().noneMatch(message -> message.contains("takes nothing"))) {
                attempts.incrementAndGet();
            }
            throw new IOException("down");
        });
        SinkOptions options = SinkOptions.defaults()
                .withRetry(new RetryOptions(maxAttempts, Duration.ofMillis(1), Duration.ofMillis(1)));
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().sink("faulty", sink, options))) {
            running.set(engine);
            List<CompletableFuture<LogReceipt>> futures = new ArrayList<>();
            numbers(100).forEach(number -> futures.add(engine.log.infoAsync(number)));
            gate.countDown();

            assertThat(futures)
                    .allSatisfy(future -> assertThat(failureOf(future)).isInstanceOf(LogFlushException.class));
            assertThat(attempts.get()).isBetween(maxAttempts + 1, maxAttempts + 8); // the first alone, and 7 others
            engine.manager.shutdown(Duration.ofMillis(1));
        }
    }

    @Test
    void pausesGrowWithTheAttemptsAndNotWithTheRecordsThatAreTriedInOneOfThem() {
        AtomicInteger calls = new AtomicInteger();
        CollectingSink sink = new CollectingSink();
        sink.doFirst(batch -> {
            gate.await();
            if (calls.incrementAndGet() <= 24) { // eight attempts; were each a step, a pause would be hours
                throw new IOException("down");
            }
        });
        SinkOptions options =
                SinkOptions.defaults().withRetry(new RetryOptions(2, Duration.ofMillis(1), Duration.ofDays(10_000)));
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().sink("faulty", sink, options))) {
            numbers(100).forEach(engine.log::info);
            gate.countDown();

            await().atMost(DEADLINE).until(() -> engine.sinkStatus("faulty").depth() == 0);
        }
    }

    @Test
    void recordThatIsRefusedHoldsUpTheOthersNoLongerForTheAttemptsWithTheBatch() {
        CollectingSink sink = new CollectingSink();
        sink.doFirst(batch -> {
            gate.await();
            failOn(Set.of("0")).flush(batch);
        });
        int maxAttempts = 10; // half a second of pauses, twice; were they counted on, the second time would be minutes
        SinkOptions options = SinkOptions.defaults()
                .withRetry(new RetryOptions(maxAttempts, Duration.ofMillis(1), Duration.ofDays(10_000)));
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().sink("faulty", sink, options))) {
            numbers(8).forEach(engine.log::info);
            gate.countDown();

            await().atMost(DEADLINE).until(() -> engine.sinkStatus("faulty").depth() == 0);
            assertThat(engine.sinkStatus("faulty").failed()).isOne();
        }
    }

    @Test
    void deadSinkIsTriedOnlyAFewTimesBetweenTwoPauses() {
        AtomicInteger attempts = new AtomicInteger();
        CollectingSink sink = new CollectingSink();
        FlushFunction dead = batch -> {
            attempts.incrementAndGet();
            throw new IOException("down");
        };
        try (EngineFixture engine = engine(sink, dead)) {
            numbers(2000).forEach(engine.log::info);
            gate.countDown();
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("faulty").retries() > 30);
            int made = attempts.get(); // before the retries, of which there may be more by then
            long retries = engine.sinkStatus("faulty").retries(); // one for each pause
            assertThat((long) made).isLessThan(8 * (retries + 2));
            engine.manager.shutdown(Duration.ofMillis(1));
        }
    }

    @Test
    void longRunOfPoisonousRecordsIsRefusedWhenOthersGoThrough() {
        Set<String> poison = Set.copyOf(numbers(500));
        CollectingSink sink = new CollectingSink();
        try (EngineFixture engine = engine(sink, failOn(poison))) {
            numbers(1000).forEach(engine.log::info);
            gate.countDown();
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("faulty").depth() == 0);
            assertThat(engine.sinkStatus("faulty").failed()).isEqualTo(500);
            engine.assertLedgerIsExact();
        }
    }

    /** What proves that the sink is alive lies beyond the batch: in the same segment, or in a later one. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 10, 1048576",
        "1, 20, 200, 1048576",
        "1, 20, 200, 4096",
        "10, 30, 200, 4096",
        "1000, 5000, 40000, 1048576"
    })
    void poisonousRecordsThatFillABatchAreRefused(int batchSize, int poisonous, int all, int segmentSize) {
        Set<String> poison = Set.copyOf(numbers(poisonous));
        CollectingSink sink = new CollectingSink().doFirst(failOn(poison));
        AsyncLogManager.Builder builder = AsyncLogManager.builder()
                .sink("faulty", sink, FAST.withBatchSize(batchSize))
                .bufferOptions(BufferOptions.defaults().withMaxRecordSize(1024).withSegmentSize(segmentSize));
        try (EngineFixture engine = new EngineFixture(builder)) {
            SinkControl control = engine.pause("faulty");
            numbers(all).forEach(engine.log::info);
            control.resume();
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("faulty").depth() == 0);
            assertThat(engine.sinkStatus("faulty").failed()).isEqualTo(poisonous);
            assertThat(withoutRepeats(sink)).isEqualTo(numbers(all).subList(poisonous, all));
            engine.assertLedgerIsExact();
        }
    }

    /** The records between are not for the sink, and there are more of them than the search looks at. */
    @Test
    void proofIsFoundAmongManyRecordsThatAreNotForTheSink() {
        CollectingSink sink = new CollectingSink().doFirst(failOn(Set.of("poison")));
        AsyncLogManager.Builder builder = AsyncLogManager.builder()
                .sink("faulty", sink, FAST.withLevel(Level.ERROR).withBatchSize(1));
        try (EngineFixture engine = new EngineFixture(builder)) {
            SinkControl control = engine.pause("faulty");
            engine.log.error("poison");
            numbers(50_000).forEach(engine.log::info);
            engine.log.error("good");
            control.resume();
            // What lies far away may be missed in a round, so that the search goes on until it is not.
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("faulty").depth() == 0);
            assertThat(engine.sinkStatus("faulty").failed()).isEqualTo(1);
            engine.assertLedgerIsExact();
        }
    }

    @Test
    void fileWithinASinkMissesNoLineForARecordThatCameEarly(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("both.log");
        RollingFileSink file = new RollingFileSink(FileOptions.to(path).withPattern("%m%n"), (m, f) -> {});
        FlushFunction poisonous = failOn(Set.copyOf(numbers(20)));
        FlushFunction both = batch -> {
            poisonous.flush(batch);
            file.flush(batch);
        };
        AsyncLogManager.Builder builder = AsyncLogManager.builder().sink("both", both, FAST.withBatchSize(2));
        try (EngineFixture engine = new EngineFixture(builder)) {
            SinkControl control = engine.pause("both");
            numbers(5000).forEach(engine.log::info);
            control.resume();
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("both").depth() == 0);
            assertThat(engine.sinkStatus("both").failed()).isEqualTo(20);
        }
        assertThat(Files.readAllLines(path)).isEqualTo(numbers(5000).subList(20, 5000));
    }

    @Test
    void refusedRecordBecomesADeadLetter(@TempDir Path folder) {
        Path letters = folder.resolve("dead/letters.json");
        CollectingSink sink = new CollectingSink().doFirst(failOn(Set.of("1")));
        AsyncLogManager.Builder builder =
                AsyncLogManager.builder().sink("faulty", sink, FAST).deadLetters(letters);
        try (EngineFixture engine = new EngineFixture(builder)) {
            numbers(3).forEach(engine.log::info);
            await().atMost(DEADLINE).untilAsserted(() -> {
                engine.log.info("more");
                assertThat(Files.readString(letters))
                        .containsOnlyOnce("\"message\":\"1\"")
                        .contains("faulty")
                        .contains("poisoned by 1")
                        .endsWith("\n");
            });
        }
    }

    @Test
    void deadLettersThatCannotBeWrittenAreReportedAndStopNothing(@TempDir Path folder) throws IOException {
        Path letters = folder.resolve("letters.json");
        CollectingSink sink = new CollectingSink().doFirst(failOn(Set.of("1")));
        AsyncLogManager.Builder builder =
                AsyncLogManager.builder().sink("faulty", sink, FAST).deadLetters(letters);
        try (EngineFixture engine = new EngineFixture(builder)) {
            Files.delete(letters); // it could be written at the start
            Files.createDirectory(letters);
            numbers(3).forEach(engine.log::info);
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("faulty").failed() == 1);
            await().atMost(DEADLINE).until(() -> sink.messages().contains("2"));
            assertThat(engine.errors.messages())
                    .anySatisfy(message -> assertThat(message).contains("dead letter"));
        }
    }
}
