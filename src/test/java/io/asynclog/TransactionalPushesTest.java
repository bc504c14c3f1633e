package io.asynclog;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.EngineFixture.failureOf;
import static io.asynclog.EngineFixture.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.asynclog.FakeTransactions.Transaction;
import io.asynclog.TransactionBinding.Outcome;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.RecordEncoder;
import io.asynclog.consumer.LogConsumer;
import io.asynclog.consumer.RecordFuture;
import io.asynclog.sink.FileOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;

/** Records that are bound to transactions. */
class TransactionalPushesTest {
    private final FakeTransactions transactions = new FakeTransactions();

    private EngineFixture engine() {
        return new EngineFixture(AsyncLogManager.builder().transactions(transactions));
    }

    private static List<String> messages(EngineFixture engine) {
        return engine.flushed().stream().map(LogRecord::message).collect(Collectors.toList());
    }

    @Test
    void commitLogsWhatWaitsForItAndNothingElse() {
        try (EngineFixture engine = engine()) {
            Transaction transaction = transactions.begin();
            engine.log.afterCommit().info("placed");
            engine.log.afterRollback().info("not placed");
            assertThat(messages(engine)).isEmpty();
            transaction.commit();
            assertThat(messages(engine)).containsExactly("placed");
        }
    }

    @Test
    void rollbackLogsWhatWaitsForItAndNothingElse() {
        try (EngineFixture engine = engine()) {
            Transaction transaction = transactions.begin();
            engine.log.afterCommit().info("placed");
            engine.log.afterRollback().info("not placed");
            transaction.rollBack();
            assertThat(messages(engine)).containsExactly("not placed");
        }
    }

    @Test
    void outsideOfTransactionsACommitIsTakenForGrantedAndARollbackForImpossible() {
        try (EngineFixture engine = engine()) {
            transactions.begin().commit();
            engine.log.afterCommit().info("placed");
            engine.log.afterRollback().info("not placed");
            assertThat(join(engine.log.afterCommit().infoAsync("awaited")).status())
                    .isEqualTo(LogReceipt.Status.FLUSHED);
            assertThat(engine.log.afterRollback().infoAsync("awaited")).isCompletedWithValue(LogReceipt.DISCARDED);
            assertThat(messages(engine)).containsExactly("placed", "awaited");
        }
    }

