package io.asynclog.consumer;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.EngineFixture.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.EngineFixture;
import io.asynclog.Latches;
import io.asynclog.LogFlushException;
import io.asynclog.LogReceipt;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.Cursor;
import io.asynclog.buffer.RecordEncoder;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** The end of the thread that completes futures. */
class CompletionsTest {
    private static final LogReceipt RECEIPT = new LogReceipt(0, LogReceipt.Status.ACCEPTED);
    private static final Set<Thread.State> STANDS = Set.of(Thread.State.TIMED_WAITING, Thread.State.TERMINATED);

    private final Completions completions = new Completions((message, cause) -> {});
    private final CompletableFuture<LogReceipt> future = new CompletableFuture<>();

    @Test
    void stopWaitsForACallbackThatRuns() throws InterruptedException {
        Thread stopping = new Thread(() -> completions.stop(DEADLINE.toNanos()));
        AtomicReference<Thread.State> meanwhile = new AtomicReference<>();
        CountDownLatch called = new CountDownLatch(1);
        CompletableFuture<Void> callback = future.thenRun(() -> {
            called.countDown();
            await().atMost(DEADLINE).until(() -> STANDS.contains(stopping.getState()));
            meanwhile.set(stopping.getState());
        });
        completions.complete(future, RECEIPT);
        called.await();
        stopping.start();
        stopping.join();

        assertThat(callback).isDone();
        assertThat(meanwhile).hasValue(Thread.State.TIMED_WAITING);
    }

    @Test
    void callbackThatHangsKeepsNeitherTheStopNorTheOthers() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(1);
        CompletableFuture<Void> hanging = future.thenRun(() -> {
            called.countDown();
            Latches.await(never);
        });
        completions.complete(future, RECEIPT);
        called.await();
        CompletableFuture<LogReceipt> behind = new CompletableFuture<>();
        completions.complete(behind, RECEIPT);
        completions.stop(1);

