package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class VirtualThreadsIT {
    private static final int THREADS = 100_000;

    @Test
    void hundredThousandVirtualThreadsEachAwaitTheirRecord() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with Java 21");
        ExecutorService executor = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        AtomicInteger flushed = new AtomicInteger();
        LongAdder completed = new LongAdder();
        CountDownLatch done = new CountDownLatch(THREADS);
        try (AsyncLogManager manager = AsyncLogManager.builder()
                .sink("counting", batch -> flushed.addAndGet(batch.size()))
                .build()) {
            manager.initialize();
            AsyncLogger log = manager.getLogger("virtual");
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                executor.execute(() -> {
                    try {
                        LogReceipt receipt = log.infoAsync("record {}", number).join();
                        if (receipt.status() == LogReceipt.Status.FLUSHED) {
                            completed.increment();
                        }
                    } finally {
                        done.countDown();
                    }
                });
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(completed.sum()).isEqualTo(THREADS);
            assertThat(flushed).hasValue(THREADS);
            EngineFixture.assertLedgerIsExact(manager.status());
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void platformThreadGetsItsAcknowledgementsWhileEveryCarrierComputes() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with Java 21");
        ExecutorService executor = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        int carriers = Runtime.getRuntime().availableProcessors();
        CountDownLatch computing = new CountDownLatch(carriers);
        AtomicBoolean finished = new AtomicBoolean();
        AtomicBoolean anotherRan = new AtomicBoolean();
        try (EngineFixture engine = new EngineFixture()) {
            for (int i = 0; i < carriers; i++) {
                executor.execute(() -> {
                    computing.countDown();
                    while (!finished.get()) {
                        Thread.onSpinWait();
                    }
                });
            }
            assertThat(computing.await(60, TimeUnit.SECONDS)).isTrue();
            executor.execute(() -> anotherRan.set(true));
            for (int i = 0; i < 100; i++) {
                LogReceipt receipt = engine.log.infoAsync("record {}", i).get(60, TimeUnit.SECONDS);
                assertThat(receipt.status()).isEqualTo(LogReceipt.Status.FLUSHED);
            }
            assertThat(anotherRan)
                    .as("a further virtual thread found a carrier")
                    .isFalse();
        } finally {
            finished.set(true);
            executor.shutdown();
        }
    }
}
