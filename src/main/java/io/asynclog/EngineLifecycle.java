package io.asynclog;

import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.consumer.ConsumerStatus;
import io.asynclog.consumer.LogConsumer;
import io.asynclog.tail.TailThread;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of an engine: when its parts start and stop, and in which order.
 *
 * <pre>
 *   STARTING --initialize--&gt; RUNNING --shutdown--&gt; STOPPING --drained, or the time is over--&gt; STOPPED
 *       |                                             ^
 *       +------shutdown, which starts the sinks-------+
 * </pre>
 */
final class EngineLifecycle {
    private static final Duration HOUSEKEEPING_INTERVAL = Duration.ofSeconds(1);
    /** What records that were parked have to be written late when draining has taken all the time. */
    private static final Duration LATE_GRACE = Duration.ofMillis(200);
    /** Longer than anybody waits, and short enough to be counted in nanoseconds. */
    private static final Duration MAX_SHUTDOWN_TIMEOUT = Duration.ofDays(365);

    private final AsyncBuffer buffer;
    private final LogConsumer consumer;
    private final SinkAssembly sinks;
    private final List<FlushListener> flushListeners;
    private final AwaitedPushes awaitedPushes;
    private final LateWriter lateWriter;
    /** Null when there is no tail. */
    private final @Nullable TailThread tailThread;
    /** Null when the scheduler is somebody else's to close. */
    private final @Nullable TaskScheduler ownScheduler;

    private final ErrorHandler errors;
    private final Housekeeper housekeeper;

    /** Lets one of {@link #initialize} and {@link #shutdown} run at a time, and guards the report. */
    private final Object lock = new Object();

    private volatile AsyncLogStatus.State state = AsyncLogStatus.State.STARTING;
    private @Nullable ShutdownReport shutdownReport;

    EngineLifecycle(
            AsyncBuffer buffer,
            LogConsumer consumer,
            SinkAssembly sinks,
            List<FlushListener> flushListeners,
            AwaitedPushes awaitedPushes,
            LateWriter lateWriter,
            @Nullable TailThread tailThread,
            @Nullable TaskScheduler ownScheduler,
            ErrorHandler errors) {
        this.buffer = buffer;
        this.consumer = consumer;
        this.sinks = sinks;
        this.flushListeners = List.copyOf(flushListeners);
        this.awaitedPushes = awaitedPushes;
        this.lateWriter = lateWriter;
        this.tailThread = tailThread;
        this.ownScheduler = ownScheduler;
        this.errors = errors;
        housekeeper = new Housekeeper(HOUSEKEEPING_INTERVAL, errors, consumer::watch, buffer::housekeep);
    }

    AsyncLogStatus.State state() {
        return state;
    }

    /**
     * Opens the sinks and starts all threads, or nothing; unless that was done, or the engine was shut down, before.
     */
    void initialize() {
        refuseFromWithin("started");
        synchronized (lock) {
            if (state != AsyncLogStatus.State.STARTING) {
                return;
            }
            try {
                SinkAssembly.Opened opened = sinks.open(); // first, as this is what fails mostly
                opened.requireNoFault();
                startOnce(housekeeper);
                if (tailThread != null) {
                    startOnce(tailThread);
                }
                consumer.start(opened.sinks(), opened.deadLetters(), flushListeners); // all of it or nothing, so last
            } catch (Throwable failure) {
                sinks.close();
                throw failure;
            }
            state = AsyncLogStatus.State.RUNNING;
        }
    }

    /**
     * Users' code runs in the midst of a start or a shutdown: sinks are created, error handlers are told. A second
     * start from there would have every record delivered twice, and a shutdown would be undone by the start around it.
     */
    private void refuseFromWithin(String what) {
        if (Thread.holdsLock(lock)) {
            throw new IllegalStateException("The engine cannot be " + what + " by what it calls while it starts or is"
                    + " shut down, as the creation of a sink; do so from another thread, or afterwards");
        }
    }

    /** Starts a thread that serves the buffer, and stays when the rest fails: the next attempt finds it running. */
    private static void startOnce(Thread thread) {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    /** Ends intake, drains, and stops all threads; a further call waits for the first and returns its report. */
    ShutdownReport shutdown(Duration timeout) {
        refuseFromWithin("shut down");
        synchronized (lock) {
            if (shutdownReport == null) {
                shutdownReport = stop(timeout);
            }
            return shutdownReport;
        }
    }

    /**
     * Takes the whole time for a thread that was interrupted before, too: the deadline is bound enough, and the records
     * are not its to lose. An interrupt that comes while it waits ends the waiting.
     */
    private ShutdownReport stop(Duration timeout) {
        boolean interrupted = Thread.interrupted();
        try {
            return stopAll(timeout);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ShutdownReport stopAll(Duration timeout) {
        long begin = System.nanoTime();
        long deadline = begin + shorter(timeout, MAX_SHUTDOWN_TIMEOUT).toNanos();
        boolean allStarted = state != AsyncLogStatus.State.STARTING || startForShutdown();
        state = AsyncLogStatus.State.STOPPING;
        housekeeper.end();
        buffer.close();
        consumer.stop(left(deadline).toNanos());
        awaitedPushes.awaitLate(longer(left(deadline), LATE_GRACE));
        consumer.end();
        if (tailThread != null) {
            tailThread.end();
        }
        lateWriter.close();
        // A chore that hangs longer finds the directory given up, and leaves it alone.
        housekeeper.awaitEnd(shorter(left(deadline), HOUSEKEEPING_INTERVAL));
        ConsumerStatus status = consumer.status(); // ahead: its ages are read from the log
        buffer.release();
        state = AsyncLogStatus.State.STOPPED;
        if (ownScheduler != null) {
            ownScheduler.close();
        }
        return ShutdownReport.of(status, allStarted, buffer.isDurable(), Duration.ofNanos(System.nanoTime() - begin));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Returns the time up to a deadline, not negative. */
    private static Duration left(long deadlineNanoTime) {
        return Duration.ofNanos(Math.max(0, deadlineNanoTime - System.nanoTime()));
    }

    /**
     * Starts an engine that never ran, so that what was logged is not lost, or its loss at least is counted and told.
     *
     * @return whether all sinks were started, and not some or none
     */
    private boolean startForShutdown() {
        try {
            SinkAssembly.Opened opened = sinks.open();
            opened.faults()
                    .forEach(fault -> errors.report(
                            "The engine is shut down before it ran, and not all of it could be started", fault));
            if (opened.all()) {
                consumer.start(opened.sinks(), opened.deadLetters(), flushListeners);
            } else if (!opened.sinks().isEmpty()) {
                consumer.startPartly(opened.sinks(), opened.deadLetters(), flushListeners);
            }
            return opened.all();
        } catch (Throwable noThread) { // whatever is missing, the rest of the engine is to end
            errors.report("The engine is shut down without a sink", noThread);
            sinks.close();
            return false;
        }
    }
}
