package io.asynclog.buffer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The callers that wait for room: whether waiting makes sense, for how long, and who is woken. A stall of the sinks
 * costs one bounded wait, not one for each call: once a caller has waited in vain while the slowest sink did not move,
 * later ones do not wait until it moves.
 *
 * <p>One caller is woken for each segment that is freed, and wakes the next when its record is in. A caller that was
 * woken and finds no room, as others were quicker, goes to the end of the line. Waking all at once would take the
 * processors from the very sinks that they wait for. Callers do not poll: ten thousand virtual threads that look a
 * hundred times a second leave no time for anything else.
 *
 * <p>That favors those who run, and so costs few switches between threads; but of ten thousand callers with some
 * hundred records each the last would wait for as long as all others need. So a caller that has waited for a while is
 * <em>overdue</em>: whoever makes room writes its record for it, before anybody else sees the room.
 *
 * <p>Used under the buffer's lock unless a method says otherwise.
 */
final class BlockedCallers {
    /** With this part of the buffer free again nobody need wait any more. */
    private static final int AMPLE_ROOM = 8;
    /** After this part of the longest wait a caller is overdue, and after so long in any case. */
    private static final int OVERDUE_PART = 2;

    private static final long OVERDUE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final long maxWaitNanos;
    private final long overdueNanos;
    private final CursorSet cursors;
    private final SegmentChain chain;
    private final WaitingPushes overdue;
    private final ReentrantLock lock;
    private final Condition freed;
    /** For those that may use the reserve: what is freed may be of use to them alone. */
    private final Condition reserveFreed;

    private final int ampleSegments;

    /**
     * Whether a caller has waited in vain while the slowest cursor did not move. Volatile, and written behind
     * {@link #stalledAt}: the cursor that moves looks here, without the lock.
     */
    private volatile boolean stalled;
    /** The progress of the cursors at that time. Written before {@link #stalled}, and read behind it. */
    private long stalledAt;

    private long waits;
    private long waitedNanos;

    /**
     * Creates the waiting, with nobody there. Needs no lock.
     *
     * @param overdue gets the records of those who are overdue
     * @param lock the buffer's
     */
    BlockedCallers(Duration maxWait, CursorSet cursors, SegmentChain chain, WaitingPushes overdue, ReentrantLock lock) {
        maxWaitNanos = TimeUnit.NANOSECONDS.convert(maxWait);
        overdueNanos = Math.min(OVERDUE_NANOS, maxWaitNanos / OVERDUE_PART);
        this.overdue = overdue;
        this.cursors = cursors;
        this.chain = chain;
        this.lock = lock;
        freed = lock.newCondition();
        reserveFreed = lock.newCondition();
        ampleSegments = Math.max(2, chain.maxSegments() / AMPLE_ROOM); // one may be the reserve
    }

    /** Returns whether there are sinks, and reason to hope that they make room. Needs no lock. */
    boolean isProgressExpected() {
        return !stalled && !cursors.needAll();
    }

    /** Begins the wait of a caller with a record that is complete. */
    Waiter begin(RecordEncoder record) {
        return new Waiter(record);
    }

    /** Returns how many callers have waited, those that still do included. */
    long waits() {
        return waits;
    }

    /** Returns for how long they have waited together, without those that still do. */
    long waitedNanos() {
        return waitedNanos;
    }

    /** Called by a cursor that has moved. Needs no lock. */
    void onProgress() {
        if (stalled && cursors.progress() != stalledAt) {
            stalled = false;
        }
    }

    /** Returns whether so much is free that nobody need wait any more. */
    boolean hasAmpleRoom() {
        return chain.unusedCount() >= ampleSegments;
    }

