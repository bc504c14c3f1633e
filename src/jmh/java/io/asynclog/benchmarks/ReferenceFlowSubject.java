package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The flow from which asynclog comes, step by step as it was sketched: the caller formats the line; a task of its own
 * pushes it under a lock into a buffer that grows as needed, and wakes the consumer; the consumer takes all there is,
 * runs all flush functions in parallel, waits for all of them, and begins again. The tasks have a pool with a thread
 * for each processor, so two lines of one caller may change places.
 */
final class ReferenceFlowSubject implements Subject {
    private static final long POLL_NANOS = 500_000;

    private final ThreadPoolExecutor tasks;
    /** Of their own, since in the pool of the tasks a flush would stand behind all pushes that wait. */
    private final ExecutorService flushes = Executors.newCachedThreadPool();

    private final FlowBuffer buffer = new FlowBuffer();
    private final FlowFile file;
    private final List<FlushFunction> flushFunctions;
    private final Thread consumer = new Thread(this::consume, "consumer");

    private ReferenceFlowSubject(Path file) throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        tasks = new ThreadPoolExecutor(processors, processors, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        this.file = new FlowFile(file);
        flushFunctions = List.of(this.file::write);
        consumer.start();
    }

    static Setup taskPerPush() {
        return Setup.of(
                        "reference-flow",
                        "its literal port: a task per push, a buffer under a lock, a consumer with a barrier; neither"
                                + " tasks nor buffer have a bound: a heap for all records, parallel collector",
                        (file, buffer) -> new ReferenceFlowSubject(file))
                .withoutBound()
                .withoutOrder()
                .withShare(0.5);
    }

    @Override
    public void log(String user, Integer order, Integer cents, String address) {
        String line = FlowLine.format(user, order, cents, address);
        CompletableFuture<Void> ignored = CompletableFuture.runAsync(() -> buffer.push(line), tasks);
    }

    private void consume() {
        for (List<String> lines = buffer.popAll(); lines != null; lines = buffer.popAll()) {
            List<String> batch = lines;
            CompletableFuture<?>[] all = flushFunctions.stream()
                    .map(flush -> CompletableFuture.runAsync(() -> flush.flush(batch), flushes))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(all).join();
            buffer.flushed();
        }
    }

    @Override
    public void drain() {
        while (tasks.getActiveCount() > 0 || !tasks.getQueue().isEmpty() || !buffer.isFlushed()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public void close() throws InterruptedException {
        tasks.shutdown();
        if (!tasks.awaitTermination(1, TimeUnit.HOURS)) {
            throw new IllegalStateException("Tasks still run");
        }
        buffer.close();
        consumer.join();
        flushes.shutdown();
        file.close();
    }

    /** Writes a batch somewhere. */
    @FunctionalInterface
    private interface FlushFunction {
        void flush(List<String> lines);
    }

    /** The buffer under its lock. */
    private static final class FlowBuffer {
        private List<String> lines = new ArrayList<>();
        private boolean flushing;
        private boolean closed;

        synchronized void push(String line) {
            lines.add(line);
            notifyAll();
        }

        /** Waits for lines and returns all there are, or null when there will be none. */
        synchronized @Nullable List<String> popAll() {
            try {
                while (lines.isEmpty() && !closed) {
                    wait();
                }
            } catch (InterruptedException impossible) {
                throw new IllegalStateException(impossible);
            }
            if (lines.isEmpty()) {
                return null;
            }
            List<String> all = lines;
            lines = new ArrayList<>();
            flushing = true;
            return all;
        }

        synchronized void flushed() {
            flushing = false;
        }

        synchronized boolean isFlushed() {
            return lines.isEmpty() && !flushing;
        }

        synchronized void close() {
            closed = true;
            notifyAll();
        }
    }
}
