package io.asynclog.autoconfigure.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.asynclog.ContextSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;

/**
 * An event of Logback as one of SLF4J's.
 *
 * @param context where the context of the record comes from, or null: then it is what Logback shows for the event, that
 *     of the thread, without a copy, and what agents for traces put there and nowhere else
 */
record LogbackEvent(ILoggingEvent event, @Nullable ContextSource context) implements LoggingEvent, ContextSource {
    @Override
    public @Nullable Map<String, String> current() {
        return context == null ? event.getMDCPropertyMap() : context.current();
    }

    @Override
    public Level getLevel() {
        return Level.intToLevel(ch.qos.logback.classic.Level.toLocationAwareLoggerInteger(event.getLevel()));
    }

    @Override
    public String getLoggerName() {
        return event.getLoggerName();
    }

    @Override
    public @Nullable String getMessage() {
        return event.getMessage();
    }

    @Override
    public @Nullable List<Object> getArguments() {
        Object[] arguments = event.getArgumentArray();
        return arguments == null ? null : Arrays.asList(arguments);
    }

    @Override
    public Object @Nullable [] getArgumentArray() {
        return event.getArgumentArray();
    }

    @Override
    public @Nullable List<Marker> getMarkers() {
        return event.getMarkerList();
    }

    @Override
    public @Nullable List<KeyValuePair> getKeyValuePairs() {
        return event.getKeyValuePairs();
    }

    /** Logback keeps the exception itself where the event was made in this JVM. */
    @Override
    public @Nullable Throwable getThrowable() {
        return event.getThrowableProxy() instanceof ThrowableProxy proxy ? proxy.getThrowable() : null;
    }

    @Override
    public long getTimeStamp() {
        return event.getTimeStamp();
    }

    @Override
    public String getThreadName() {
        return event.getThreadName();
    }
}
