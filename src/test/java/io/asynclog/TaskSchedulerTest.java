package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TaskSchedulerTest {
    @Test
    void executorSaysThatItIsClosed() throws InterruptedException {
        TaskScheduler scheduler = TaskScheduler.create();
        Executor executor = scheduler.asExecutor();
        CountDownLatch ran = new CountDownLatch(1);
        executor.execute(ran::countDown);
        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();

        scheduler.close();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> executor.execute(() -> {}));
    }

    @Test
    void executorRejectsNothingThatRan() {
        Executor executor = new Immediate().asExecutor();
        AtomicInteger ran = new AtomicInteger();
        executor.execute(() -> {
            ran.incrementAndGet();
            throw new RejectedExecutionException("of the task itself");
        });
        assertThat(ran).hasValue(1);
    }

    /** Runs each task at once. */
    private static final class Immediate implements TaskScheduler {
        @Override
        public <T> CompletableFuture<T> execute(Callable<T> task) {
            try {
                return CompletableFuture.completedFuture(task.call());
            } catch (Exception failure) {
                return CompletableFuture.failedFuture(failure);
            }
        }

        @Override
        public <T> CompletableFuture<T> schedule(Callable<T> task, Duration delay) {
            return execute(task);
        }

        @Override
        public void close() {}
    }
}
