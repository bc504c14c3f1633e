package io.asynclog.autoconfigure.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.FilterReply;
import io.asynclog.AsyncLogManager;
import io.asynclog.ErrorHandler;
import java.util.List;
import java.util.stream.Stream;

/** Logs Logback's events with an engine, each by the logger of the event's name. */
final class AsyncLogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final AsyncLogManager manager;
    private final ErrorHandler errors;
    /** Guarded by the bridges' lock. */
    private List<Appender<ILoggingEvent>> replaced = List.of();

    AsyncLogAppender(AsyncLogManager manager, ErrorHandler errors) {
        this.manager = manager;
        this.errors = errors;
    }

    /** Starts in the place of others, which are not stopped. */
    void start(List<Appender<ILoggingEvent>> others) {
        replaced = others;
        start();
    }

    /** Stops, as its bridge wants it. */
    void end() {
        super.stop();
    }

    /** By Logback, which does so when it is set up anew, and then has forgotten this appender. */
    @Override
    public void stop() {
        if (isStarted()) {
            end();
            errors.report(
                    "Logback was set up anew, by another application in this JVM say; what its loggers log goes to its own"
                            + " appenders alone until this application is restarted",
                    null);
        }
    }

    /** Returns what this one has replaced, or, for an appender of this kind that was stopped since, what that has. */
    Stream<Appender<ILoggingEvent>> inItsPlace() {
        return replaced.stream()
                .flatMap(other -> other instanceof AsyncLogAppender bridge && !bridge.isStarted()
                        ? bridge.inItsPlace()
                        : Stream.of(other));
    }

    /** Without the base class's guard, which drops what an argument's {@code toString} logs. */
    @Override
    public void doAppend(ILoggingEvent event) {
        if (isStarted() && getFilterChainDecision(event) != FilterReply.DENY) {
            append(event);
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        manager.getLogger(event.getLoggerName()).log(new LogbackEvent(event));
    }
}
