package io.asynclog.autoconfigure;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogStatus;
import io.asynclog.ErrorHandler;
import io.asynclog.FlushReport;
import io.asynclog.ShutdownReport;
import io.asynclog.ShutdownReport.LossReason;
import io.asynclog.buffer.BufferStatus;
import io.asynclog.buffer.RecoveryStatus;
import io.asynclog.consumer.Delivery;
import io.asynclog.consumer.SinkStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.Lifecycle;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.unit.DataSize;

/**
 * Runs an engine along with its application context: up before and down after everything else that has a lifecycle, the
 * web server and its last requests included. What is logged while beans are destroyed, later still, is written at once
 * to console and file.
 */
final class AsyncLogLifecycle implements SmartLifecycle {
    /** Leaves room below for what must stop even later, such as Boot's own logging system. */
    static final int PHASE = Integer.MIN_VALUE + 1000;

    private static final Logger logger = LoggerFactory.getLogger(AsyncLogLifecycle.class);

    /** What a shutdown has at least, however long the flush before it took, for what was logged since. */
    private static final Duration MIN_SHUTDOWN = Duration.ofSeconds(1);

    private static final long POLL_MILLIS = 5;
    private static final long MAX_STANDSTILL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AsyncLogManager manager;
    private final ErrorHandler errors;
    private volatile boolean running;
    /** How long the early flush took: it has the same time limit as the shutdown, not one more. */
    private volatile Duration flushedFor = Duration.ZERO;

    AsyncLogLifecycle(AsyncLogManager manager, ErrorHandler errors) {
        this.manager = manager;
        this.errors = errors;
    }

    @Override
    public void start() {
        InvalidAsyncLogPropertyException.naming(() -> {
            manager.initialize();
            return manager;
        });
        running = true;
        AsyncLogStatus status = manager.status();
        if (status.state() == AsyncLogStatus.State.RUNNING) {
            logger.info("asynclog is up: {}", describe(status));
        } else {
            errors.report(
                    "asynclog was stopped and does not start again; records go to console and file only, one by one."
                            + " Restart the application",
                    null);
        }
    }

    /**
     * Flushes what was logged so far, on the shutdown's time. Whoever paused a sink may be gone, so it is resumed as by
     * a shutdown.
     */
    void flushEarly() {
        AsyncLogStatus status = manager.status();
        if (status.state() != AsyncLogStatus.State.RUNNING) {
            return;
        }
        long begin = System.nanoTime();
        flushedFor = manager.shutdownTimeout(); // should Spring go on before it returns
        status.sinks().forEach(sink -> manager.sinkControl(sink.name()).resume());
        try {
            FlushReport ignored = manager.flush(manager.shutdownTimeout()); // what it says the shutdown will say
            awaitBestEffort(status, begin);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        flushedFor = Duration.ofNanos(System.nanoTime() - begin);
    }

    /**
     * The flush waits for required sinks alone, but what a best-effort one writes through stops as well. One that fails
     * or takes nothing for a second is not waited for, as nothing says that it ever goes on, and none beyond half of
     * the time: the rest is for what the required ones have yet to get.
     */
    private void awaitBestEffort(AsyncLogStatus before, long begin) throws InterruptedException {
        Map<String, Long> goals = before.sinks().stream()
                .collect(Collectors.toMap(SinkStatus::name, sink -> passed(sink) + sink.depth()));
        long mostNanos = TimeUnit.NANOSECONDS.convert(manager.shutdownTimeout()) / 2;
        long passedBefore = -1;
        long movedAt = System.nanoTime();
        while (System.nanoTime() - begin < mostNanos && System.nanoTime() - movedAt < MAX_STANDSTILL_NANOS) {
            List<SinkStatus> awaited = manager.status().sinks().stream()
                    .filter(sink -> sink.state() == SinkStatus.State.RUNNING
                            && sink.depth() > 0
                            && passed(sink) < goals.getOrDefault(sink.name(), 0L))
                    .toList();
            if (awaited.isEmpty()) {
                return;
            }
            long passed = awaited.stream().mapToLong(AsyncLogLifecycle::passed).sum();
            movedAt = passed == passedBefore ? movedAt : System.nanoTime();
            passedBefore = passed;
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static long passed(SinkStatus sink) {
        return sink.flushed() + sink.failed() + sink.dropped().total() + sink.filtered();
    }

    /** Returns the time that the flush before has left of the timeout. */
    Duration shutdownTimeout() {
        Duration timeout = manager.shutdownTimeout();
        Duration left = timeout.minus(flushedFor);
        Duration least = timeout.compareTo(MIN_SHUTDOWN) < 0 ? timeout : MIN_SHUTDOWN;
        return left.compareTo(least) < 0 ? least : left;
    }

    @Override
    public void stop() {
        try {
            ShutdownReport report = manager.shutdown(shutdownTimeout());
            logger.info("asynclog is down: {}", report);
            if (!report.isComplete()) {
                errors.report(describeLoss(report), null);
            }
        } finally {
            running = false;
        }
    }

    @Override
    public void stop(Runnable callback) {
        stopOnOwnThread("asynclog-shutdown", this, callback);
    }

    /** Stops on another thread, so that Spring keeps its own bound on how long a phase may take. */
    static void stopOnOwnThread(String name, Lifecycle stopped, Runnable callback) {
        new Thread(
                        () -> {
                            try {
                                stopped.stop();
                            } finally {
                                callback.run();
                            }
                        },
                        name)
                .start();
    }

    private static String describe(AsyncLogStatus status) {
        BufferStatus buffer = status.buffer();
        RecoveryStatus recovery = buffer.recovery();
        String sinks = status.sinks().stream().map(AsyncLogLifecycle::describe).collect(Collectors.joining(", "));
        int segments = buffer.segmentsMax();
        String size = size(buffer.capacityBytes()) + " (" + segments + " segments of "
                + size(buffer.capacityBytes() / segments) + ")";
        if (recovery == null) {
            return "sinks " + sinks + "; buffer of up to " + size + " of memory";
        }
        String recovered = status.sinks().stream()
                .map(sink -> sink.recovered() + " for " + sink.name())
                .collect(Collectors.joining(", "));
        return "sinks " + sinks + "; buffer of up to " + size + " in " + recovery.directory() + "; recovered records: "
                + recovered;
    }

    private static String describe(SinkStatus sink) {
        return sink.delivery() == Delivery.REQUIRED ? sink.name() : sink.name() + " (best-effort)";
    }

    private static String size(long bytes) {
        DataSize size = DataSize.ofBytes(bytes);
        return size.toMegabytes() > 0
                        && DataSize.ofMegabytes(size.toMegabytes()).equals(size)
                ? size.toMegabytes() + " MB"
                : size.toKilobytes() + " KB";
    }

    private static String describeLoss(ShutdownReport report) {
        String lost = report.sinks().entrySet().stream()
                .filter(sink -> sink.getValue().lost().containsKey(LossReason.SHUTDOWN))
                .map(sink -> "'" + sink.getKey() + "' " + sink.getValue().lost().get(LossReason.SHUTDOWN))
                .collect(Collectors.joining(", "));
        return "Shutdown was over after " + report.duration().toMillis() + " ms before every sink had flushed all of "
                + report.accepted() + " records; lost by sink: " + lost
                + ". A longer asynclog.shutdown-timeout gives the sinks more time";
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** An engine does not start twice, so it takes no part in a pause. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
