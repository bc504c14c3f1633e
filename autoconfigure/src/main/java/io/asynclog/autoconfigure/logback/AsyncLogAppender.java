package io.asynclog.autoconfigure.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.FilterReply;
import io.asynclog.AsyncLogManager;
import io.asynclog.ErrorHandler;
import java.util.concurrent.atomic.AtomicBoolean;

/** Logs Logback's events with an engine, each by the logger of the event's name. */
final class AsyncLogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final AsyncLogManager manager;
    private final ErrorHandler errors;
    private final AtomicBoolean failed = new AtomicBoolean();

    AsyncLogAppender(AsyncLogManager manager, ErrorHandler errors) {
        this.manager = manager;
        this.errors = errors;
    }

    /**
     * Takes an event that comes when this is stopped, too: its thread found the appender before, and the engine writes
     * what is late. Without the base class's guard, which drops what an argument's {@code toString} logs.
     */
    @Override
    public void doAppend(ILoggingEvent event) {
        try {
            if (getFilterChainDecision(event) != FilterReply.DENY) {
                append(event);
            }
        } catch (RuntimeException failure) { // of a filter, or an event without a level, say
            if (failed.compareAndSet(false, true)) {
                errors.report("An event of Logback cannot be logged, which is told once", failure);
            }
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        manager.getLogger(event.getLoggerName()).log(new LogbackEvent(event));
    }

    /** Stops, as its bridge wants it. */
    void end() {
        super.stop();
    }

    /** By Logback, when it is set up anew or stopped; it has forgotten this appender then. */
    @Override
    public void stop() {
        if (isStarted()) {
            end();
            errors.report(
                    "Logback was stopped or set up anew, by another application in this JVM say; what its loggers log goes"
                            + " to its own appenders alone until this application is restarted",
                    null);
        }
    }
}
