package io.asynclog.autoconfigure;

import io.asynclog.AsyncLogManager;
import io.asynclog.ErrorHandler;
import io.asynclog.ShutdownReport;
import java.util.stream.Collectors;
import org.springframework.context.SmartLifecycle;

/**
 * Runs an engine along with its application context: up before and down after everything else that has a lifecycle, the web
 * server and its last requests included. What is logged while beans are destroyed, later still, is written at once to console
 * and file.
 */
final class AsyncLogLifecycle implements SmartLifecycle {
    /** Leaves room below for what must stop even later, such as Boot's own logging system. */
    static final int PHASE = Integer.MIN_VALUE + 1000;

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
    }

    @Override
    public void stop() {
        try {
            ShutdownReport report = manager.shutdown(manager.shutdownTimeout());
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
