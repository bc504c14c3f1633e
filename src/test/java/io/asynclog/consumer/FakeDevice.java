package io.asynclog.consumer;

import static io.asynclog.EngineFixture.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogManager;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A device that the test can hold up and have fail. */
public final class FakeDevice {
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore go = new Semaphore(0);
    private final AtomicInteger forces = new AtomicInteger();
    private volatile boolean held;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Thread thread;
    private volatile boolean interrupted;

    /** Has forces wait for {@link #letGo}. */
    public void hold() {
        held = true;
    }

    /** Waits for the next force to begin. */
    public void awaitForce() throws InterruptedException {
        assertThat(begun.tryAcquire(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                .as("a force has begun")
                .isTrue();
    }

    /** Lets the force go that waits, and all that follow. */
    public void letGo() {
        held = false;
        go.release();
    }

    /** Lets the force go that waits, and has the next one wait again. */
    public void letOneGo() {
        go.release();
    }

    /** Has forces throw what is given, from now on, or nothing. */
    public void failWith(@Nullable Throwable thrown) {
        failure = thrown;
    }

    /** Returns how many forces have begun. */
    public int forces() {
        return forces.get();
    }

    /** Returns the thread of the latest force. */
    public @Nullable Thread thread() {
        return thread;
    }

    /** Returns whether the thread of the latest force was interrupted when it began. */
    public boolean wasInterrupted() {
        return interrupted;
    }

    /** Returns the builder of an engine that stores records on this device. */
    public AsyncLogManager.Builder engine(BufferOptions options) {
        AsyncBuffer buffer = new AsyncBuffer(options, Runnable::run, (message, cause) -> {});
        return AsyncLogManager.builder()
                .buffer(buffer)
                .consumer(new LogConsumer(buffer, (message, cause) -> {}, this::force));
    }

    void force() throws IOException {
        thread = Thread.currentThread();
        interrupted = Thread.currentThread().isInterrupted();
        forces.incrementAndGet();
        begun.release();
        if (held) {
            go.acquireUninterruptibly();
        }
        Throwable thrown = failure;
        if (thrown instanceof IOException checked) {
            throw checked;
        } else if (thrown instanceof Error error) {
            throw error;
        } else if (thrown != null) {
            throw new AssertionError("a force throws no " + thrown);
        }
    }
}
