package io.asynclog;

import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.RecordEncoder;
import io.asynclog.consumer.RecordFuture;
import io.asynclog.consumer.SinkThread;
import io.asynclog.consumer.UnsharedFuture;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;

/** A logger of one engine: turns a call into a record and hands it to its outlet. */
final class EngineLogger extends AbstractAsyncLogger {
    private final AsyncLogManager manager;
    private final AsyncBuffer buffer;
    private final Predicate<Level> enabled;
    private final CallerContext callerContext;
    private final Outlet outlet;
    private final byte[] encodedName;

    EngineLogger(
            String name,
            AsyncLogManager manager,
            AsyncBuffer buffer,
            Predicate<Level> enabled,
            CallerContext callerContext,
            Outlet outlet) {
        super(name);
        this.manager = manager;
        this.buffer = buffer;
        this.enabled = enabled;
        this.callerContext = callerContext;
        this.outlet = outlet;
        this.encodedName = RecordEncoder.encodeLoggerName(name);
    }

    @Override
    boolean isEnabled(Level level) {
        return enabled.test(level);
    }

    @Override
    void log(
            Level level,
            @Nullable Marker marker,
            @Nullable String template,
            int count,
            @Nullable Object arg1,
            @Nullable Object arg2,
            @Nullable Object arg3,
            @Nullable Object arg4) {
        if (!enabled.test(level)) {
            return;
        }
        Object last = count == 1 ? arg1 : count == 2 ? arg2 : count == 3 ? arg3 : arg4;
        Throwable exception = last instanceof Throwable throwable ? throwable : null;
        RecordEncoder record = begin(level);
        int filling = exception == null ? count : count - 1;
        record.message(template, filling, arg1, arg2, arg3, arg4);
        attach(record, marker, exception);
        release(record, outlet.push(record));
    }

    @Override
    void log(Level level, @Nullable Marker marker, @Nullable String template, @Nullable Object @Nullable [] args) {
        if (!enabled.test(level)) {
            return;
        }
        RecordEncoder record = begin(level);
        attach(record, marker, formatMessage(record, template, args));
        release(record, outlet.push(record));
    }

    @Override
    void log(Level level, @Nullable Marker marker, @Nullable String text, @Nullable Throwable exception) {
        if (!enabled.test(level)) {
            return;
        }
        RecordEncoder record = begin(level);
        record.message(text);
        attach(record, marker, exception);
        release(record, outlet.push(record));
    }

    /** Takes what the fluent API has collected; its level was checked when the call began. */
    @Override
    public void log(LoggingEvent event) {
        RecordEncoder record = encode(event);
        release(record, outlet.push(record));
    }

    @Override
    public CompletableFuture<LogReceipt> logAsync(LoggingEvent event) {
        return logAsync(manager.ack(), event);
    }

    @Override
    public CompletableFuture<LogReceipt> logAsync(Ack ack, LoggingEvent event) {
        return log(new RecordFuture(event.getLevel()), ack, event);
    }

    @Override
    public LogReceipt logStored(LoggingEvent event) {
        requireNotDeferring();
        return log(new UnsharedFuture(event.getLevel()), Ack.STORED, event).await();
    }

    private <F extends RecordFuture> F log(F future, Ack ack, LoggingEvent event) {
        Objects.requireNonNull(ack);
        RecordEncoder record = encode(event);
        release(record, outlet.push(record, future, ack));
        return future;
    }

    private RecordEncoder encode(LoggingEvent event) {
        RecordEncoder record = begin(event.getLevel());
        Throwable exception = event.getThrowable();
        if (exception == null) {
            exception = formatMessage(record, event.getMessage(), event.getArgumentArray());
        } else {
            formatAll(record, event.getMessage(), event.getArgumentArray());
        }
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> record.keyValue(pair.key, pair.value));
        }
        List<Marker> markers = event.getMarkers();
        if (markers != null) {
            for (Marker marker : markers) {
                if (marker != null) { // as with the methods that take one
                    record.marker(marker);
                }
            }
        }
        if (event instanceof ContextSource own) {
            callerContext.addTo(record, own);
        } else {
            callerContext.addTo(record);
        }
        if (exception != null) {
            record.exception(exception);
        }
        return record;
    }

    @Override
    public CompletableFuture<LogReceipt> logAsync(Level level, String message, @Nullable Object... args) {
        return logAsync(manager.ack(), level, message, args);
    }

    @Override
    public CompletableFuture<LogReceipt> logAsync(Ack ack, Level level, String message, @Nullable Object... args) {
        return log(new RecordFuture(level), ack, level, message, args);
    }

    @Override
    public LogReceipt logStored(Level level, String message, @Nullable Object... args) {
        requireNotDeferring();
        return log(new UnsharedFuture(level), Ack.STORED, level, message, args).await();
    }

    private void requireNotDeferring() {
        if (outlet.isDeferring()) {
            throw new IllegalStateException("A record that is bound to a transaction is logged when that has ended, and"
                    + " cannot be waited for within: call logStored(...) on the logger itself");
        }
    }

    private <F extends RecordFuture> F log(F future, Ack ack, Level level, String message, @Nullable Object[] args) {
        Objects.requireNonNull(ack);
        if (!enabled.test(level)) {
            future.complete(LogReceipt.DISABLED);
            return future;
        }
        RecordEncoder record = begin(level);
        attach(record, null, formatMessage(record, message, args));
        release(record, outlet.push(record, future, ack));
        return future;
    }

    @Override
    public CompletableFuture<Void> flushAsync() {
        return manager.flushAsync();
    }

    @Override
    public AsyncLogger afterCommit() {
        return manager.views(getName()).afterCommit();
    }

    @Override
    public AsyncLogger afterRollback() {
        return manager.views(getName()).afterRollback();
    }

    private RecordEncoder begin(Level level) {
        RecordEncoder record = buffer.leaseEncoder();
        Thread caller = Thread.currentThread();
        record.begin(level, encodedName, buffer.clock().epochNanos(), caller);
        if (caller instanceof SinkThread sinkThread) {
            sinkThread.noteLogging();
            record.markFromSink();
        }
        return record;
    }

    /** Sets the message and returns the exception, if the last argument is one. */
    private static @Nullable Throwable formatMessage(
            RecordEncoder record, @Nullable String template, @Nullable Object @Nullable [] args) {
        if (args == null || args.length == 0) {
            record.message(template);
            return null;
        }
        Throwable exception = args[args.length - 1] instanceof Throwable last ? last : null;
        record.message(template, exception == null ? args.length : args.length - 1, args);
        return exception;
    }

    /** Sets the message where the exception is known, so that one among the arguments is an argument like any other. */
    private static void formatAll(RecordEncoder record, @Nullable String template, @Nullable Object @Nullable [] args) {
        if (args == null) {
            record.message(template);
        } else {
            record.message(template, args.length, args);
        }
    }

    private void attach(RecordEncoder record, @Nullable Marker marker, @Nullable Throwable exception) {
        if (marker != null) {
            record.marker(marker);
        }
        callerContext.addTo(record);
        if (exception != null) {
            record.exception(exception);
        }
    }

    /**
     * Not in a finally block: when a call breaks off, by a stack overflow say, nobody knows who has the encoder, and it
     * is given up.
     */
    private void release(RecordEncoder record, boolean kept) {
        if (!kept) {
            buffer.releaseEncoder(record);
        }
    }

    /** A logger with the two that bind its records to transactions: of one name, with the same levels. */
    record Views(EngineLogger plain, EngineLogger afterCommit, EngineLogger afterRollback) {}
}
