package io.asynclog.autoconfigure;

import io.asynclog.Ack;
import io.asynclog.AsyncLogger;
import io.asynclog.AsyncLoggingEventBuilder;
import io.asynclog.LogReceipt;
import io.asynclog.TransactionBinding;
import io.asynclog.TransactionBinding.Outcome;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.AbstractLogger;

/**
 * Hands records on to a logger of the application's own logging system, at once or when a transaction has ended. There
 * is no engine that could store or flush a record, so the receipts say {@link LogReceipt.Status#DISABLED}.
 */
final class PassThroughLogger extends AbstractLogger implements AsyncLogger {
    private static final long serialVersionUID = 1L;

    private final transient Logger target;
    private final transient TransactionBinding transactions;
    /** How a transaction has to end for its records to be handed on, or null: then they are handed on at once. */
    private final transient @Nullable Outcome wanted;

    PassThroughLogger(Logger target, TransactionBinding transactions) {
        this(target, transactions, null);
    }

    private PassThroughLogger(Logger target, TransactionBinding transactions, @Nullable Outcome wanted) {
        this.name = target.getName();
        this.target = target;
        this.transactions = transactions;
        this.wanted = wanted;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String message,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable exception) {
        AsyncLoggingEventBuilder event = makeLoggingEventBuilder(level).setMessage(message);
        event.setCallerBoundary(AbstractLogger.class.getName());
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

    /** Takes what a builder has collected, also one of {@link #handleNormalizedLoggingCall}. */
    @Override
    public void log(LoggingEvent event) {
        if (wanted == null) {
            EventCopy.asItIs(event, target).log();
            return;
        }
        TransactionalCall call = new TransactionalCall(target, event, wanted);
        TransactionalCall bound;
        try {
            bound = transactions.bind(call, () -> call);
        } catch (RuntimeException failure) {
            target.warn("The transaction that a record was to be bound to is unknown: the record is withheld", failure);
            return;
        }
        if (bound == null) {
            call.accept(Outcome.COMMITTED); // there is nothing that could roll it back
        }
    }

    @Override
    public AsyncLogger afterCommit() {
        return new PassThroughLogger(target, transactions, Outcome.COMMITTED);
    }

    @Override
    public AsyncLogger afterRollback() {
        return new PassThroughLogger(target, transactions, Outcome.ROLLED_BACK);
    }

    @Override
    public CompletableFuture<LogReceipt> logAsync(Level level, String message, @Nullable Object... args) {
        atLevel(level).log(message, args);
        return CompletableFuture.completedFuture(LogReceipt.DISABLED);
    }

    @Override
    public CompletableFuture<LogReceipt> logAsync(Ack ack, Level level, String message, @Nullable Object... args) {
        return logAsync(level, message, args);
    }

    @Override
    public CompletableFuture<LogReceipt> logAsync(LoggingEvent event) {
        log(event);
        return CompletableFuture.completedFuture(LogReceipt.DISABLED);
    }

    @Override
    public CompletableFuture<LogReceipt> logAsync(Ack ack, LoggingEvent event) {
        return logAsync(event);
    }

    @Override
    public LogReceipt logStored(LoggingEvent event) {
        requireNotDeferring();
        EventCopy.asItIs(event, target).log();
        return LogReceipt.DISABLED;
    }

    @Override
    public LogReceipt logStored(Level level, String message, @Nullable Object... args) {
        requireNotDeferring();
        target.atLevel(level).log(message, args);
        return LogReceipt.DISABLED;
    }

    /** Refuses what the engine refuses, so that a caller behaves alike with and without. */
    private void requireNotDeferring() {
        if (wanted != null) {
            throw new IllegalStateException("A record that is bound to a transaction is logged when that has ended, and"
                    + " cannot be waited for within: call logStored(...) on the logger itself");
        }
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
    public void trace(@Nullable String format, @Nullable Object arg1, @Nullable Object arg2, @Nullable Object arg3) {
        trace(format, new Object[] {arg1, arg2, arg3});
    }

    @Override
    public void trace(
            @Nullable String format,
            @Nullable Object arg1,
            @Nullable Object arg2,
            @Nullable Object arg3,
            @Nullable Object arg4) {
        trace(format, new Object[] {arg1, arg2, arg3, arg4});
    }

    @Override
    public void debug(@Nullable String format, @Nullable Object arg1, @Nullable Object arg2, @Nullable Object arg3) {
        debug(format, new Object[] {arg1, arg2, arg3});
    }

    @Override
    public void debug(
            @Nullable String format,
            @Nullable Object arg1,
            @Nullable Object arg2,
            @Nullable Object arg3,
            @Nullable Object arg4) {
        debug(format, new Object[] {arg1, arg2, arg3, arg4});
    }

    @Override
    public void info(@Nullable String format, @Nullable Object arg1, @Nullable Object arg2, @Nullable Object arg3) {
        info(format, new Object[] {arg1, arg2, arg3});
    }

    @Override
    public void info(
            @Nullable String format,
            @Nullable Object arg1,
            @Nullable Object arg2,
            @Nullable Object arg3,
            @Nullable Object arg4) {
        info(format, new Object[] {arg1, arg2, arg3, arg4});
    }

    @Override
    public void warn(@Nullable String format, @Nullable Object arg1, @Nullable Object arg2, @Nullable Object arg3) {
        warn(format, new Object[] {arg1, arg2, arg3});
    }

    @Override
    public void warn(
            @Nullable String format,
            @Nullable Object arg1,
            @Nullable Object arg2,
            @Nullable Object arg3,
            @Nullable Object arg4) {
        warn(format, new Object[] {arg1, arg2, arg3, arg4});
    }

    @Override
    public void error(@Nullable String format, @Nullable Object arg1, @Nullable Object arg2, @Nullable Object arg3) {
        error(format, new Object[] {arg1, arg2, arg3});
    }

    @Override
    public void error(
            @Nullable String format,
            @Nullable Object arg1,
            @Nullable Object arg2,
            @Nullable Object arg3,
            @Nullable Object arg4) {
        error(format, new Object[] {arg1, arg2, arg3, arg4});
    }
}
