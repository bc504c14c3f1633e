package io.asynclog;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A scheduler as an executor: tells a task that was rejected from one that ran and failed. */
final class SchedulerExecutor implements Executor {
    private final TaskScheduler scheduler;

    SchedulerExecutor(TaskScheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void execute(Runnable task) {
        Attempt attempt = new Attempt(task);
        CompletableFuture<Boolean> future = scheduler.execute(attempt);
        if (future.isCompletedExceptionally() && !attempt.begun) {
            throw new RejectedExecutionException("The scheduler has no thread for the task, or is closed");
        }
    }

    private static final class Attempt implements Callable<Boolean> {
        private final Runnable task;
        /** Volatile, written by the thread of the task before its future can fail, and read when that has failed. */
        private volatile boolean begun;

        Attempt(Runnable task) {
            this.task = task;
        }

        @Override
        public Boolean call() {
            begun = true;
            task.run();
            return true;
        }
    }
}
