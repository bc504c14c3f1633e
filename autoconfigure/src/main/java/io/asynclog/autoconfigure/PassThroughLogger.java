package io.asynclog.autoconfigure;

import io.asynclog.Ack;
import io.asynclog.AsyncLogger;
import io.asynclog.LogReceipt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Hands records on to a logger of the application's own logging system, at once. There is no engine that could store or
 * flush a record, so the receipts say {@link LogReceipt.Status#DISABLED}.
 */
final class PassThroughLogger extends AbstractLogger implements AsyncLogger {
    private static final long serialVersionUID = 1L;

    private final transient Logger target;

    PassThroughLogger(Logger target) {
        this.name = target.getName();
        this.target = target;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String message,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable exception) {
        LoggingEventBuilder event = makeLoggingEventBuilder(level).setMessage(message);
        if (marker != null) {
            event = event.addMarker(marker);
        }
        if (arguments != null) {
            for (Object argument : arguments) {
                event = event.addArgument(argument);
            }
        }
        event.setCause(exception).log();
    }

    @Override
    public LoggingEventBuilder makeLoggingEventBuilder(Level level) {
        return target.makeLoggingEventBuilder(level);
    }

    @Override
    public CompletableFuture<LogReceipt> logAsync(Level level, String message, @Nullable Object... args) {
        target.atLevel(level).log(message, args);
        return CompletableFuture.completedFuture(LogReceipt.DISABLED);
    }

    @Override
    public CompletableFuture<LogReceipt> logAsync(Ack ack, Level level, String message, @Nullable Object... args) {
        return logAsync(level, message, args);
    }

    @Override
    public LogReceipt logStored(Level level, String message, @Nullable Object... args) {
        target.atLevel(level).log(message, args);
        return LogReceipt.DISABLED;
    }

    @Override
    public CompletableFuture<Void> flushAsync() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    public boolean isTraceEnabled() {
        return target.isTraceEnabled();
    }

    @Override
    public boolean isTraceEnabled(Marker marker) {
        return target.isTraceEnabled(marker);
    }

    @Override
    public boolean isDebugEnabled() {
        return target.isDebugEnabled();
    }

    @Override
    public boolean isDebugEnabled(Marker marker) {
        return target.isDebugEnabled(marker);
    }

    @Override
    public boolean isInfoEnabled() {
        return target.isInfoEnabled();
    }

    @Override
    public boolean isInfoEnabled(Marker marker) {
        return target.isInfoEnabled(marker);
    }

    @Override
    public boolean isWarnEnabled() {
        return target.isWarnEnabled();
    }

    @Override
    public boolean isWarnEnabled(Marker marker) {
        return target.isWarnEnabled(marker);
    }

    @Override
    public boolean isErrorEnabled() {
        return target.isErrorEnabled();
    }

    @Override
    public boolean isErrorEnabled(Marker marker) {
        return target.isErrorEnabled(marker);
    }

    @Override
    public void trace(String format, @Nullable Object arg1, @Nullable Object arg2, @Nullable Object arg3) {
        trace(format, new Object[] {arg1, arg2, arg3});
    }

    @Override
    public void debug(String format, @Nullable Object arg1, @Nullable Object arg2, @Nullable Object arg3) {
        debug(format, new Object[] {arg1, arg2, arg3});
    }

    @Override
    public void info(String format, @Nullable Object arg1, @Nullable Object arg2, @Nullable Object arg3) {
        info(format, new Object[] {arg1, arg2, arg3});
    }

    @Override
    public void warn(String format, @Nullable Object arg1, @Nullable Object arg2, @Nullable Object arg3) {
        warn(format, new Object[] {arg1, arg2, arg3});
    }

    @Override
    public void error(String format, @Nullable Object arg1, @Nullable Object arg2, @Nullable Object arg3) {
        error(format, new Object[] {arg1, arg2, arg3});
    }
}
