package io.asynclog.autoconfigure.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.asynclog.AsyncLogManager;
import io.asynclog.ContextSource;
import org.jspecify.annotations.Nullable;

/**
 * Logs Logback's events with an engine, each by the logger of the event's name. Once started it stays so when its
 * bridge detaches it: a thread that found it at the logger may come later, and the engine writes what is late.
 */
final class AsyncLogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final AsyncLogManager manager;
    private final @Nullable ContextSource contextSource;
    private final Runnable onStop;

    /**
     * Creates an appender.
     *
     * @param contextSource where the context of records comes from, or null: then it is that of the event
     * @param onStop what is to be done when Logback stops the appender
     */
    AsyncLogAppender(AsyncLogManager manager, @Nullable ContextSource contextSource, Runnable onStop) {
        this.manager = manager;
        this.contextSource = contextSource;
        this.onStop = onStop;
    }

    /** What is thrown here, or by a filter, Logback notes in its status, as it does for all of its appenders. */
    @Override
    protected void append(ILoggingEvent event) {
        manager.getLogger(event.getLoggerName()).log(new LogbackEvent(event, contextSource));
    }

    /** By Logback, when it is set up anew or stopped, upon which it forgets this appender. */
    @Override
    public void stop() {
        super.stop();
        onStop.run();
    }
}
