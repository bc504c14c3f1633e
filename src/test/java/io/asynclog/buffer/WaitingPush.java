package io.asynclog.buffer;

import static io.asynclog.EngineFixture.DEADLINE;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.event.Level;

/** A push by a thread of its own. */
final class WaitingPush {
    private final Thread thread;
    private final CompletableFuture<Long> result = new CompletableFuture<>();
    private volatile boolean endedInterrupted;

    WaitingPush(BufferFixture fixture, Level level, String message) {
        this(() -> fixture.push(level, message));
    }

    WaitingPush(LongSupplier push) {
        thread = new Thread(() -> {
            try {
                long sequence = push.getAsLong();
                endedInterrupted = Thread.currentThread().isInterrupted();
                result.complete(sequence);
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins a push for which there is no room, and returns when it waits. */
    static WaitingPush begun(BufferFixture fixture, Level level, String message) {
        WaitingPush push = new WaitingPush(fixture, level, message);
        push.awaitWaiting();
        return push;
    }

    boolean isDone() {
        return result.isDone();
    }

    boolean isWaiting() {
        return !result.isDone() && thread.getState() == Thread.State.TIMED_WAITING;
    }

    /** Returns whether the thread is at a standstill, for whatever reason and however long. */
    boolean isHeldUp() {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    void awaitWaiting() {
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(2)).until(this::isWaiting);
    }

    void interrupt() {
        thread.interrupt();
    }

    boolean endedInterrupted() {
        return endedInterrupted;
    }

    /** Returns what became of the record, once that is known. */
    long result() throws Exception {
        return result.get(60, TimeUnit.SECONDS);
    }
}
