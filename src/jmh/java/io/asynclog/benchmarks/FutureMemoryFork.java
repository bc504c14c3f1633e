package io.asynclog.benchmarks;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.LogReceipt;
import io.asynclog.buffer.BufferOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * One measurement of {@link FutureMemory}, in a JVM of its own. Says heap bytes, nanoseconds of the calls, nanoseconds
 * of the completion, and how many futures did not complete with a receipt.
 */
public final class FutureMemoryFork {
    private static final int WARM_UP = 20_000;

    private FutureMemoryFork() {}

    /** Measures. */
    public static void main(String[] args) {
        int count = Integer.parseInt(args[0]);
        CountDownLatch warm = new CountDownLatch(WARM_UP);
        CountDownLatch held = new CountDownLatch(1);
        AsyncLogManager manager = AsyncLogManager.builder()
                .bufferOptions(BufferOptions.defaults().withMaxSize(512 << 20))
                .sink("held", batch -> {
                    if (warm.getCount() == 0) {
                        held.await();
                    }
                    batch.forEach(record -> warm.countDown());
                })
                .build();
        manager.initialize();
        AsyncLogger log = manager.getLogger("com.example.orders.OrderService");
        for (int i = 0; i < WARM_UP; i++) {
            log.infoAsync("order {} accepted", "4711").join();
        }

        List<CompletableFuture<LogReceipt>> futures = new ArrayList<>(count);
        long before = ProcessCosts.heapBytes();
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            futures.add(log.infoAsync("order {} accepted", "4711"));
        }
        long called = System.nanoTime();
        long heap = ProcessCosts.heapBytes() - before;
        long released = System.nanoTime();
        held.countDown();
        log.flushAsync().join();
        long completed = System.nanoTime();
        long lost = futures.stream()
                .filter(future -> !future.isDone() || future.isCompletedExceptionally())
                .count();
        manager.close();
        Fork.report(heap, called - begin, completed - released, lost);
    }
}
