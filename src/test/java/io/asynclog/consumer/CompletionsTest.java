package io.asynclog.consumer;

import static io.asynclog.EngineFixture.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.LogReceipt;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.Cursor;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The end of the thread that completes futures. */
class CompletionsTest {
    private static final LogReceipt RECEIPT = new LogReceipt(0, LogReceipt.Status.ACCEPTED);
    private static final Set<Thread.State> STANDS = Set.of(Thread.State.TIMED_WAITING, Thread.State.TERMINATED);

    private final Completions completions = new Completions();
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
            assertThat(awaitQuietly(never)).isTrue();
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
    void stopByACallbackDoesNotWaitForItself() {
        CompletableFuture<Void> callback = future.thenRun(() -> completions.stop(Long.MAX_VALUE));
        completions.complete(future, RECEIPT);

        await().atMost(DEADLINE).until(callback::isDone);
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
        RecordFuture waiting = new RecordFuture();
        completions.register(0, waiting);
        completions.failWaitingFor(cursor, new IllegalStateException("away"));
        await().atMost(DEADLINE).until(waiting::isCompletedExceptionally);
        return new WeakReference<>(waiting);
    }

    private static boolean awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException interrupted) {
            return false;
        }
    }
}
