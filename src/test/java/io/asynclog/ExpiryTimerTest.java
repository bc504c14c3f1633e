package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.PushCallback;
import io.asynclog.buffer.RecordEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ExpiryTimerTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final HandTimer scheduler = new HandTimer();
    private final List<Long> refused = new ArrayList<>();
    private @Nullable AsyncBuffer buffer;

    @AfterEach
    void release() {
        buffer().release();
    }

    @Test
    void oneTimerServesAllThatAreParked() throws Exception {
        ExpiryTimer timer = timer(LONG);
        for (int i = 0; i < 3; i++) {
            park(timer);
        }

        assertThat(scheduler.delays).containsExactly(LONG);
    }

    @Test
    void timerRunsAgainForTheNextDeadlineWhileAnyAreParked() throws Exception {
        ExpiryTimer timer = timer(LONG);
        park(timer);
        scheduler.runFirst();

        assertThat(refused).isEmpty();
        assertThat(scheduler.delays)
                .singleElement()
                .satisfies(next -> assertThat(next).isPositive().isLessThan(LONG));
        park(timer);
        assertThat(scheduler.delays).hasSize(1);
    }

    @Test
    void timerEndsWhenNoneAreParkedAndStartsForTheNext() throws Exception {
        ExpiryTimer timer = timer(Duration.ZERO);
        park(timer);
        park(timer);
        scheduler.runFirst();
        assertThat(refused).containsExactly(AsyncBuffer.DROPPED, AsyncBuffer.DROPPED);
        assertThat(scheduler.delays).isEmpty();

        park(timer);
        assertThat(scheduler.delays).containsExactly(Duration.ZERO);
    }

    @Test
    void timerThatCouldNotBeStartedIsTriedAgainByTheNextRecord() {
        ExpiryTimer timer = timer(LONG);
        scheduler.failure = new OutOfMemoryError("unable to create native thread");
        park(timer);
        assertThat(scheduler.delays).isEmpty();
        scheduler.failure = null;
        park(timer);
        assertThat(scheduler.delays).hasSize(1);
    }

    @Test
    void timerIsStartedAgainAfterAnAttemptThatThrew() {
        ExpiryTimer timer = timer(LONG);
        scheduler.thrown = new StackOverflowError();
        assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> park(timer));
        scheduler.thrown = null;
        park(timer);
        assertThat(scheduler.delays).hasSize(1);
    }

    private AsyncBuffer buffer() {
        if (buffer == null) {
            throw new IllegalStateException("There is no buffer yet");
        }
        return buffer;
    }

    /** Makes a timer of a buffer that is full but for its reserve, and whose sink does not read. */
    private ExpiryTimer timer(Duration maxWait) {
        AsyncBuffer full = new AsyncBuffer(
                BufferOptions.defaults()
                        .withSegmentSize(4096)
                        .withMaxSize(2 * 4096)
                        .withMaxRecordSize(1024)
                        .withMaxWait(maxWait),
                Runnable::run,
                (message, cause) -> {});
        full.openCursor("slow", true, Thread.currentThread(), 16);
        full.cursorsOpened(true);
        buffer = full;
        while (full.tryPush(record(full)) >= 0) {}
        return new ExpiryTimer(full, scheduler);
    }

    private static RecordEncoder record(AsyncBuffer buffer) {
        RecordEncoder record = buffer.leaseEncoder();
        record.begin(Level.INFO, RecordEncoder.encodeLoggerName("l"), 1, Thread.currentThread());
        record.message("m");
        return record;
    }

    private void park(ExpiryTimer timer) {
        RecordEncoder record = record(buffer());
        assertThat(buffer().tryPush(record)).isEqualTo(AsyncBuffer.NO_ROOM);
        PushCallback callback = new PushCallback() {
            @Override
            public void accepted(long sequence) {}

            @Override
            public void refused(long result) {
                refused.add(result);
            }
        };
        assertThat(buffer().pushOrPark(record, callback)).isEqualTo(AsyncBuffer.PARKED);
        timer.onParked();
    }

    /** Keeps what is scheduled until it is run by hand. */
    private static final class HandTimer implements TaskScheduler {
        private final List<Duration> delays = new ArrayList<>();
        private final List<Callable<?>> tasks = new ArrayList<>();
        private @Nullable Throwable failure;
        private @Nullable Error thrown;

        void runFirst() throws Exception {
            delays.remove(0);
            tasks.remove(0).call();
        }

        @Override
        public <T> CompletableFuture<T> execute(Callable<T> task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> CompletableFuture<T> schedule(Callable<T> task, Duration delay) {
            if (thrown != null) {
                throw thrown;
            }
            if (failure != null) {
                return CompletableFuture.failedFuture(failure);
            }
            delays.add(delay);
            tasks.add(task);
            return new CompletableFuture<>();
        }

        @Override
        public void close() {}
    }
}
