package io.asynclog;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.spi.LoggingEventAware;

/**
 * An SLF4J {@link Logger} whose calls never wait for a sink, and which can tell when a record is out.
 *
 * <p>The methods of {@link Logger} are fire-and-forget. {@link #logAsync} and its kin take the same path and return a
 * future, which always completes:
 *
 * <ul>
 *   <li>with a {@link LogReceipt} once the record has come as far as the {@link Ack} of the call says, or else that of
 *       the engine, which is {@link Ack#FLUSHED} unless set otherwise; at once when the level is disabled;
 *   <li>with {@link LogFlushException} when a required sink failed, naming each such sink; for {@code FLUSHED} only;
 *   <li>with {@link LogStoreException} when the device did not confirm the record; for {@link Ack#STORED} only;
 *   <li>with {@link LogOverflowException} when the record found no place in the buffer and was dropped;
 *   <li>with {@link LogShutdownException} when the engine was shut down before the call, or while the record still
 *       waited for room in the buffer;
 *   <li>with {@link IllegalStateException} when the call asks for what cannot be: {@code STORED} of a buffer in memory,
 *       or more than {@link Ack#ACCEPTED} on the thread of a sink. The record is logged all the same.
 * </ul>
 *
 * <p>Futures complete on a thread of the engine that serves all of them: give dependent work that blocks to an executor
 * of your own ({@code thenApplyAsync} and the like). Cancelling or completing a future yourself affects that future
 * only.
 *
 * <p>Loggers are safe for use by any number of threads. The overloads with three and four arguments spare an engine's
 * callers the array that {@code Object...} costs.
 */
public interface AsyncLogger extends Logger, LoggingEventAware {
    /**
     * Logs a message and tells when it has come as far as the engine's {@link Ack} says. Never waits for a sink: when
     * the buffer is full and its policy is to wait, the record waits and the call returns. What the call may have to do
     * is to get a segment for the buffer, where the current one is full and no other is ready: it allocates one, or
     * waits for one that is being made or cleared, for a second at most each.
     *
     * @param level the level
     * @param message the template; {@code {}} stands for an argument
     * @param args the arguments; a {@link Throwable} in last place is logged with its stack trace
     * @return a future that always completes, as described {@linkplain AsyncLogger above}
     */
    CompletableFuture<LogReceipt> logAsync(Level level, String message, @Nullable Object... args);

    /**
     * Logs a message and tells when it has come as far as the call wants. Never waits for a sink, as above.
     *
     * @param ack how far the record has to come; with {@link Ack#ACCEPTED} the future is complete when the call
     *     returns, unless the buffer is full
     * @param level the level
     * @param message the template; {@code {}} stands for an argument
     * @param args the arguments; a {@link Throwable} in last place is logged with its stack trace
     * @return a future that always completes, as described {@linkplain AsyncLogger above}
     */
    CompletableFuture<LogReceipt> logAsync(Ack ack, Level level, String message, @Nullable Object... args);

    /**
     * Logs a message and waits until it was forced to the device: what {@link #logAsync(Ack, Level, String, Object...)}
     * with {@link Ack#STORED} does without waiting. Needs a buffer in mapped files. Within a transaction the exception
     * makes it roll back, so that nothing is committed whose record may be missing. All who wait at the same time share
     * one force.
     *
     * <p>A caller that is interrupted stops waiting and keeps its interrupt status.
     *
     * @param level the level
     * @param message the template; {@code {}} stands for an argument
     * @param args the arguments; a {@link Throwable} in last place is logged with its stack trace
     * @return the receipt, with the status {@code STORED}; {@link LogReceipt#DISABLED} when the level is disabled,
     *     {@link LogReceipt#PASSED_ON} when there is no engine: nothing is thrown then
     * @throws LogStoreException when the device did not confirm the record, or the caller was interrupted: the record
     *     may be there all the same
     * @throws LogOverflowException when the record found no place in the buffer and was dropped
     * @throws LogShutdownException when the engine was shut down before the call, or while the record still waited for
     *     room in the buffer
     * @throws IllegalStateException when the buffer is in memory, or the caller is the thread of a sink; the record is
     *     logged all the same. Always on a logger of {@link #afterCommit} or {@link #afterRollback}, whose records
     *     cannot be waited for within their transaction; nothing is logged then
     */
    LogReceipt logStored(Level level, String message, @Nullable Object... args);

