package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the reference flow replaced: callers add their line to the front one of two buffers and wait while it is full; a
 * thread that waits on a condition variable exchanges the two, has the pool write the back one, and waits for that.
 */
final class ThreadPoolFlowSubject implements Subject {
    private static final int CAPACITY = 8_192;
    private static final long POLL_NANOS = 500_000;

    private final ExecutorService pool =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    private final FlowFile file;
    private final Thread exchanger = new Thread(this::exchange, "exchanger");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private List<String> front = new ArrayList<>(CAPACITY);
    private List<String> back = new ArrayList<>(CAPACITY);
    private boolean flushed = true;
    private boolean closed;

    private ThreadPoolFlowSubject(Path file) throws IOException {
        this.file = new FlowFile(file);
        exchanger.start();
    }

    static Setup doubleBuffer() {
        return Setup.of(
                "thread-pool-flow",
                "what the reference flow replaced: two buffers of 8,192 lines, a lock, condition variables, a pool that writes",
                (file, buffer) -> new ThreadPoolFlowSubject(file));
    }

    @Override
    public void log(String user, Integer order, Integer cents, String address) {
        String line = FlowLine.format(user, order, cents, address);
        lock.lock();
        try {
            while (front.size() == CAPACITY) {
                notFull.awaitUninterruptibly();
            }
            front.add(line);
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    private void exchange() {
        while (swap()) {
            try {
                pool.submit(() -> file.write(back)).get();
            } catch (InterruptedException | ExecutionException failure) {
                throw new IllegalStateException(failure);
            }
            back.clear();
        }
    }

    /** Waits for lines; returns false when there will be none. */
    private boolean swap() {
        lock.lock();
        try {
            flushed = front.isEmpty();
            while (front.isEmpty() && !closed) {
                notEmpty.awaitUninterruptibly();
            }
            flushed = front.isEmpty();
            List<String> full = front;
            front = back;
            back = full;
            notFull.signalAll();
            return !full.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void drain() {
        while (!isFlushed()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private boolean isFlushed() {
        lock.lock();
        try {
            return flushed && front.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws InterruptedException {
        lock.lock();
        try {
            closed = true;
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
        exchanger.join();
        pool.shutdown();
        file.close();
    }
}
