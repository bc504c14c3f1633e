package io.asynclog;

import io.asynclog.TransactionBinding.Outcome;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.consumer.ConsumerStatus;
import io.asynclog.consumer.LogConsumer;
import io.asynclog.consumer.SinkControl;
import io.asynclog.consumer.SinkOptions;
import io.asynclog.consumer.SinkStatus;
import io.asynclog.sink.ConsoleOptions;
import io.asynclog.sink.FileOptions;
import io.asynclog.tail.LogTail;
import io.asynclog.tail.TailThread;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * An engine: one buffer, its sinks, and the loggers that write to it. Engines are independent of each other.
 *
 * <pre>{@code
 * try (AsyncLogManager manager = AsyncLogManager.builder()
 *         .console(ConsoleOptions.defaults())
 *         .sink("audit", batch -> batch.forEach(audit::store))
 *         .build()) {
 *     manager.initialize();
 *     AsyncLogger log = manager.getLogger("orders");
 *     log.info("order {} accepted", id);
 * }
 * }</pre>
 *
 * <p>Loggers work from the moment the engine is built: what is logged before {@link #initialize} waits in the buffer.
 * What is logged after {@link #shutdown} is written at once, by the caller, to console and file. All methods are safe
 * for any number of threads, and repeated calls do no harm.
 */
public final class AsyncLogManager implements AutoCloseable {
    private static final Duration DEFAULT_SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);

    private final AsyncBuffer buffer;
    private final LogConsumer consumer;
    private final LateWriter lateWriter;
    private final AwaitedPushes awaitedPushes;
    private final EngineLifecycle lifecycle;

    private final Function<String, Predicate<Level>> levels;
    private final CallerContext callerContext;
    private final Ack ack;
    private final Duration shutdownTimeout;
    private final Outlet outlet;
    private final Outlet commitOutlet;
    private final Outlet rollbackOutlet;
    private final Map<String, EngineLogger.Views> loggers = new ConcurrentHashMap<>();

    private AsyncLogManager(Builder builder) {
        ErrorHandler errors = builder.errors;
        TaskScheduler scheduler = builder.scheduler == null ? TaskScheduler.create() : builder.scheduler;
        TaskScheduler ownScheduler = builder.scheduler == null ? scheduler : null;
        LogConsumer given = builder.consumer;
        if (given != null && builder.buffer != null && given.buffer() != builder.buffer) {
            throw new IllegalStateException(
                    "The consumer reads another buffer. Give the builder the buffer that it reads.");
        }
        if (given != null) {
            buffer = given.buffer();
        } else if (builder.buffer != null) {
            buffer = builder.buffer;
        } else {
            buffer = new AsyncBuffer(builder.bufferOptions, scheduler.asExecutor(), errors);
        }
        consumer = given != null ? given : new LogConsumer(buffer, errors);
        ack = builder.ack;
        if (ack == Ack.STORED && !consumer.canStore()) {
            throw new InvalidOptionException(
                    "ack",
                    "stored",
                    "The buffer is in memory, so nothing can be stored.",
                    "Set 'buffer.directory', or 'ack' to accepted or flushed.");
        }
        lateWriter = new LateWriter(consumer::level, errors);
        SinkAssembly sinks = new SinkAssembly(
                builder.console,
                builder.file,
                builder.sinks,
                builder.sinkSource,
                builder.sinkOptions,
                builder.deadLetterPath,
                buffer::checkpointOf,
                lateWriter,
                errors);
        awaitedPushes = new AwaitedPushes(buffer, consumer, scheduler, lateWriter);
        outlet = new DirectOutlet(buffer, awaitedPushes, lateWriter);
        TransactionalPushes transactionalPushes =
                new TransactionalPushes(builder.transactions, outlet, buffer, consumer, errors);
        commitOutlet = transactionalPushes.outlet(Outcome.COMMITTED);
        rollbackOutlet = transactionalPushes.outlet(Outcome.ROLLED_BACK);
        TailThread tailThread =
                builder.tail == null ? null : new TailThread(buffer.openOnlooker(), builder.tail, errors);
        lifecycle = new EngineLifecycle(
                buffer,
                consumer,
                sinks,
                builder.flushListeners,
                awaitedPushes,
                lateWriter,
                tailThread,
                ownScheduler,
                errors);
        levels = builder.levels;
        callerContext = new CallerContext(builder.context, errors);
        shutdownTimeout = builder.shutdownTimeout;
    }

    /** Returns a builder of an engine. */
    public static Builder builder() {
        return new Builder();
    }

    // ---- lifecycle --------------------------------------------------------------------------------------------------

    /**
     * Opens the sinks and starts to deliver, beginning with what was logged before. Does nothing once that is done, or
     * the engine is shut down. When it fails, nothing is delivered and no sink is left open; records go on waiting in
     * the buffer, and it may be called again.
     *
     * @throws InvalidOptionException when the path of the engine's own file, or that of the dead letters, cannot be
     *     written, or a sink has the name of one of the engine's own
     * @throws InvalidSinkException when the file of another sink cannot be written, two sinks have one name, options
     *     are for a sink that does not exist, or a buffer in files cannot keep the place of a sink
     * @throws RuntimeException of {@link SinkSource#all()}, when a sink cannot be made
     * @throws OutOfMemoryError when the system has no thread to give
     * @throws IllegalStateException when it is called by what this call, or a shutdown, calls: the creation of a sink,
     *     or an error handler
     */
    public void initialize() {
        lifecycle.initialize();
    }

    /**
     * Ends intake, lets the sinks drain the buffer, and stops the engine. A further call waits for the first one and
     * returns its report.
     *
     * <p>Every future that is still open completes, and its callbacks have run when this method returns, if that takes
     * five seconds at most. A callback that does not return is waited for 200 ms; then it goes on by itself, and
     * another thread completes the other futures. After eight such callbacks this method waits for none any more: the
     * other futures then complete later, or never if a further callback does not return.
     *
     * <p>A thread that is interrupted while it waits here stops waiting, as if the time was over. A thread that was
     * interrupted before has the whole time. Both keep their interrupt status.
     *
     * @param timeout how long the sinks may take, all together, and the chores under way; not negative
     * @return what was flushed, what is left for the next start, and what was lost, by sink
     * @throws IllegalArgumentException when the timeout is negative; then nothing happens
     * @throws IllegalStateException when it is called by what this call, or the start, calls: the creation of a sink,
     *     or an error handler. The engine goes on then
     */
    public ShutdownReport shutdown(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("The timeout of a shutdown is negative: " + timeout);
        }
        return lifecycle.shutdown(timeout);
    }

    /** Shuts down within the timeout that the builder was given. */
    @Override
    public void close() {
        shutdown(shutdownTimeout);
    }

    /** Returns the timeout that {@link #close} uses. */
    public Duration shutdownTimeout() {
        return shutdownTimeout;
    }

    /** Returns how far a record has to come for the futures of calls that do not say so. */
    public Ack ack() {
        return ack;
    }

    // ---- loggers ----------------------------------------------------------------------------------------------------

    /** Returns the logger of a name, always the same one. */
    public AsyncLogger getLogger(String name) {
        return views(name).plain();
    }

    /** Returns the logger named after a class, always the same one. */
    public AsyncLogger getLogger(Class<?> type) {
        return getLogger(type.getName());
    }

    // ---- figures and control ----------------------------------------------------------------------------------------

    /** Returns the engine's figures. */
    public AsyncLogStatus status() {
        ConsumerStatus status = consumer.status();
        long depth = status.sinks().stream()
                .mapToLong(SinkStatus::depth)
                .max()
                .orElse(status.buffer().accepted());
        return new AsyncLogStatus(lifecycle.state(), status.buffer(), depth, lateWriter.count(), status.sinks());
    }

    /**
     * Waits until every required sink has flushed what was logged before, or the time is over.
     *
     * @param timeout not negative
     * @throws InterruptedException when interrupted meanwhile; the sinks go on
     * @throws IllegalStateException when called by the thread of a sink, which would wait for its own return
     */
    public FlushReport flush(Duration timeout) throws InterruptedException {
        return new TimedFlush(consumer, awaitedPushes).run(timeout);
    }

    /** Returns the barrier of {@link AsyncLogger#flushAsync}, without a logger. */
    public CompletableFuture<Void> flushAsync() {
        return awaitedPushes.flush();
    }

    /**
     * Returns the control of a running sink: pause, resume, retry, skip, level.
     *
     * @throws IllegalArgumentException when there is no sink of this name, as before {@link #initialize}
     */
    public SinkControl sinkControl(String name) {
        SinkControl control = consumer.control(name);
        if (control == null) {
            throw new IllegalArgumentException(
                    "There is no sink '" + name + "'. The sinks are " + consumer.sinks() + ".");
        }
        return control;
    }

    // ---- for the loggers --------------------------------------------------------------------------------------------

    EngineLogger.Views views(String name) {
        EngineLogger.Views views = loggers.get(name);
        return views != null ? views : keep(name, makeViews(name));
    }

    /** Keeps what was made without a lock of the map's: which levels are enabled is asked in code of users. */
    private EngineLogger.Views keep(String name, EngineLogger.Views made) {
        EngineLogger.Views others = loggers.putIfAbsent(name, made);
        return others == null ? made : others;
    }

    private EngineLogger.Views makeViews(String name) {
        Predicate<Level> enabled = levels.apply(name);
        return new EngineLogger.Views(
                new EngineLogger(name, this, buffer, enabled, callerContext, outlet),
                new EngineLogger(name, this, buffer, enabled, callerContext, commitOutlet),
                new EngineLogger(name, this, buffer, enabled, callerContext, rollbackOutlet));
    }

    /** Builds an engine. Not safe for several threads; a setter's last call counts. */
    public static final class Builder {
        private final Map<String, FlushFunction> sinks = new LinkedHashMap<>();
        private final Map<String, SinkOptions> sinkOptions = new LinkedHashMap<>();
        private final List<FlushListener> flushListeners = new ArrayList<>();
        private SinkSource sinkSource = Map::of;
        private @Nullable ConsoleOptions console;
        private @Nullable FileOptions file;
        private @Nullable Path deadLetterPath;
        private BufferOptions bufferOptions = BufferOptions.defaults();
        private @Nullable TaskScheduler scheduler;
        private @Nullable AsyncBuffer buffer;
        private @Nullable LogConsumer consumer;
        private @Nullable LogTail tail;
        private Function<String, Predicate<Level>> levels = name -> isAtLeast(Level.INFO);
        private ContextSource context = ContextSource.copyOfMdc();
        private Ack ack = Ack.FLUSHED;
        private ErrorHandler errors = ErrorHandler.toStandardError();
        private TransactionBinding transactions = TransactionBinding.none();
        private Duration shutdownTimeout = DEFAULT_SHUTDOWN_TIMEOUT;

        private Builder() {}

        /** Adds a sink that writes to standard output, under the name {@code console}. */
        public Builder console(ConsoleOptions options) {
            console = Objects.requireNonNull(options);
            return this;
        }

        /** Adds a sink that writes to a rolling file, under the name {@code file}. */
        public Builder file(FileOptions options) {
            file = Objects.requireNonNull(options);
            return this;
        }

        /** Adds a sink. */
        public Builder sink(String name, FlushFunction function) {
            sinks.put(Objects.requireNonNull(name), Objects.requireNonNull(function));
            return this;
        }

        /** Adds a sink with options of its own. */
        public Builder sink(String name, FlushFunction function, SinkOptions options) {
            return sink(name, function).sinkOptions(name, options);
        }

        /** Sets where further sinks come from. */
        public Builder sinks(SinkSource source) {
            sinkSource = Objects.requireNonNull(source);
            return this;
        }

        /** Sets the options of a sink, whichever way it is added; of {@code console} and {@code file} too. */
        public Builder sinkOptions(String name, SinkOptions options) {
            sinkOptions.put(Objects.requireNonNull(name), Objects.requireNonNull(options));
            return this;
        }

        /** Adds a listener that is told of every flush of every sink. */
        public Builder flushListener(FlushListener listener) {
            flushListeners.add(Objects.requireNonNull(listener));
            return this;
        }

        /** Has records that a sink refused for good appended to a file, as JSON lines. */
        public Builder deadLetters(Path path) {
            deadLetterPath = Objects.requireNonNull(path);
            return this;
        }

        /** Sets the tail that keeps the newest records for a look; one for each engine. Default: none. */
        public Builder tail(LogTail value) {
            tail = Objects.requireNonNull(value);
            return this;
        }

        /** Sets the options of the buffer that the engine makes for itself. */
        public Builder bufferOptions(BufferOptions options) {
            bufferOptions = Objects.requireNonNull(options);
            return this;
        }

        /** Sets the lowest level that is enabled, for all loggers: INFO if not set. */
        public Builder level(Level lowest) {
            Predicate<Level> enabled = isAtLeast(Objects.requireNonNull(lowest));
            return levels(name -> enabled);
        }

        private static Predicate<Level> isAtLeast(Level lowest) {
            return level -> level.toInt() >= lowest.toInt();
        }

        /**
         * Sets which levels are enabled, by logger name: the function is asked once a logger (by two threads at once
         * perhaps, where both are the first), without a lock, and its answer at every call. INFO and above if not set.
         */
        public Builder levels(Function<String, Predicate<Level>> check) {
            levels = Objects.requireNonNull(check);
            return this;
        }

        /** Sets where the context of a record comes from: a copy of SLF4J's MDC if not set. */
        public Builder context(ContextSource source) {
            context = Objects.requireNonNull(source);
            return this;
        }

        /**
         * Sets how far a record has to come for the futures of calls that do not say so: {@link Ack#FLUSHED} if not
         * set.
         */
        public Builder ack(Ack level) {
            ack = Objects.requireNonNull(level);
            return this;
        }

        /** Sets who hears of the engine's own troubles: standard error if not set. */
        public Builder errorHandler(ErrorHandler handler) {
            errors = Objects.requireNonNull(handler);
            return this;
        }

        /** Sets who knows of the transactions that records can be bound to: nobody if not set. */
        public Builder transactions(TransactionBinding binding) {
            transactions = Objects.requireNonNull(binding);
            return this;
        }

        /** Sets the timeout of {@link AsyncLogManager#close}: 10 seconds if not set. */
        public Builder shutdownTimeout(Duration timeout) {
            if (timeout.isNegative()) {
                throw new InvalidOptionException(
                        "shutdown-timeout", timeout, "A timeout cannot be negative.", "Set it to 0 or more.");
            }
            shutdownTimeout = timeout;
            return this;
        }

        /** Sets a scheduler that the caller closes. */
        public Builder scheduler(TaskScheduler value) {
            scheduler = Objects.requireNonNull(value);
            return this;
        }

        /** Sets a buffer made elsewhere; {@link #bufferOptions} then counts for nothing. */
        public Builder buffer(AsyncBuffer value) {
            buffer = Objects.requireNonNull(value);
            return this;
        }

        /** Sets a consumer made elsewhere, and with it the buffer that it reads. */
        public Builder consumer(LogConsumer value) {
            consumer = Objects.requireNonNull(value);
            return this;
        }

        /**
         * Builds the engine. Its loggers may be used at once.
         *
         * @throws InvalidOptionException when options contradict each other
         * @throws IllegalStateException when the consumer reads another buffer than the one given
         */
        public AsyncLogManager build() {
            return new AsyncLogManager(this);
        }
    }
}
