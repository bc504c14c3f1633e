package io.asynclog.autoconfigure;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;

/** What one of the application's own loggers is given, from {@code INFO} on. */
public final class LogbackEvents implements AutoCloseable {
    private final Logger logger;
    private final Map<String, Throwable> refused = new ConcurrentHashMap<>();
    private final ListAppender<ILoggingEvent> events = new ListAppender<>() {
        @Override
        public synchronized void doAppend(ILoggingEvent event) {
            Throwable failure = refused.get(event.getFormattedMessage());
            if (failure != null) {
                throw LogbackEvents.<RuntimeException>undeclared(failure);
            }
            super.doAppend(event);
        }

        @Override
        protected void append(ILoggingEvent event) {
            event.getCallerData(); // which Logback reads off the stack when it is first asked for
            super.append(event);
        }
    };

    public LogbackEvents(String name) {
        logger = (Logger) LoggerFactory.getLogger(name);
        logger.setLevel(Level.INFO);
        events.start();
        logger.addAppender(events);
    }

    Logger logger() {
        return logger;
    }

    /** Throws any failure without declaring it, as Kotlin does. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // that is the trick
    private static <T extends Throwable> T undeclared(Throwable failure) throws T {
        throw (T) failure;
    }

    /** Has a message fail its caller from now on. */
    void refuse(String message, Throwable failure) {
        refused.put(message, failure);
    }

    public List<ILoggingEvent> all() {
        return events.list;
    }

    public List<String> messages() {
        return events.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
        logger.detachAppender(events);
        logger.setLevel(null);
    }
}
