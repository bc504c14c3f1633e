package io.asynclog.autoconfigure;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogStatus;
import io.asynclog.ErrorHandler;
import io.asynclog.ShutdownReport;
import io.asynclog.buffer.BufferStatus;
import io.asynclog.buffer.RecoveryStatus;
import io.asynclog.consumer.Delivery;
import io.asynclog.consumer.SinkStatus;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.util.unit.DataSize;

/**
 * Runs an engine along with its application context: up before and down after everything else that has a lifecycle, the web
 * server and its last requests included. What is logged while beans are destroyed, later still, is written at once to console
 * and file.
 */
final class AsyncLogLifecycle implements SmartLifecycle {
    /** Leaves room below for what must stop even later, such as Boot's own logging system. */
    static final int PHASE = Integer.MIN_VALUE + 1000;

    private static final Logger logger = LoggerFactory.getLogger(AsyncLogLifecycle.class);

    private final AsyncLogManager manager;
    private final ErrorHandler errors;
    private volatile boolean running;

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

    @Override
    public void stop() {
        try {
            ShutdownReport report = manager.shutdown(manager.shutdownTimeout());
            logger.info("asynclog is down: {}", report);
            if (!report.isComplete()) {
                errors.report(describeLoss(report), null);
            }
        } finally {
            running = false;
        }
    }

    /** On a thread of its own, so that Spring keeps its own bound on how long a phase may take. */
    @Override
    public void stop(Runnable callback) {
        new Thread(
                        () -> {
                            try {
                                stop();
                            } finally {
                                callback.run();
                            }
                        },
                        "asynclog-shutdown")
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
                .filter(sink -> sink.getValue().lost().containsKey("shutdown"))
                .map(sink -> "'" + sink.getKey() + "' " + sink.getValue().lost().get("shutdown"))
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
