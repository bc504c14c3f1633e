package io.asynclog.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that do nothing but log. */
final class Producers {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch start = new CountDownLatch(1);
    private final AtomicLong allocatedBytes = new AtomicLong();

    /** Prepares threads that wait for the start. */
    Producers(Subject subject, int count, int recordsEach, boolean measured) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(count);
        for (int producer = 0; producer < count; producer++) {
            String user = OrderLine.user(measured, producer);
            Thread thread = new Thread(
                    () -> {
                        ready.countDown();
                        produce(subject, user, recordsEach);
                    },
                    "caller-" + producer);
            thread.start();
            threads.add(thread);
        }
        ready.await();
    }

    private void produce(Subject subject, String user, int records) {
        try {
            start.await();
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int number = 0; number < records; number++) {
            OrderLine.log(subject, user, number);
        }
        long ignored = allocatedBytes.addAndGet(THREADS.getCurrentThreadAllocatedBytes() - before);
    }

    /** Lets all of them log, and waits until they have. */
    void run() throws InterruptedException {
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Returns the heap that the calls took from their threads. */
    long allocatedBytes() {
        return allocatedBytes.get();
    }
}
