package io.asynclog.benchmarks;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.buffer.BufferOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;

/**
 * One measurement of {@link WaitingTasks}, in a JVM of its own. Says heap bytes, resident bytes, threads, and
 * nanoseconds of all switches.
 */
public final class WaitingTasksFork {
    private WaitingTasksFork() {}

    /** Measures. */
    public static void main(String[] args) throws Exception {
        int tasks = Integer.parseInt(args[1]);
        int switches = Integer.parseInt(args[2]);
        long[] figures =
                switch (args[0]) {
                    case "platform" -> threads(Executors.newCachedThreadPool(), tasks, switches);
                    case "virtual" -> threads(ManyThreads.newExecutor(), tasks, switches);
                    default -> futures(tasks, switches);
                };
        Fork.report(figures);
        System.exit(0);
    }

    private static long[] threads(ExecutorService executor, int tasks, int switches) throws Exception {
        long ignored = handOver(executor, switches); // warms up
        long nanos = handOver(executor, switches);
        CountDownLatch waiting = new CountDownLatch(tasks);
        CountDownLatch released = new CountDownLatch(1);
        Used before = Used.now();
        for (int i = 0; i < tasks; i++) {
            executor.execute(() -> {
                waiting.countDown();
                await(released);
            });
        }
        waiting.await();
        long[] figures = before.until(Used.now(), nanos);
        released.countDown(); // not before: tasks that nobody can wake any more are garbage
        executor.shutdown();
        return figures;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Two tasks hand a value to each other, and each time one goes on and the other waits. */
    private static long handOver(ExecutorService executor, int switches) throws Exception {
        SynchronousQueue<Integer> there = new SynchronousQueue<>();
        SynchronousQueue<Integer> back = new SynchronousQueue<>();
        long begin = System.nanoTime();
        List<Callable<Integer>> tasks = List.of(
                () -> {
                    for (int i = 0; i < switches / 2; i++) {
                        back.put(there.take());
                    }
                    return switches;
                },
                () -> {
                    for (int i = 0; i < switches / 2; i++) {
                        there.put(i);
                        Integer ignored = back.take();
                    }
                    return switches;
                });
        List<Future<Integer>> ignored = executor.invokeAll(tasks);
        return System.nanoTime() - begin;
    }

    private static long[] futures(int tasks, int switches) throws IOException {
        Gate gate = new Gate();
        AsyncLogManager manager = AsyncLogManager.builder()
                .bufferOptions(BufferOptions.defaults().withMaxSize(512 << 20))
                .sink("held", batch -> gate.pass())
                .build();
        manager.initialize();
        AsyncLogger log = manager.getLogger("com.example.orders.OrderService");
        long ignored = continueAll(log, gate, switches); // warms up
        long nanos = continueAll(log, gate, switches);
        List<CompletableFuture<Integer>> steps = new ArrayList<>(tasks);
        gate.close();
        Used before = Used.now();
        for (int i = 0; i < tasks; i++) {
            steps.add(log.infoAsync("order {} accepted", "4711").thenApply(receipt -> 1));
        }
        long[] figures = before.until(Used.now(), nanos);
        gate.open();
        steps.forEach(CompletableFuture::join);
        return figures;
    }

    /**
     * Steps that hang on futures run one after the other on the thread that completes them, once their records are
     * flushed. The sink is held up until all of them wait, or it would be measured how fast this thread logs.
     */
    private static long continueAll(AsyncLogger log, Gate gate, int switches) {
        long[] last = {0};
        List<CompletableFuture<Void>> steps = new ArrayList<>(switches);
        gate.close();
        for (int i = 0; i < switches; i++) {
            steps.add(log.infoAsync("order {} accepted", "4711").thenAccept(receipt -> last[0] = System.nanoTime()));
        }
        long begin = System.nanoTime();
        gate.open();
        steps.forEach(CompletableFuture::join);
        return last[0] - begin;
    }

    /** What the sink waits at while it is closed. */
    private static final class Gate {
        private volatile CountDownLatch opened = new CountDownLatch(0);

        void close() {
            opened = new CountDownLatch(1);
        }

        void open() {
            opened.countDown();
        }

        void pass() throws InterruptedException {
            opened.await();
        }
    }

    private record Used(long heapBytes, long residentBytes) {
        static Used now() throws IOException {
            return new Used(ProcessCosts.heapBytes(), ProcessCosts.residentBytes());
        }

        long[] until(Used later, long switchNanos) {
            return new long[] {
                later.heapBytes - heapBytes,
                later.residentBytes - residentBytes,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                switchNanos
            };
        }
    }
}
