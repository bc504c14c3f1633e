package io.asynclog.autoconfigure.logback;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import io.asynclog.AsyncLogManager;
import io.asynclog.ErrorHandler;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/**
 * Leads what is logged with Logback's loggers into an engine, for as long as that runs. Where the engine writes to the
 * console, Logback's own console appenders are taken off its root logger meanwhile: each line would be there twice.
 *
 * <p>Of several applications in one JVM the one that started last has what is logged, until it stops.
 */
final class LogbackBridge implements SmartLifecycle {
    /** Right after the engine's start, and right before its stop: there is no time in which nobody takes a record. */
    static final int PHASE = Integer.MIN_VALUE + 1001;

    private final Logger root;
    private final AsyncLogAppender appender;
    private final boolean engineHasConsole;

    LogbackBridge(LoggerContext context, AsyncLogManager manager, boolean engineHasConsole, ErrorHandler errors) {
        this.root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        this.appender = new AsyncLogAppender(manager, errors);
        this.engineHasConsole = engineHasConsole;
        appender.setContext(context);
        appender.setName("ASYNCLOG");
    }

    @Override
    public void start() {
        synchronized (root) { // other applications' bridges
            List<Appender<ILoggingEvent>> replaced = replacedAppenders();
            appender.start(replaced);
            root.addAppender(appender); // before the others go, as a line there twice is better than none
            replaced.forEach(root::detachAppender);
        }
    }

    private List<Appender<ILoggingEvent>> replacedAppenders() {
        List<Appender<ILoggingEvent>> replaced = new ArrayList<>();
        for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
            Appender<ILoggingEvent> other = all.next();
            if (other instanceof AsyncLogAppender || (engineHasConsole && other instanceof ConsoleAppender)) {
                replaced.add(other);
            }
        }
        return replaced;
    }

    @Override
    public void stop() {
        synchronized (root) {
            if (root.isAttached(appender)) { // or Logback was set up anew, or another bridge has replaced this one
                appender.inItsPlace().forEach(root::addAppender);
                root.detachAppender(appender);
            }
            appender.end();
        }
    }

    @Override
    public boolean isRunning() {
        return appender.isStarted();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** As the engine's own lifecycle. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