    /**
     * Logs like {@link #logAsync(Level, String, Object...)} what SLF4J's fluent API has collected, for a level that is
     * known to be enabled.
     */
    CompletableFuture<LogReceipt> logAsync(LoggingEvent event);

    /**
     * Logs like {@link #logAsync(Ack, Level, String, Object...)} what SLF4J's fluent API has collected, for a level
     * that is known to be enabled.
     */
    CompletableFuture<LogReceipt> logAsync(Ack ack, LoggingEvent event);

    /**
     * Logs like {@link #logStored(Level, String, Object...)} what SLF4J's fluent API has collected, for a level that is
     * known to be enabled.
     */
    LogReceipt logStored(LoggingEvent event);

    /** Logs like {@link #logAsync(Level, String, Object...)} at level {@code TRACE}. */
    default CompletableFuture<LogReceipt> traceAsync(String message, @Nullable Object... args) {
        return logAsync(Level.TRACE, message, args);
    }

    /** Logs like {@link #logAsync(Level, String, Object...)} at level {@code DEBUG}. */
    default CompletableFuture<LogReceipt> debugAsync(String message, @Nullable Object... args) {
        return logAsync(Level.DEBUG, message, args);
    }

    /** Logs like {@link #logAsync(Level, String, Object...)} at level {@code INFO}. */
    default CompletableFuture<LogReceipt> infoAsync(String message, @Nullable Object... args) {
        return logAsync(Level.INFO, message, args);
    }

    /** Logs like {@link #logAsync(Level, String, Object...)} at level {@code WARN}. */
    default CompletableFuture<LogReceipt> warnAsync(String message, @Nullable Object... args) {
        return logAsync(Level.WARN, message, args);
    }

    /** Logs like {@link #logAsync(Level, String, Object...)} at level {@code ERROR}. */
    default CompletableFuture<LogReceipt> errorAsync(String message, @Nullable Object... args) {
        return logAsync(Level.ERROR, message, args);
    }

    /** Begins a record with a level that is enabled; {@link #atLevel} asks whether it is. */
    @Override
    default AsyncLoggingEventBuilder makeLoggingEventBuilder(Level level) {
        return AsyncLoggingEventBuilder.enabled(this, level);
    }

    /** Begins a record of several parts, such as key-values, which may be awaited like any other. */
    @Override
    default AsyncLoggingEventBuilder atLevel(Level level) {
        return isEnabledForLevel(level) ? makeLoggingEventBuilder(level) : AsyncLoggingEventBuilder.disabled();
    }

    /** Begins a record with level {@code TRACE}, see {@link #atLevel}. */
    @Override
    default AsyncLoggingEventBuilder atTrace() {
        return atLevel(Level.TRACE);
    }

    /** Begins a record with level {@code DEBUG}, see {@link #atLevel}. */
    @Override
    default AsyncLoggingEventBuilder atDebug() {
        return atLevel(Level.DEBUG);
    }

    /** Begins a record with level {@code INFO}, see {@link #atLevel}. */
    @Override
    default AsyncLoggingEventBuilder atInfo() {
        return atLevel(Level.INFO);
    }

    /** Begins a record with level {@code WARN}, see {@link #atLevel}. */
    @Override
    default AsyncLoggingEventBuilder atWarn() {
        return atLevel(Level.WARN);
    }

    /** Begins a record with level {@code ERROR}, see {@link #atLevel}. */
    @Override
    default AsyncLoggingEventBuilder atError() {
        return atLevel(Level.ERROR);
    }

    /**
     * A barrier: completes when every record that was logged before, by any thread, is flushed by every required sink.
     * Completes with {@link LogFlushException} when one of the records that were still pending failed.
     *
     * @return a future that always completes
     */
    CompletableFuture<Void> flushAsync();

