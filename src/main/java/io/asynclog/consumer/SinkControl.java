package io.asynclog.consumer;

import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Controls a running sink. Only {@link #skip} waits for a flush that is under way; the other methods return at once and
 * take effect when it has ended. Safe for any number of threads.
 *
 * <p>The sink's loop looks here between two batches, so that none of this costs a record anything.
 */
public final class SinkControl {
    private final String sink;
    /** Gets the loop to look here, from its sleep as well. */
    private final Runnable waker;

    private final Queue<SkipRequest> skips = new ConcurrentLinkedQueue<>();
    /**
     * Counts what the loop was told. A pause of the loop ends when it changes: there is something to do, or to try
     * again.
     */
    private final AtomicInteger requests = new AtomicInteger();

    private volatile Level level;
    private volatile boolean paused;
    /** Set by the loop before it fails the requests it leaves behind. */
    private volatile boolean ended;

    SinkControl(String sink, Level level, Runnable waker) {
        this.sink = sink;
        this.level = level;
        this.waker = waker;
    }

    /**
     * Stops delivery to the sink. A flush under way ends first. Records wait: a required sink holds the buffer, and
     * futures that wait for it go on waiting. A shutdown takes no notice of it and drains the sink.
     */
    public void pause() {
        paused = true;
        tellLoop();
    }

    /** Resumes delivery to the sink, at once, where it was. */
    public void resume() {
        paused = false;
        tellLoop();
    }

    /**
     * Ends the delay after a failed attempt, so that the sink is tried again now. Nothing happens when there is none.
     */
    public void retry() {
        tellLoop();
    }

    /** Sets the level below which records do not go to the sink, from the next batch on. They count as filtered. */
    public void level(Level minLevel) {
        level = Objects.requireNonNull(minLevel);
        tellLoop();
    }

    /**
     * Drops the oldest pending records of the sink, whatever their level. They count as dropped; futures that wait for
     * them fail.
     *
     * @param records how many, at least 1
     * @param timeout how long to wait for a flush under way to end; not negative
     * @return how many were dropped: less than asked for only if some turned out to be damaged ones of an earlier
     *     process
     * @throws IllegalArgumentException when the sink has fewer; then none is dropped
     * @throws TimeoutException when the flush under way did not end in time; then none is dropped
     * @throws InterruptedException when interrupted before the loop came to it; then none is dropped
     * @throws IllegalStateException when the sink has stopped, or when called by the thread of a sink
     */
    public long skip(long records, Duration timeout) throws InterruptedException, TimeoutException {
        if (records < 1) {
            throw new IllegalArgumentException("Sink '" + sink + "' cannot skip " + records + " records");
        }
        if (Thread.currentThread() instanceof SinkThread) {
            throw new IllegalStateException(
                    "skip() was called by the thread of a sink, which might wait for its own return");
        }
        SkipRequest request = new SkipRequest(sink, records);
        skips.add(request);
        if (ended) {
            refuseAll(); // the loop may have looked for the last time before this one was there
        }
        tellLoop();
        return request.await(timeout);
    }

    private void tellLoop() {
        requests.incrementAndGet(); // after what the loop is to see, and before it is woken
        waker.run();
    }

    // ---- for the loop -----------------------------------------------------------------------------------------------

    int requests() {
        return requests.get();
    }

    Level level() {
        return level;
    }

    boolean isPaused() {
        return paused;
    }

    /** Returns a request that is now the loop's to answer, or null when there is none. */
    @Nullable
    SkipRequest takeSkip() {
        for (SkipRequest next = skips.poll(); next != null; next = skips.poll()) {
            if (next.take()) {
                return next;
            }
        }
        return null;
    }

    /** To be called when the loop ends: nobody shall wait for it any more. */
    void end() {
        ended = true;
        refuseAll();
    }

    private void refuseAll() {
        for (SkipRequest next = takeSkip(); next != null; next = takeSkip()) {
            next.refuse(new IllegalStateException("Sink '" + sink + "' has stopped"));
        }
    }
}
