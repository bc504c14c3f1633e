package io.asynclog.demo.load;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.demo.DemoProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Logs as fast as it can, at level {@code DEBUG}: to the file, not to the console. One load at a time. */
@Component
class LoadGenerator {
    private static final int CHECK_MASK = 0xFFF;
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final AsyncLogger log;
    private final AsyncLogManager manager;
    private final long flushTimeoutNanos;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean stopped;

    LoadGenerator(AsyncLogger log, AsyncLogManager manager, DemoProperties properties) {
        this.log = log;
        this.manager = manager;
        flushTimeoutNanos = properties.flushTimeout().toNanos();
    }

    /**
     * Logs records and waits until they are flushed.
     *
     * @return null when another load is under way
     */
    @Nullable
    LoadReport run(long records, int threads) throws InterruptedException {
        if (!busy.compareAndSet(false, true)) {
            return null;
        }
        try {
            log.info("Load of {} records in {} threads begins", records, threads);
            awaitFlush(SETTLE_NANOS); // so that the ledger begins with nothing under way
            LoadReport report = measure(records, threads);
            log.info("Load of {} records in {} threads is over", report.records(), threads);
            return report;
        } finally {
            busy.set(false);
        }
    }

    /** Ends a load early, so that the application need not wait for it when it stops. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopped = true;
    }

    private LoadReport measure(long records, int threads) throws InterruptedException {
        Ledger before = Ledger.of(manager);
        LongAdder done = new LongAdder();
        long begin = System.nanoTime();
        logWith(threads, records, done);
        long loggedNanos = System.nanoTime() - begin;
        String failure = awaitFlush(flushTimeoutNanos);
        long flushedNanos = System.nanoTime() - begin;
        Ledger ledger = Ledger.of(manager).since(before);
        long logged = done.sum();
        return new LoadReport(
                logged,
                threads,
                LoadReport.Rate.of(logged, loggedNanos),
                failure == null ? LoadReport.Rate.of(logged, flushedNanos) : null,
                failure,
                ledger,
                ledger.accountsFor(logged, failure == null));
    }

    private void logWith(int threads, long records, LongAdder done) throws InterruptedException {
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> loggers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            long share = records / threads + (i < records % threads ? 1 : 0);
            Thread logger = new Thread(() -> done.add(logRecords(share, begin)), "load-" + i);
            logger.start();
            loggers.add(logger);
        }
        begin.countDown();
        for (Thread logger : loggers) {
            logger.join();
        }
    }

    private long logRecords(long count, CountDownLatch begin) {
        try {
            begin.await();
        } catch (InterruptedException nobodyWaits) {
            return 0;
        }
        long number = 0;
        while (number < count && !((number & CHECK_MASK) == 0 && stopped)) {
            log.debug("Parcel {} of {} has left the warehouse {}", number++, count, "Rotterdam");
        }
        return number;
    }

    /** Returns why the records were not flushed, or null when they were. */
    private @Nullable String awaitFlush(long timeoutNanos) throws InterruptedException {
        try {
            log.flushAsync().get(timeoutNanos, TimeUnit.NANOSECONDS);
            return null;
        } catch (ExecutionException failure) {
            return String.valueOf(failure.getCause());
        } catch (TimeoutException failure) {
            return "Not flushed in time";
        }
    }
}
