package io.asynclog.autoconfigure.logback;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogStatus;
import io.asynclog.ContextSource;
import io.asynclog.ErrorHandler;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Leads what is logged with Logback's loggers into an engine, for as long as that runs. Where the engine has a console,
 * what of Logback's root logger writes to the console is set aside meanwhile: each line would be there twice.
 */
final class LogbackBridge implements SmartLifecycle {
    /** Next to that of the engine's lifecycle: right after its start, and right before its stop. */
    static final int PHASE = Integer.MIN_VALUE + 1001;

    private static final String CONSOLE = "console";

    private final AsyncLogManager manager;
    private final ErrorHandler errors;
    private final AsyncLogAppender appender;
    /**
     * Its monitor guards which of several applications has it. A reset of Logback does not take it: one in the midst of
     * a start or stop may leave appenders of before at the root.
     */
    private final Logger root;
    /** Guarded by the root logger. */
    private List<Appender<ILoggingEvent>> setAside = List.of();
    /** Written under the root logger, by which alone it decides anything; Spring reads it at any time. */
    private volatile boolean running;

    /**
     * Creates a bridge.
     *
     * @param context of the application's own that the engine asks, or null: then records have that of Logback's events
     */
    LogbackBridge(
            LoggerContext logback, AsyncLogManager manager, @Nullable ContextSource context, ErrorHandler errors) {
        this.manager = manager;
        this.errors = errors;
        root = logback.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        appender = new AsyncLogAppender(manager, context, this::stoppedByLogback);
        appender.setContext(logback);
        appender.setName("ASYNCLOG");
    }

    @Override
    public void start() {
        AsyncLogStatus status = manager.status();
        if (status.state() != AsyncLogStatus.State.RUNNING) {
            return; // a stopped engine does not start again, and says so itself
        }
        boolean engineHasConsole =
                status.sinks().stream().anyMatch(sink -> sink.name().equals(CONSOLE));
        if (!attach(engineHasConsole)) {
            errors.report(
                    "Another application in this JVM has what Logback's loggers log; it does not go to the sinks of this"
                            + " one",
                    null);
        }
    }

    private boolean attach(boolean engineHasConsole) {
        synchronized (root) {
            List<Appender<ILoggingEvent>> attached = new ArrayList<>();
            root.iteratorForAppenders().forEachRemaining(attached::add);
            if (attached.stream().anyMatch(AsyncLogAppender.class::isInstance)) {
                return running;
            }
            setAside = engineHasConsole
                    ? attached.stream().filter(LogbackBridge::isConsole).toList()
                    : List.of();
            running = true;
            appender.start();
            root.addAppender(appender); // before the others go, as a line there twice is better than none
            setAside.forEach(root::detachAppender);
            return true;
        }
    }

    /** Returns whether an appender writes to the console and nowhere else, itself or, as AsyncAppender, by others. */
    private static boolean isConsole(Appender<?> appender) {
        if (!(appender instanceof AppenderAttachable<?> wrapper)) {
            return appender instanceof ConsoleAppender;
        }
        Iterator<? extends Appender<?>> wrapped = wrapper.iteratorForAppenders();
        boolean any = wrapped.hasNext();
        boolean all = true;
        while (wrapped.hasNext()) {
            all &= isConsole(wrapped.next());
        }
        return any && all;
    }

    @Override
    public void stop() {
        synchronized (root) {
            if (running) {
                running = false;
                setAside.forEach(root::addAppender); // first, as above
                setAside = List.of();
                root.detachAppender(appender);
            }
        }
    }

    /** Logback has new appenders then, or none, and nobody else stops the old ones. */
    private void stoppedByLogback() {
        List<Appender<ILoggingEvent>> old;
        synchronized (root) {
            if (!running) {
                return;
            }
            running = false;
            old = setAside;
            setAside = List.of();
        }
        old.forEach(Appender::stop); // which may wait for a thread that needs the monitor to make a logger
        errors.report(
                "Logback was stopped or set up anew, by another application in this JVM say; what its loggers log goes to"
                        + " its own appenders alone until this application is restarted",
                null);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
