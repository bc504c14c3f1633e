package io.asynclog.autoconfigure.logback;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogStatus;
import io.asynclog.ErrorHandler;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/**
 * Leads what is logged with Logback's loggers into an engine, for as long as that runs. Where the engine has a console,
 * what of Logback's root logger writes to the console is set aside meanwhile: each line would be there twice.
 */
final class LogbackBridge implements SmartLifecycle {
    /** Right after the engine's start, and right before its stop. */
    static final int PHASE = Integer.MIN_VALUE + 1001;

    private static final String CONSOLE = "console";

    private final Logger root;
    private final AsyncLogManager manager;
    private final ErrorHandler errors;
    private final AsyncLogAppender appender;
    /** Guarded by the root logger. */
    private List<Appender<ILoggingEvent>> setAside = List.of();

    LogbackBridge(LoggerContext context, AsyncLogManager manager, ErrorHandler errors) {
        this.root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        this.manager = manager;
        this.errors = errors;
        appender = new AsyncLogAppender(manager, errors);
        appender.setContext(context);
        appender.setName("ASYNCLOG");
    }

    @Override
    public void start() {
        AsyncLogStatus status = manager.status();
        if (status.state() != AsyncLogStatus.State.RUNNING) {
            return; // a stopped engine does not start again, and says so itself
        }
        boolean hasConsole =
                status.sinks().stream().anyMatch(sink -> sink.name().equals(CONSOLE));
        synchronized (root) { // other applications' bridges
            List<Appender<ILoggingEvent>> attached = attached();
            if (attached.stream().anyMatch(AsyncLogAppender.class::isInstance)) {
                errors.report(
                        "Another application in this JVM has what Logback's loggers log; it does not go to the sinks of"
                                + " this one",
                        null);
                return;
            }
            setAside = hasConsole
                    ? attached.stream().filter(LogbackBridge::isConsole).toList()
                    : List.of();
            appender.start();
            root.addAppender(appender); // before the others go, as a line there twice is better than none
            setAside.forEach(root::detachAppender);
        }
    }

    private List<Appender<ILoggingEvent>> attached() {
        List<Appender<ILoggingEvent>> attached = new ArrayList<>();
        root.iteratorForAppenders().forEachRemaining(attached::add);
        return attached;
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
            setAside.forEach(root::addAppender); // first, as above
            setAside = List.of();
            root.detachAppender(appender);
            appender.end();
        }
    }

    /** Not any more where Logback was set up anew, which has new appenders then and keeps them. */
    @Override
    public boolean isRunning() {
        return appender.isStarted();
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
