package io.asynclog;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs the engine's small tasks, and the application's where it likes to: many cheap ones, on virtual threads where the
 * JVM has them (21 and later), else on a bounded pool of daemon threads.
 *
 * <p>Safe for any number of threads. After {@link #close} every call returns a future that has failed with
 * {@link RejectedExecutionException}.
 */
public interface TaskScheduler extends AutoCloseable {
    /** Returns a scheduler that uses virtual threads where the JVM has them. */
    static TaskScheduler create() {
        return new DefaultTaskScheduler(true);
    }

    /** Returns a scheduler that uses platform threads, whatever the JVM has. */
    static TaskScheduler createWithPlatformThreads() {
        return new DefaultTaskScheduler(false);
    }

    /**
     * Runs a task as soon as possible.
     *
     * @return a future that completes with what the task returns, or fails with what the task throws, an {@link Error}
     *     included. It has failed already when there is no thread for the task, or this scheduler is closed. To cancel
     *     it does not interrupt the task
     */
    <T> CompletableFuture<T> execute(Callable<T> task);

    /**
     * Runs a task after a delay.
     *
     * @return a future that completes or fails like that of {@link #execute}. To cancel it before the delay is over
     *     keeps the task from being run
     */
    <T> CompletableFuture<T> schedule(Callable<T> task, Duration delay);

    /**
     * Returns this scheduler as an executor, which rejects a task with {@link RejectedExecutionException} when there is
     * no thread for it, or this is closed. What a task throws is dropped.
     */
    default Executor asExecutor() {
        return new SchedulerExecutor(this);
    }

    /**
     * Takes no more tasks and drops the delayed ones, whose futures are cancelled. Tasks under way run to their end.
     */
    @Override
    void close();
}
