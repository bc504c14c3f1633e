package io.asynclog.buffer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * The callers that wait for room: when that makes sense, for how long, and who is woken. A stall of the sinks costs one bounded
 * wait, not one for each call: who has waited in vain while no cursor moved keeps all later ones from waiting, until one does.
 *
 * <p>Used under the buffer's lock, but for what says otherwise.
 */
final class WaitingCallers {
    /** A waiting caller looks by itself as often, should nobody have woken it although there is room. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** With this part of the buffer free again nobody need wait any more. */
    private static final int AMPLE_ROOM = 8;

    private final Duration maxWait;
    private final CursorSet cursors;
    private final SegmentChain chain;
    private final Condition freed;
    private final int ampleSegments;

    /** Whether a caller has waited in vain while no cursor moved. Any cursor that moves clears it. */
    private volatile boolean stalled;

    /**
     * Creates the waiting, with nobody there.
     *
     * @param freed a condition of the buffer's lock, which nobody else uses
     */
    WaitingCallers(Duration maxWait, CursorSet cursors, SegmentChain chain, Condition freed) {
        this.maxWait = maxWait;
        this.cursors = cursors;
        this.chain = chain;
        this.freed = freed;
        ampleSegments = Math.max(1, chain.maxSegments() / AMPLE_ROOM);
    }

    /** Returns whether there are sinks, and reason to hope that they make room. Needs no lock. */
    boolean mayHope() {
        return !stalled && !cursors.needAll();
    }

    /** Begins the wait of a caller. */
    Wait begin() {
        return new Wait();
    }

    /** Called by a cursor that has moved. Needs no lock. */
    void onProgress() {
        if (stalled) {
            stalled = false;
        }
    }

    /**
     * Wakes one caller for one segment, the one that has waited longest: it fills the segment by itself, if it has so much to
     * say, while the sinks read on. Were all woken, they would take the processors from the very sinks that they wait for, and
     * all but a few would wait again. Whoever is not woken though its record would find room looks by itself before long.
     */
    void onFreed() {
        if (chain.unusedCount() >= ampleSegments) {
            freed.signalAll();
        } else {
            freed.signal();
        }
    }

    /** Wakes all for good. */
    void onClosed() {
        freed.signalAll();
    }

    /** One caller's bounded wait. */
    final class Wait {
        private final long begin = System.nanoTime();
        private final long progressAtBegin = cursors.progress();

        /**
         * Waits until the caller should look again for room, perhaps in vain; returns false when it should not: its time is
         * over, or it was interrupted, which is no stall of the sinks.
         */
        @SuppressWarnings("WaitNotInLoop") // the loop is the caller's: to look for room is to make some
        boolean goOn() {
            long remaining = maxWait.toNanos() - (System.nanoTime() - begin);
            if (remaining <= 0) {
                noteStall();
                return false;
            }
            try {
                long ignored = freed.awaitNanos(Math.min(remaining, LOOK_NANOS));
                return true;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** Notes the bounded wait that a stall costs: whoever comes now does not wait until some cursor moves again. */
        private void noteStall() {
            stalled = true;
            if (cursors.progress() != progressAtBegin) {
                stalled = false; // a cursor moved, and may have looked before this was set
            }
        }
    }
}
