package io.asynclog;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An executor for the tasks and one timer thread that hands over the delayed ones. */
final class DefaultTaskScheduler implements TaskScheduler {
    private static final int MIN_POOL_SIZE = 4;
    private static final long IDLE_SECONDS = 10;

    private final ExecutorService executor;
    private final ScheduledThreadPoolExecutor timer;
    /** Tasks not yet handed over; cancelled at close. */
    private final Set<Delayed<?>> delayed = ConcurrentHashMap.newKeySet();

    DefaultTaskScheduler(boolean virtualThreads) {
        this(virtualThreads, daemonThreads("asynclog-timer"));
    }

    DefaultTaskScheduler(boolean virtualThreads, ThreadFactory timerThreads) {
        executor = virtualThreads ? virtualThreadsIfAvailable(Executors.class) : platformThreadPool();
        timer = new ScheduledThreadPoolExecutor(1, timerThreads);
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // A timer that nobody uses costs no thread.
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /**
     * Looks the method up by reflection, for this class runs on Java 17 too.
     *
     * @param executors {@link Executors}, or what a test has in its place
     */
    static ExecutorService virtualThreadsIfAvailable(Class<?> executors) {
        try {
            return (ExecutorService)
                    executors.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException olderJvm) {
            return platformThreadPool();
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof UnsupportedOperationException) { // a preview, in Java 19 and 20
                return platformThreadPool();
            }
            throw new IllegalStateException("The JVM cannot make virtual threads", failure.getCause());
        }
    }

    private static ExecutorService platformThreadPool() {
        int size = Math.max(MIN_POOL_SIZE, Runtime.getRuntime().availableProcessors());
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size,
                size,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                daemonThreads("asynclog-task-"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemonThreads(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name.endsWith("-") ? name + count.incrementAndGet() : name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public <T> CompletableFuture<T> execute(Callable<T> task) {
        CompletableFuture<T> future = new CompletableFuture<>();
        start(task, future);
        return future;
    }

    @Override
    public <T> CompletableFuture<T> schedule(Callable<T> task, Duration delay) {
        Delayed<T> later = new Delayed<>(task);
        delayed.add(later);
        try {
            later.due = timer.schedule(later, TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
            CompletableFuture<T> ignored = later.future.whenComplete((result, failure) -> later.leave());
        } catch (RejectedExecutionException | OutOfMemoryError closedOrNoThread) {
            delayed.remove(later);
            later.future.completeExceptionally(closedOrNoThread);
        }
        return later.future;
    }

    private <T> void start(Callable<T> task, CompletableFuture<T> future) {
        try {
            executor.execute(() -> run(task, future));
        } catch (RejectedExecutionException | OutOfMemoryError closedOrNoThread) {
            future.completeExceptionally(closedOrNoThread);
        }
    }

    private static <T> void run(Callable<T> task, CompletableFuture<T> future) {
        try {
            future.complete(task.call());
        } catch (Throwable failure) { // whatever it is, it belongs to whoever holds the future
            future.completeExceptionally(failure);
        }
    }

    @Override
    public void close() {
        timer.shutdown();
        executor.shutdown();
        // A task scheduled at this very moment is either here or was rejected by the timer.
        delayed.forEach(later -> later.future.cancel(false));
    }

    /** A task that waits for its time. */
    private final class Delayed<T> implements Runnable {
        private final Callable<T> task;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private volatile @Nullable Future<?> due;

        Delayed(Callable<T> task) {
            this.task = task;
        }

        @Override
        public void run() {
            delayed.remove(this);
            if (!future.isDone()) { // or there was no thread for the timer, which kept the task all the same
                start(task, future);
            }
        }

        /** Forgets the task once its future is complete, by a cancellation before its time perhaps. */
        void leave() {
            delayed.remove(this);
            Future<?> timed = due;
            if (timed != null) {
                timed.cancel(false);
            }
        }
    }
}
