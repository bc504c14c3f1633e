package io.asynclog.autoconfigure;

import io.asynclog.Ack;
import io.asynclog.AsyncLogger;
import io.asynclog.AsyncLoggingEventBuilder;
import io.asynclog.LogReceipt;
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
 * is no engine that could store or flush a record, so the receipts say {@link LogReceipt.Status#PASSED_ON}.
 */
final class PassThroughLogger extends AbstractLogger implements AsyncLogger {
    private static final long serialVersionUID = 1L;

    private final transient Logger target;
    private final transient TransactionalCalls transactions;
    /** How a transaction has to end for its records to be handed on, or null: then they are handed on at once. */
    private final transient @Nullable Outcome wanted;

    PassThroughLogger(Logger target, TransactionalCalls transactions) {
        this(target, transactions, null);
    }

    private PassThroughLogger(Logger target, TransactionalCalls transactions, @Nullable Outcome wanted) {
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
        CompletableFuture<LogReceipt> ignored = logAsync(event);
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
        return atLevel(level).logAsync(message, args);
    }

    @Override
    public CompletableFuture<LogReceipt> logAsync(Ack ack, Level level, String message, @Nullable Object... args) {
        return logAsync(level, message, args);
    }

    @Override
    public CompletableFuture<LogReceipt> logAsync(LoggingEvent event) {
        if (wanted == null) {
            EventCopy.asItIs(event, target).log();
            return CompletableFuture.completedFuture(LogReceipt.PASSED_ON);
        }
        TransactionalCall call = new TransactionalCall(target, event, wanted);
        transactions.add(call);
        return call.receipt();
    }

    @Override
    public CompletableFuture<LogReceipt> logAsync(Ack ack, LoggingEvent event) {
        return logAsync(event);
    }

    @Override
    public LogReceipt logStored(LoggingEvent event) {
        requireNotDeferring();
        EventCopy.asItIs(event, target).log();
        return LogReceipt.PASSED_ON;
    }

    @Override
    public LogReceipt logStored(Level level, String message, @Nullable Object... args) {
        requireNotDeferring(); // for a level that is disabled, too
        return atLevel(level).logStored(message, args);
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
}