    /**
     * Returns this logger for records that are true only once the caller's transaction is committed. Each of its calls
     * takes the record as any other does, with the time, the message and the MDC of the call; but the record goes into
     * the log when the transaction has committed, in the place where that happens, and not at all when it was rolled
     * back. Records bound to one transaction keep their order.
     *
     * <ul>
     *   <li>Outside of a transaction, and where nobody tells the engine of transactions, a record is logged at once.
     *   <li>Records are bound to the physical transaction: neither the end of a method that takes part in another's
     *       transaction nor a savepoint counts. A new transaction, for which the current one is suspended, has its own.
     *   <li>When nobody can tell how the transaction ended, the record is withheld and the {@link ErrorHandler} hears
     *       of it.
     *   <li>Until the transaction has ended its records wait on the heap: {@link #flushAsync} does not wait for them,
     *       and a process that ends takes them with it.
     *   <li>A future completes as any other when the record is logged, with {@link LogReceipt#DISCARDED} when the
     *       transaction ended the other way, and with {@link IllegalStateException} when its outcome is unknown.
     *       Waiting for it within the transaction would be waiting for oneself.
     * </ul>
     *
     * @return a logger of the same name and levels, which may be kept
     */
    AsyncLogger afterCommit();

    /**
     * Returns this logger for records that are true only once the caller's transaction is rolled back: as
     * {@link #afterCommit()}, with commit and rollback interchanged. Outside of a transaction nothing is logged.
     *
     * @return a logger of the same name and levels, which may be kept
     */
    AsyncLogger afterRollback();

    /** Logs at level {@code TRACE} with three arguments. */
    default void trace(@Nullable String format, @Nullable Object arg1, @Nullable Object arg2, @Nullable Object arg3) {
        log(Level.TRACE, format, arg1, arg2, arg3);
    }

    /** Logs at level {@code TRACE} with four arguments. */
    default void trace(
            @Nullable String format,
            @Nullable Object arg1,
            @Nullable Object arg2,
            @Nullable Object arg3,
            @Nullable Object arg4) {
        log(Level.TRACE, format, arg1, arg2, arg3, arg4);
    }

    /** Logs at level {@code DEBUG} with three arguments. */
    default void debug(@Nullable String format, @Nullable Object arg1, @Nullable Object arg2, @Nullable Object arg3) {
        log(Level.DEBUG, format, arg1, arg2, arg3);
    }

    /** Logs at level {@code DEBUG} with four arguments. */
    default void debug(
            @Nullable String format,
            @Nullable Object arg1,
            @Nullable Object arg2,
            @Nullable Object arg3,
            @Nullable Object arg4) {
        log(Level.DEBUG, format, arg1, arg2, arg3, arg4);
    }

    /** Logs at level {@code INFO} with three arguments. */
    default void info(@Nullable String format, @Nullable Object arg1, @Nullable Object arg2, @Nullable Object arg3) {
        log(Level.INFO, format, arg1, arg2, arg3);
    }

    /** Logs at level {@code INFO} with four arguments. */
    default void info(
            @Nullable String format,
            @Nullable Object arg1,
            @Nullable Object arg2,
            @Nullable Object arg3,
            @Nullable Object arg4) {
        log(Level.INFO, format, arg1, arg2, arg3, arg4);
    }

    /** Logs at level {@code WARN} with three arguments. */
    default void warn(@Nullable String format, @Nullable Object arg1, @Nullable Object arg2, @Nullable Object arg3) {
        log(Level.WARN, format, arg1, arg2, arg3);
    }

    /** Logs at level {@code WARN} with four arguments. */
    default void warn(
            @Nullable String format,
            @Nullable Object arg1,
            @Nullable Object arg2,
            @Nullable Object arg3,
            @Nullable Object arg4) {
        log(Level.WARN, format, arg1, arg2, arg3, arg4);
    }

    /** Logs at level {@code ERROR} with three arguments. */
    default void error(@Nullable String format, @Nullable Object arg1, @Nullable Object arg2, @Nullable Object arg3) {
        log(Level.ERROR, format, arg1, arg2, arg3);
    }

    /** Logs at level {@code ERROR} with four arguments. */
    default void error(
            @Nullable String format,
            @Nullable Object arg1,
            @Nullable Object arg2,
            @Nullable Object arg3,
            @Nullable Object arg4) {
        log(Level.ERROR, format, arg1, arg2, arg3, arg4);
    }

    /** Logs with an array of arguments, for a caller beyond this interface. */
    private void log(Level level, @Nullable String format, @Nullable Object... args) {
        AsyncLoggingEventBuilder event = atLevel(level);
        event.setCallerBoundary(AsyncLogger.class.getName());
        event.log(format, args);
    }
}