    /**
     * Wakes the caller that stands first in line, of those that may use the reserve if there are any, of those that are
     * overdue if there are no others: some of their records were written, but somebody has to go on, and there may be
     * room to be made. To be called when there is more room than before, and by whoever was woken and has found room.
     * Should one fail to do so, by a stack overflow say, the others wait until another segment is freed, or for their
     * whole time, after which each looks once more.
     *
     * @param forAll whether there is room for those, too, that may not use the reserve
     */
    void wakeNext(boolean forAll) {
        if (lock.hasWaiters(reserveFreed)) {
            reserveFreed.signal();
        } else if (forAll && lock.hasWaiters(freed)) {
            freed.signal();
        } else if (forAll) {
            wakeFirstOverdue();
        }
    }

    /** Wakes all that look for room themselves, and the first of those that are overdue. */
    void wakeAll() {
        reserveFreed.signalAll();
        freed.signalAll();
        wakeFirstOverdue();
    }

    private void wakeFirstOverdue() {
        WaitingPushes.Entry first = overdue.peek();
        if (first != null && first.callback instanceof Waiter waiter) {
            waiter.wake();
        }
    }

    /** One caller's bounded wait, and who hears of its record when that is overdue. */
    final class Waiter implements PushCallback {
        private final RecordEncoder record;
        /** Those with a reserve are first in line all the time, and never overdue. */
        private final boolean mayUseReserve;

        private final long begin = System.nanoTime();
        private final long progressAtBegin = cursors.progress();
        private @Nullable Condition settled;
        private long result = AsyncBuffer.NO_ROOM;
        private boolean counted;
        private boolean interrupted;

        private Waiter(RecordEncoder record) {
            this.record = record;
            mayUseReserve = Tail.hasReserve(record.level());
        }

        /**
         * Waits until the caller should look again for room, perhaps in vain, or has its {@link #result}; returns false
         * when it should not: its time is over, or it was interrupted, which is no stall of the sinks. However the wait
         * ends the caller looks once more, for it may have been the one that was to be woken.
         */
        boolean await() {
            long now = System.nanoTime();
            long waited = now - begin;
            if (interrupted) {
                return false;
            }
            if (waited >= maxWaitNanos) {
                noteStall();
                return false;
            }
            waits += counted ? 0 : 1;
            counted = true;
            try {
                if (mayUseReserve) {
                    await(reserveFreed, maxWaitNanos - waited);
                } else if (waited < overdueNanos) {
                    await(freed, overdueNanos - waited);
                } else {
                    awaitResult(maxWaitNanos - waited);
                }
            } catch (InterruptedException meanwhile) {
                interrupted = true;
                Thread.currentThread().interrupt();
            }
            waitedNanos += System.nanoTime() - now;
            return true;
        }

        @SuppressWarnings("WaitNotInLoop") // the loop is the caller's: to look for room is to make some
        private static void await(Condition condition, long nanos) throws InterruptedException {
            long ignored = condition.awaitNanos(nanos);
        }

        /** Waits in the line of those who are overdue, and leaves it in any case: the record is the caller's again. */
        private void awaitResult(long nanos) throws InterruptedException {
            WaitingPushes.Entry entry = new WaitingPushes.Entry(record, this, begin + maxWaitNanos);
            settled = lock.newCondition();
            try {
                overdue.add(entry);
                await(settled, nanos);
            } finally {
                overdue.remove(entry);
            }
        }

        /** Returns the sequence that the record has got, why it has none, or {@link AsyncBuffer#NO_ROOM} as yet. */
        long result() {
            return result;
        }

        @Override
        public void accepted(long sequence) {
            settle(sequence);
        }

        @Override
        public void refused(long reason) {
            settle(reason);
        }

        /** Under the lock, as all who take a record out of the line. */
        private void settle(long how) {
            result = how;
            wake();
        }

        private void wake() {
            if (settled != null) {
                settled.signal();
            }
        }

        /** Notes the bounded wait that a stall costs: whoever comes now does not wait until that ends. */
        private void noteStall() {
            stalledAt = progressAtBegin;
            stalled = true;
            if (cursors.progress() != progressAtBegin) {
                stalled = false; // a cursor moved, and may have looked before this was set
            }
        }
    }
}
