package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskSchedulerTest {
    @Test
    void executorSaysThatItIsClosed() throws InterruptedException {
        TaskScheduler scheduler = TaskScheduler.create();
        Executor executor = scheduler.asExecutor();
        CountDownLatch ran = new CountDownLatch(1);
        executor.execute(ran::countDown);
        Latches.await(ran);

        scheduler.close();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> executor.execute(() -> {}));
    }

    /** What {@code Executors} is in Java 19 and 20, unless previews are switched on. */
    @SuppressWarnings("DoNotCallSuggester") // called by its name
    public static final class PreviewOfExecutors {
        private PreviewOfExecutors() {}

        public static ExecutorService newVirtualThreadPerTaskExecutor() {
            throw new UnsupportedOperationException("Preview Features not enabled");
        }
    }

    @Test
    void takesPlatformThreadsWhereVirtualOnesAreAPreview() throws Exception {
        ExecutorService executor = DefaultTaskScheduler.virtualThreadsIfAvailable(PreviewOfExecutors.class);
        try {
            assertThat(executor.submit(() -> Thread.currentThread().getName()).get())
                    .startsWith("asynclog-task-");
        } finally {
            executor.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void errorOfATaskReachesItsFuture(boolean virtualThreads) {
        try (TaskScheduler scheduler = new DefaultTaskScheduler(virtualThreads)) {
            Error error = new NoClassDefFoundError("gone");
            Callable<String> failing = () -> {
                throw error;
            };
            assertThat(EngineFixture.failureOf(scheduler.execute(failing))).isSameAs(error);
            assertThat(EngineFixture.failureOf(scheduler.schedule(failing, Duration.ZERO)))
                    .isSameAs(error);
        }
    }

    @Test
    void taskThatFoundNoThreadForItsTimerDoesNotRunWhenThereIsOneAgain() {
        AtomicBoolean none = new AtomicBoolean(true);
        AtomicInteger ran = new AtomicInteger();
        ThreadFactory threads = task -> {
            if (none.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(task);
        };
        try (TaskScheduler scheduler = new DefaultTaskScheduler(false, threads)) {
            assertThat(EngineFixture.failureOf(scheduler.schedule(ran::incrementAndGet, Duration.ZERO)))
                    .isInstanceOf(OutOfMemoryError.class);
            none.set(false);

            assertThat(EngineFixture.join(scheduler.schedule(() -> true, Duration.ofMillis(1))))
                    .isTrue();
            assertThat(ran).hasValue(0);
        }
    }

    @Test
    void futureOfATaskWhoseTimeHasNotComeEndsWithTheScheduler() {
        TaskScheduler scheduler = TaskScheduler.create();
        AtomicBoolean ran = new AtomicBoolean();
        CompletableFuture<Boolean> later = scheduler.schedule(() -> ran.getAndSet(true), Duration.ofHours(1));
        assertThat(later).isNotDone();
        scheduler.close();

        assertThat(later).isCancelled();
        assertThat(ran).isFalse();
        assertThat(EngineFixture.failureOf(scheduler.schedule(() -> true, Duration.ofHours(1))))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void taskThatIsCancelledIsNotKeptUntilItsTime() {
        try (TaskScheduler scheduler = TaskScheduler.create()) {
            WeakReference<Callable<String>> cancelled = cancelledTask(scheduler);

            await().atMost(EngineFixture.DEADLINE).until(() -> {
                System.gc();
                return cancelled.get() == null;
            });
        }
    }

    private static WeakReference<Callable<String>> cancelledTask(TaskScheduler scheduler) {
        byte[] result = new byte[1]; // so that the task is an object of its own
        Callable<String> task = () -> new String(result, StandardCharsets.UTF_8);
        assertThat(scheduler.schedule(task, Duration.ofHours(1)).cancel(false)).isTrue();
        return new WeakReference<>(task);
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