        await().atMost(DEADLINE).until(behind::isDone);
        assertThat(hanging).isNotDone();
        never.countDown();
    }

    @Test
    void futuresOfFlushedRecordsDoNotWaitUntilNoOthersCome() {
        Completions byHand = new Completions(() -> {}, (message, cause) -> {});
        byHand.follow(List.of()); // every record is passed
        AtomicInteger others = new AtomicInteger();
        completeTenThousand(byHand, others);
        RecordFuture flushed = new RecordFuture(Level.INFO);
        CompletableFuture<Integer> othersBefore = flushed.thenApply(receipt -> others.get());
        byHand.register(0, flushed);
        byHand.completeReady();

        assertThat(others).hasValue(10_000);
        assertThat(join(othersBefore)).isLessThan(10);
    }

    /** Each brings the next, as callers do who go on when they are told. */
    private static void completeTenThousand(Completions completions, AtomicInteger completed) {
        CompletableFuture<LogReceipt> next = new CompletableFuture<>();
        CompletableFuture<Void> ignored = next.thenRun(() -> {
            if (completed.incrementAndGet() < 10_000) {
                completeTenThousand(completions, completed);
            }
        });
        completions.complete(next, RECEIPT);
    }

    @Test
    void stopByACallbackDoesNotWaitForItself() {
        CompletableFuture<Void> callback = future.thenRun(() -> completions.stop(Long.MAX_VALUE));
        completions.complete(future, RECEIPT);

        await().atMost(DEADLINE).until(callback::isDone);
    }

    @Test
    void callbacksThatCompleteFuturesDoNotNest() {
        List<CompletableFuture<LogReceipt>> chain = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            chain.add(new CompletableFuture<>());
        }
        for (int i = 1; i < chain.size(); i++) {
            CompletableFuture<LogReceipt> next = chain.get(i);
            CompletableFuture<Void> ignored = chain.get(i - 1).thenRun(() -> completions.complete(next, RECEIPT));
        }
        completions.stop(DEADLINE.toNanos());
        completions.complete(chain.get(0), RECEIPT);

        assertThat(chain).allMatch(CompletableFuture::isDone);
    }

    @Test
    void callbackMayWaitForAFutureOfAnEngineThatHasStopped() {
        completions.stop(DEADLINE.toNanos());
        BarrierFuture barrier = new BarrierFuture();
        CompletableFuture<Boolean> doneMeanwhile = future.thenApply(receipt -> {
            completions.registerBarrier(1, barrier);
            return barrier.isDone();
        });
        completions.complete(future, RECEIPT);

        assertThat(doneMeanwhile).isCompletedWithValue(true);
    }

    @Test
    void callbacksThatWaitForFuturesOfAnEngineThatHasStoppedNeverWaitInVain() {
        List<CompletableFuture<LogReceipt>> futures = new ArrayList<>();
        List<CompletableFuture<Boolean>> doneMeanwhile = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            CompletableFuture<LogReceipt> next = new CompletableFuture<>();
            futures.add(next);
            doneMeanwhile.add(next.thenApply(receipt -> {
                BarrierFuture barrier = new BarrierFuture();
                completions.registerBarrier(1, barrier);
                return barrier.isDone();
            }));
        }
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Void> holding = future.thenRun(() -> {
            begun.countDown();
            Latches.await(go);
        });
        completions.complete(future, RECEIPT);
        Latches.await(begun);
        futures.forEach(next -> completions.complete(next, RECEIPT));
        Thread stopping = new Thread(() -> completions.stop(DEADLINE.toNanos()));
        stopping.start();
        await().atMost(DEADLINE).until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
        go.countDown();

        assertThat(doneMeanwhile)
                .allSatisfy(done -> assertThat(done.get(20, TimeUnit.SECONDS)).isTrue());
        assertThat(holding).isDone();
    }

    @Test
    void barrierThatHasFailedTakesNothingFromTheRecordBeforeIt() throws InterruptedException {
        AsyncBuffer buffer = new AsyncBuffer(BufferOptions.defaults(), Runnable::run, (message, cause) -> {});
        Cursor cursor = buffer.openCursor("away", true, Thread.currentThread(), 64);
        completions.follow(List.of(cursor));
        RecordEncoder record = buffer.leaseEncoder();
        record.begin(Level.INFO, RecordEncoder.encodeLoggerName("logger"), 1, Thread.currentThread());
        record.message("m");
        long sequence = buffer.push(record);
        BarrierFuture barrier = new BarrierFuture();
        completions.registerBarrier(sequence + 1, barrier);
        completions.failWaitingFor(cursor, new IllegalStateException("away"));
        await().atMost(DEADLINE).until(barrier::isCompletedExceptionally);
        RecordFuture late = new RecordFuture(Level.INFO);
        completions.register(sequence, late);
        completions.recordsFailed("away", sequence, List.of(sequence), new IllegalStateException("refused"));
        cursor.read(Level.TRACE, true);
        cursor.pass();
        completions.onPassed();

        await().atMost(DEADLINE).until(late::isDone);
        assertThat(late).isCompletedExceptionally();
        completions.stop(DEADLINE.toNanos());
    }

    @Test
    void futureThatHasFailedIsNotKeptAsLongAsItsSinkIsAway() {
        AsyncBuffer buffer = new AsyncBuffer(BufferOptions.defaults(), Runnable::run, (message, cause) -> {});
        Cursor cursor = buffer.openCursor("away", true, Thread.currentThread(), 64);
        completions.follow(List.of(cursor));
        WeakReference<RecordFuture> failed = failedFuture(cursor);

        await().atMost(DEADLINE).until(() -> {
            System.gc();
            return failed.get() == null;
        });
        completions.stop(DEADLINE.toNanos());
    }

    private WeakReference<RecordFuture> failedFuture(Cursor cursor) {
        RecordFuture waiting = new RecordFuture(Level.INFO);
        completions.register(0, waiting);
        completions.failWaitingFor(cursor, new IllegalStateException("away"));
        await().atMost(DEADLINE).until(waiting::isCompletedExceptionally);
        return new WeakReference<>(waiting);
    }

    @Test
    void futureThatFailsForADeadSinkNamesTheOneThatRefusedItsRecordToo() {
        AsyncBuffer buffer = new AsyncBuffer(BufferOptions.defaults(), Runnable::run, (message, cause) -> {});
        Cursor refusing = buffer.openCursor("refusing", true, Thread.currentThread(), 1);
        Cursor dead = buffer.openCursor("dead", true, Thread.currentThread(), 1);
        completions.follow(List.of(refusing, dead));
        RecordFuture both = new RecordFuture(Level.INFO);
        completions.register(0, both);
        completions.recordsFailed("refusing", 0, List.of(0L), new IllegalStateException("refused"));
        completions.failWaitingFor(dead, new IllegalStateException("down"));

        assertThat(EngineFixture.failureOf(both))
                .isInstanceOfSatisfying(LogFlushException.class, failure -> assertThat(failure.failures())
                        .containsOnlyKeys("refusing", "dead"));
        completions.stop(DEADLINE.toNanos());
    }
}
