package io.asynclog;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.DefaultLoggingEvent;
import org.slf4j.event.Level;
import org.slf4j.spi.CallerBoundaryAware;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * SLF4J's fluent API, with ends that can tell when the record is out:
 *
 * <pre>{@code
 * log.atInfo().addKeyValue("order", 4711).logAsync("Refund requested by {}", clerk)
 * }</pre>
 *
 * <p>{@code log(...)} is fire-and-forget, as everywhere in SLF4J; {@code logAsync(...)} and {@code logStored(...)} are
 * those of {@link AsyncLogger}. For one record, and so for one thread.
 */
public final class AsyncLoggingEventBuilder implements LoggingEventBuilder, CallerBoundaryAware {
    private static final String BOUNDARY = AsyncLoggingEventBuilder.class.getName();

    /** For a level that is disabled: nothing is collected, so all may share it. */
    private static final AsyncLoggingEventBuilder DISABLED = new AsyncLoggingEventBuilder(null);

    private final @Nullable Draft draft;

    private AsyncLoggingEventBuilder(@Nullable Draft draft) {
        this.draft = draft;
    }

    /** Returns a builder for a level of a logger that is known to be enabled. */
    static AsyncLoggingEventBuilder enabled(AsyncLogger logger, Level level) {
        DefaultLoggingEvent event = new DefaultLoggingEvent(level, logger);
        event.setCallerBoundary(BOUNDARY);
        return new AsyncLoggingEventBuilder(new Draft(logger, event));
    }

    /** Returns a builder for a level that is disabled. */
    static AsyncLoggingEventBuilder disabled() {
        return DISABLED;
    }

    // ---- what the record has ------------------------------------------------------------------------------------

    @Override
    public AsyncLoggingEventBuilder setMessage(@Nullable String template) {
        if (draft != null) {
            draft.event.setMessage(template);
        }
        return this;
    }

    @Override
    public AsyncLoggingEventBuilder setMessage(Supplier<String> template) {
        return draft == null ? this : setMessage(template.get());
    }

    @Override
    public AsyncLoggingEventBuilder addArgument(@Nullable Object argument) {
        if (draft != null) {
            draft.event.addArgument(argument);
        }
        return this;
    }

    @Override
    public AsyncLoggingEventBuilder addArgument(Supplier<?> argument) {
        return draft == null ? this : addArgument(argument.get());
    }

    @Override
    public AsyncLoggingEventBuilder addKeyValue(String key, @Nullable Object value) {
        if (draft != null) {
            draft.event.addKeyValue(key, value);
        }
        return this;
    }

    @Override
    public AsyncLoggingEventBuilder addKeyValue(String key, Supplier<Object> value) {
        return draft == null ? this : addKeyValue(key, value.get());
    }

    @Override
    public AsyncLoggingEventBuilder addMarker(Marker marker) {
        if (draft != null) {
            draft.event.addMarker(marker);
        }
        return this;
    }

    @Override
    public AsyncLoggingEventBuilder setCause(@Nullable Throwable exception) {
        if (draft != null) {
            draft.event.setThrowable(exception);
        }
        return this;
    }

    @Override
    public void setCallerBoundary(String className) {
        if (draft != null) {
            draft.event.setCallerBoundary(className);
        }
    }

    // ---- fire-and-forget ------------------------------------------------------------------------------------------

    @Override
    public void log() {
        if (draft != null) {
            draft.logger.log(draft.event);
        }
    }

    @Override
    public void log(@Nullable String template) {
        setMessage(template).log();
    }

    @Override
    public void log(@Nullable String template, @Nullable Object argument) {
        setMessage(template).addArgument(argument).log();
    }

    @Override
    public void log(@Nullable String template, @Nullable Object first, @Nullable Object second) {
        setMessage(template).addArgument(first).addArgument(second).log();
    }

    @Override
    public void log(@Nullable String template, @Nullable Object @Nullable ... args) {
        addAll(template, args).log();
    }

    @Override
    public void log(@Nullable Supplier<String> template) {
        if (template == null) { // as SLF4J's own builder
            log((String) null);
        } else {
            setMessage(template).log();
        }
    }

    // ---- awaited ----------------------------------------------------------------------------------------------------

    /**
     * Logs the record, with the message that was set before, and tells when it has come as far as the engine's
     * {@link Ack} says; never waits for a sink.
     *
     * @return a future that always completes, as described at {@link AsyncLogger}
     */
    public CompletableFuture<LogReceipt> logAsync() {
        return draft == null
                ? CompletableFuture.completedFuture(LogReceipt.DISABLED)
                : draft.logger.logAsync(draft.event);
    }

    /**
     * Logs the record, with the message that was set before, and tells when it has come as far as the call wants. Never
     * waits for a sink, as {@link AsyncLogger#logAsync}.
     *
     * @param ack how far the record has to come
     * @return a future that always completes, as described at {@link AsyncLogger}
     */
    public CompletableFuture<LogReceipt> logAsync(Ack ack) {
        return draft == null
                ? CompletableFuture.completedFuture(LogReceipt.DISABLED)
                : draft.logger.logAsync(ack, draft.event);
    }

    /**
     * Logs the record, with the message that was set before, and waits until it was forced to the device; with the
     * exceptions of {@link AsyncLogger#logStored}.
     *
     * @return the receipt, that of {@link AsyncLogger#logStored}
     */
    public LogReceipt logStored() {
        return draft == null ? LogReceipt.DISABLED : draft.logger.logStored(draft.event);
    }

    /**
     * Logs the record and tells when it has come as far as the engine's {@link Ack} says; never waits for a sink.
     *
     * @param template {@code {}} stands for an argument
     * @param args the arguments, after those added before; a {@link Throwable} in last place is logged with its stack
     *     trace, unless {@link #setCause} has set another
     * @return a future that always completes, as described at {@link AsyncLogger}
     */
    public CompletableFuture<LogReceipt> logAsync(String template, @Nullable Object... args) {
        return addAll(template, args).logAsync();
    }

    /**
     * Logs the record and tells when it has come as far as the call wants; never waits for a sink.
     *
     * @param ack how far the record has to come
     * @param template {@code {}} stands for an argument
     * @param args the arguments, after those added before; a {@link Throwable} in last place is logged with its stack
     *     trace, unless {@link #setCause} has set another
     * @return a future that always completes, as described at {@link AsyncLogger}
     */
    public CompletableFuture<LogReceipt> logAsync(Ack ack, String template, @Nullable Object... args) {
        return addAll(template, args).logAsync(ack);
    }

    /**
     * Logs the record and waits until it was forced to the device; with the exceptions of
     * {@link AsyncLogger#logStored}.
     *
     * @param template {@code {}} stands for an argument
     * @param args the arguments, after those added before; a {@link Throwable} in last place is logged with its stack
     *     trace, unless {@link #setCause} has set another
     * @return the receipt, that of {@link AsyncLogger#logStored}
     */
    public LogReceipt logStored(String template, @Nullable Object... args) {
        return addAll(template, args).logStored();
    }

    private AsyncLoggingEventBuilder addAll(@Nullable String template, @Nullable Object @Nullable [] args) {
        if (draft != null) {
            draft.event.setMessage(template);
            if (args != null) {
                draft.event.addArguments(args);
            }
        }
        return this;
    }

    /** What has been collected, and for whom. */
    private record Draft(AsyncLogger logger, DefaultLoggingEvent event) {}
}