    @Test
    void engineThatIsToldOfNoTransactionsKnowsOfNone() {
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.afterCommit().info("placed");
            engine.log.afterRollback().info("not placed");
            assertThat(messages(engine)).containsExactly("placed");
        }
    }

    @Test
    void recordIsTakenAtTheCall() throws InterruptedException {
        try (EngineFixture engine = engine()) {
            StringBuilder argument = new StringBuilder("as it was");
            Transaction[] transaction = new Transaction[1];
            Thread caller = new Thread(
                    () -> {
                        transaction[0] = transactions.begin();
                        engine.log.afterCommit().info("{}", argument, new IllegalStateException("of the call"));
                    },
                    "caller");
            caller.start();
            caller.join();
            argument.append(", and later");
            long ended = System.currentTimeMillis();
            while (System.currentTimeMillis() <= ended + 100) {
                Thread.onSpinWait(); // so that the end has another time than the call
            }
            transaction[0].commit();

            LogRecord record = engine.only();
            assertThat(record.message()).isEqualTo("as it was");
            assertThat(record.threadName()).isEqualTo("caller");
            // The clock of records may be ahead of the system's by less than a millisecond, or more where it was held
            // up.
            assertThat(record.timestamp().toEpochMilli()).isLessThan(ended + 50);
            assertThat(record.exception()).contains("of the call").contains("recordIsTakenAtTheCall");
        }
    }

    @Test
    void recordsKeepTheirOrderAndStandWhereTheCommitIs() {
        try (EngineFixture engine = engine()) {
            Transaction transaction = transactions.begin();
            for (int i = 0; i < 1000; i++) {
                engine.log.afterCommit().info("bound {}", i);
                engine.log.afterRollback().info("not {}", i);
                engine.log.info("plain {}", i);
            }
            transaction.commit();
            engine.log.info("behind");

            List<String> expected = new ArrayList<>();
            IntStream.range(0, 1000).forEach(i -> expected.add("plain " + i));
            IntStream.range(0, 1000).forEach(i -> expected.add("bound " + i));
            expected.add("behind");
            assertThat(messages(engine)).containsExactlyElementsOf(expected);
            engine.assertLedgerIsExact();
        }
    }

    @Test
    void viewsHaveTheNameAndTheLevelsOfTheirLoggerAndAreAlwaysTheSame() {
        AtomicBoolean debug = new AtomicBoolean();
        try (AsyncLogManager manager = AsyncLogManager.builder()
                .levels(name -> level -> level != Level.DEBUG || debug.get())
                .build()) {
            AsyncLogger log = manager.getLogger("some");
            for (AsyncLogger view : List.of(log.afterCommit(), log.afterRollback())) {
                assertThat(view).isNotSameAs(log);
                assertThat(view.getName()).isEqualTo("some");
                assertThat(view.afterCommit()).isSameAs(log.afterCommit());
                assertThat(view.afterRollback()).isSameAs(log.afterRollback());
                debug.set(false);
                assertThat(view.isDebugEnabled()).isFalse();
                assertThat(view.debugAsync("m")).isCompletedWithValue(LogReceipt.DISABLED);
                debug.set(true);
                assertThat(view.isDebugEnabled()).isTrue();
            }
        }
    }

    @Test
    void fluentCallsAndMarkersAreBoundToo() {
        try (EngineFixture engine = engine()) {
            Transaction transaction = transactions.begin();
            engine.log
                    .afterCommit()
                    .atInfo()
                    .addKeyValue("order", 17)
                    .addMarker(marker())
                    .log("fluent {}", 1);
            engine.log.afterCommit().warn(marker(), "marked {}", 2);
            engine.log.afterCommit().error("{} {} {} {}", 1, 2, 3, 4);
            assertThat(messages(engine)).isEmpty();
            transaction.commit();

            List<LogRecord> records = engine.flushed();
            assertThat(records).extracting(LogRecord::message).containsExactly("fluent 1", "marked 2", "1 2 3 4");
            assertThat(records).extracting(LogRecord::marker).containsExactly("AUDIT", "AUDIT", null);
            assertThat(records.get(0).keyValues()).isEqualTo(Map.of("order", "17"));
        }
    }

    private static Marker marker() {
        return new BasicMarkerFactory().getMarker("AUDIT");
    }

    @Test
    void futureTellsWhatBecameOfTheRecord() {
        try (EngineFixture engine = engine()) {
            Transaction transaction = transactions.begin();
            CompletableFuture<LogReceipt> placed = engine.log.afterCommit().infoAsync("placed");
            CompletableFuture<LogReceipt> notPlaced = engine.log.afterRollback().infoAsync("not placed");
            join(engine.log.infoAsync("meanwhile"));
            assertThat(placed).isNotDone();
            assertThat(notPlaced).isNotDone();
            transaction.commit();
            assertThat(join(placed)).isEqualTo(new LogReceipt(1, LogReceipt.Status.FLUSHED));
            assertThat(join(notPlaced)).isEqualTo(LogReceipt.DISCARDED);
        }
    }

    @Test
    void unknownOutcomeIsTakenForNeitherAndReportedOnce() {
        try (EngineFixture engine = engine()) {
            Transaction transaction = transactions.begin();
            engine.log.afterCommit().info("placed");
            engine.log.afterRollback().info("not placed");
            CompletableFuture<LogReceipt> awaited = engine.log.afterCommit().infoAsync("awaited");
            transaction.end(Outcome.UNKNOWN);

            assertThat(failureOf(awaited))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("unknown");
            assertThat(messages(engine)).isEmpty();
            assertThat(engine.errors.messages())
                    .singleElement()
                    .asString()
                    .contains("outcome")
                    .endsWith(": 3");
        }
    }

    @Test
    void transactionHasOneListenerAnEngineHoweverManyRecords() {
        try (EngineFixture one = engine();
                EngineFixture other = engine()) {
            Transaction transaction = transactions.begin();
            for (int i = 0; i < 10; i++) {
                one.log.afterCommit().info("one");
                one.manager.getLogger("second").afterRollback().info("one");
                other.log.afterCommit().info("other");
            }
            assertThat(transaction.listeners()).isEqualTo(2);
            transaction.commit();
            assertThat(messages(one)).hasSize(10).containsOnly("one");
            assertThat(messages(other)).hasSize(10).containsOnly("other");
        }
    }

    @Test
    void suspendedTransactionHasItsOwnRecords() {
        try (EngineFixture engine = engine()) {
            Transaction outer = transactions.begin();
            engine.log.afterCommit().info("outer 1");
            outer.suspend();
            Transaction inner = transactions.begin();
            engine.log.afterCommit().info("inner");
            inner.commit();
            assertThat(messages(engine)).containsExactly("inner");
            outer.resume();
            engine.log.afterCommit().info("outer 2");
            outer.rollBack();
            assertThat(messages(engine)).containsExactly("inner");
        }
    }

    @Test
    void transactionThatEndsAfterShutdownIsLate(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("app.log");
        EngineFixture engine = new EngineFixture(
                AsyncLogManager.builder().transactions(transactions).file(FileOptions.to(file)));
        Transaction transaction = transactions.begin();
        engine.log.afterCommit().info("placed");
        CompletableFuture<LogReceipt> late = engine.log.afterCommit().infoAsync("awaited");
        CompletableFuture<LogReceipt> discarded = engine.log.afterRollback().infoAsync("not placed");
        engine.close();
        transaction.commit();

        assertThat(failureOf(late)).isInstanceOf(LogShutdownException.class).hasMessageContaining("file");
        assertThat(join(discarded)).isEqualTo(LogReceipt.DISCARDED);
        assertThat(Files.readAllLines(file))
                .satisfiesExactly(line -> assertThat(line).endsWith("placed"), line -> assertThat(line)
                        .endsWith("awaited"));
        assertThat(engine.manager.status().tooLate()).isEqualTo(2);
    }

    @Test
    void commitIntoAFullBufferParksAwaitedRecordsInOrder() {
        BufferOptions tiny = BufferOptions.defaults()
                .withSegmentSize(4096)
                .withMaxSize(3 * 4096)
                .withMaxRecordSize(1024)
                .withMaxWait(Duration.ofMinutes(5));
        CountDownLatch gate = new CountDownLatch(1);
        try (EngineFixture engine = new EngineFixture(
                AsyncLogManager.builder().transactions(transactions).bufferOptions(tiny))) {
            engine.sink.doFirst(batch -> gate.await());
            Transaction transaction = transactions.begin();
            List<String> expected = new ArrayList<>();
            List<CompletableFuture<LogReceipt>> futures = new ArrayList<>();
            for (int i = 0; i < 40; i++) { // 32 find room and 8 are parked
                expected.add(i + "x".repeat(200));
                futures.add(engine.log.afterCommit().infoAsync("{}{}", i, "x".repeat(200)));
            }
            transaction.commit();
            assertThat(engine.manager.status().buffer().full()).isTrue();
            CompletableFuture<Void> barrier = engine.log.flushAsync();
            Transaction next = transactions.begin();
            for (int i = 0; i < 100; i++) {
                engine.log.afterCommit().info("takes every encoder that was given back");
            }
            gate.countDown();
            join(barrier);
            futures.forEach(EngineFixture::join);
            assertThat(engine.sink.messages()).containsExactlyElementsOf(expected);
            next.rollBack();
        }
    }

    @Test
    void whatHangsOnADiscardedFutureHoldsUpNeitherTheTransactionNorOtherFutures() {
        CountDownLatch gate = new CountDownLatch(1);
        try (EngineFixture engine = engine()) {
            Transaction transaction = transactions.begin();
            CompletableFuture<Void> blocking =
                    engine.log.afterCommit().infoAsync("m").thenAccept(receipt -> Latches.await(gate));
            CompletableFuture<LogReceipt> other = engine.log.afterCommit().infoAsync("m");
            transaction.rollBack();
            assertThat(join(other)).isEqualTo(LogReceipt.DISCARDED);
            assertThat(blocking).isNotDone();
            gate.countDown();
            join(blocking);
        }
    }

    @Test
    void bindingThatThrowsHarmsNoCallerAndItsRecordsAreReported() {
        TransactionBinding broken = new TransactionBinding() {
            @Override
            public <L extends Consumer<Outcome>> L bind(Object key, Supplier<L> factory) {
                throw new IllegalStateException("no transactions today");
            }
        };
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().transactions(broken))) {
            assertThatCode(() -> engine.log.afterCommit().info("placed")).doesNotThrowAnyException();
            assertThat(failureOf(engine.log.afterRollback().infoAsync("not placed")))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(messages(engine)).isEmpty();
            assertThat(engine.errors.messages()).hasSize(2).allSatisfy(error -> assertThat(error)
                    .contains("no transactions today"));
        }
    }

    @Test
    void listenerThatIsToldTwiceHearsTheFirst() {
        try (EngineFixture engine = engine()) {
            Transaction transaction = transactions.begin();
            engine.log.afterCommit().info("before");
            transaction.tell(Outcome.COMMITTED);
            transaction.tell(Outcome.ROLLED_BACK);
            engine.log.afterCommit().info("too late to wait");
            engine.log.afterRollback().info("false");
            assertThat(messages(engine)).containsExactly("before", "too late to wait");
        }
    }

    @Test
    void transactionMayEndInAnotherThreadWhileItsOwnStillLogs() throws InterruptedException {
        try (EngineFixture engine = engine()) {
            for (int round = 0; round < 200; round++) {
                List<CompletableFuture<LogReceipt>> futures = new ArrayList<>();
                Transaction transaction = transactions.begin();
                futures.add(engine.log.afterCommit().infoAsync("0"));
                Thread ending = new Thread(() -> transaction.tell(Outcome.COMMITTED));
                ending.start();
                for (int i = 1; i < 20; i++) {
                    futures.add(engine.log.afterCommit().infoAsync("{}", i));
                }
                ending.join();
                transaction.suspend();
                assertThat(futures)
                        .allSatisfy(future -> assertThat(join(future).status()).isEqualTo(LogReceipt.Status.FLUSHED));
            }
            assertThat(engine.sink.records()).hasSize(200 * 20);
        }
    }

    @Test
    void sinkMayBindWhatItLogs() {
        AtomicBoolean first = new AtomicBoolean(true);
        try (EngineFixture engine = engine()) {
            engine.sink.doFirst(batch -> {
                if (first.getAndSet(false)) {
                    Transaction transaction = transactions.begin();
                    engine.log.afterCommit().info("not for the sink that logs");
                    transaction.commit();
                }
            });
            join(engine.log.infoAsync("m"));
            assertThat(messages(engine)).containsExactly("m");
            assertThat(engine.manager.status().buffer().accepted()).isEqualTo(2);
        }
    }

    @Test
    void recordThatCannotBeLoggedFailsAloneAndIsTold() {
        RecordedErrors errors = new RecordedErrors();
        AsyncBuffer buffer = new AsyncBuffer(BufferOptions.defaults(), Runnable::run, errors);
        List<Boolean> pushes = new ArrayList<>();
        Outlet failing = new Outlet() {
            @Override
            public boolean push(RecordEncoder record) {
                throw new AssertionError("somebody waits for each record here");
            }

            @Override
            public boolean push(RecordEncoder record, RecordFuture future, Ack ack) {
                pushes.add(true);
                if (pushes.size() == 1) {
                    throw new OutOfMemoryError("of the first push");
                }
                return !future.complete(LogReceipt.DISCARDED);
            }

            @Override
            public boolean isDeferring() {
                return false;
            }
        };
        LogConsumer consumer = new LogConsumer(buffer, errors);
        Outlet bound =
                new TransactionalPushes(transactions, failing, buffer, consumer, errors).outlet(Outcome.COMMITTED);
        Transaction transaction = transactions.begin();
        RecordFuture first = new RecordFuture(Level.INFO);
        RecordFuture second = new RecordFuture(Level.INFO);
        assertThat(bound.push(buffer.leaseEncoder(), first, Ack.FLUSHED)).isTrue();
        assertThat(bound.push(buffer.leaseEncoder(), second, Ack.FLUSHED)).isTrue();

        transaction.commit();
        consumer.end(); // lets go who waits

        assertThat(failureOf(first)).hasMessage("of the first push");
        assertThat(join(second)).isEqualTo(LogReceipt.DISCARDED);
        assertThat(errors.messages())
                .containsExactly("A record that was bound to a transaction could not be logged, or withheld: "
                        + "java.lang.OutOfMemoryError: of the first push");
    }

    /** The call may break off at any instruction; what was bound by then must not be overwritten by another record. */
    @Test
    void stackOverflowInACallSpoilsNoRecord() throws InterruptedException {
        try (EngineFixture engine = engine()) {
            Transaction[] transaction = new Transaction[1];
            Thread deep = new Thread(
                    null,
                    () -> {
                        transaction[0] = transactions.begin();
                        engine.log.afterCommit().info("first");
                        recurse(engine.log, 0);
                    },
                    "deep",
                    256 * 1024L);
            deep.start();
            deep.join(DEADLINE.toMillis());
            transaction[0].commit();

            List<String> bound = messages(engine);
            assertThat(bound).startsWith("first").hasSizeGreaterThan(1).doesNotHaveDuplicates();
            engine.assertLedgerIsExact();
        }
    }

    @SuppressWarnings("InfiniteRecursion") // it is to overflow
    private static void recurse(AsyncLogger log, int depth) {
        try {
            recurse(log, depth + 1);
        } catch (StackOverflowError overflow) {
            log.afterCommit().info("{}", depth);
        }
    }
}
