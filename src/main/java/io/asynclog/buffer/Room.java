package io.asynclog.buffer;

import io.asynclog.internal.Trouble;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Room for records: brings a push that found the segment full, and whatever makes room, together. Has the segment
 * exchanged for a free one ({@link SegmentExchange}), or a free one got ({@link SegmentSupply}); where there is none to
 * be got, has the overflow policy decide, and lets those who wait for room know when there is. One push in some
 * thousands comes here, and the cursors when they have passed a segment. What is decided is decided under one lock.
 */
final class Room {
    /** Compiled frames are small: with 100 of them a stack ended in the midst of an exchange (docs/decisions.md). */
    private static final int STACK_FRAMES = 400;

    private static final long TRIM_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final BufferOptions options;
    private final CursorSet cursors;
    private final Tail tail;
    private final Drops drops;
    private final LongSupplier nanoTime;

    /** Guards the chain, the pushes that wait, and the list of cursors. */
    private final ReentrantLock lock = new ReentrantLock();

    private final SegmentChain chain;
    private final SegmentExchange exchange;
    private final SegmentMaker maker;
    private final SegmentSupply supply;
    private final BlockedCallers blocked;
    private final WaitingPushes parked;
    private final WaitingPushes overdue;
    private final Fullness fullness;

    private volatile boolean closed;

    Room(
            BufferOptions options,
            Executor background,
            CursorSet cursors,
            SegmentChain chain,
            Tail tail,
            Drops drops,
            long firstPosition,
            LongSupplier nanoTime) {
        this.options = options;
        this.nanoTime = nanoTime;
        this.cursors = cursors;
        this.chain = chain;
        this.tail = tail;
        this.drops = drops;
        fullness = new Fullness(chain, options.segmentSize(), this::heldBytes);
        overdue = WaitingPushes.overdue();
        blocked = new BlockedCallers(options.maxWait(), cursors, chain, overdue, lock);
        parked = WaitingPushes.parked(options.segmentSize() / 2);
        exchange = new SegmentExchange(
                chain, tail, cursors, parked, overdue, drops, firstPosition, options.segmentSize(), nanoTime);
        maker = new SegmentMaker(chain, background, lock, this::onMoreRoom);
        supply = new SegmentSupply(chain, cursors, fullness, maker, lock, this::onMoreRoom);
    }

    ReentrantLock lock() {
        return lock;
    }

    boolean isClosed() {
        return closed;
    }

    /** Returns whether records wait for room before all others. A thread of which one does sees it. */
    boolean isParkedWaiting() {
        return parked.areWaiting();
    }

    boolean isFull() {
        return fullness.isFull();
    }

    /** Returns for how long the buffer has been full; see {@link Fullness#nanos}. Under the lock. */
    long fullNanos() {
        return fullness.nanos();
    }

    /** Returns how many callers have waited for so long that others write their records. Under the lock. */
    int overdueCount() {
        return overdue.count();
    }

    /** Returns who waits for room. */
    BlockedCallers blocked() {
        return blocked;
    }

    /**
     * Returns how many bytes there are from the oldest record that a required cursor has not passed to the newest.
     * Under the lock.
     */
    long heldBytes() {
        return bytesFrom(cursors.requiredPosition());
    }

    /** Returns how many bytes there are from a position, or from the oldest record, to the newest. Under the lock. */
    long bytesFrom(long position) {
        Segment oldest = chain.oldest();
        long from = oldest == null ? position : Math.max(position, oldest.base());
        return Math.max(0, tail.claimedPosition() - from);
    }

    // ---- pushes -----------------------------------------------------------------------------------------------------

    /**
     * Appends a record for which the current segment had no room.
     *
     * @param callback null when the caller itself may wait
     */
    long push(RecordEncoder record, @Nullable PushCallback callback) {
        return refusesAtOnce(record) ? drop() : pushWithLock(record, callback);
    }

    /** Returns whether it is already known that there is neither room for the record nor a way to get some. */
    private boolean refusesAtOnce(RecordEncoder record) {
        return fullness.isFullFor(record.level()) && !closed && !mayWait(record) && !chain.mayRetry();
    }

    private boolean mayWait(RecordEncoder record) {
        // The thread of a sink must not wait for room that only sinks can make.
        return options.waits(record.level()) && !record.isFromSink() && blocked.isProgressExpected();
    }

    private long drop() {
        drops.add();
        return AsyncBuffer.DROPPED;
    }

    private long pushWithLock(RecordEncoder record, @Nullable PushCallback callback) {
        requireStack(STACK_FRAMES);
        BlockedCallers.Waiter wait = null;
        for (; ; ) {
            int promisedSpares;
            lock.lock();
            try {
                while (!makeRoom(record.level())) {
                    if (closed) {
                        return AsyncBuffer.CLOSED;
                    }
                    if (wait == null && !mayWait(record)) {
                        return drop();
                    }
                    if (callback != null) {
                        return park(record, callback);
                    }
                    wait = wait == null ? blocked.begin(record) : wait;
                    if (!wait.await()) {
                        return drop();
                    }
                    if (wait.result() != AsyncBuffer.NO_ROOM) {
                        helpNext(record.level());
                        return wait.result();
                    }
                }
                promisedSpares = chain.promiseSpares();
            } finally {
                lock.unlock();
            }
            long result;
            try {
                cursors.endLinger(); // or a burst could fill a small buffer meanwhile
                result = tail.offer(record, parked.areWaiting());
            } finally {
                maker.makeLater(promisedSpares); // behind the claim: while an executor runs, others fill the segment
            }
            if (result != Tail.NO_ROOM) {
                if (wait != null) {
                    passOn();
                }
                return result;
            }
            tail.awaitClosing();
        }
    }

    /**
     * Has the next overdue caller helped by one that was helped itself, and whose record is in. Where there is no room
     * it looks for some to be made, as only callers do, and all others may be overdue. It does not wait for whoever
     * does so already, and helps the overdue when that is done; for a file that it has made itself it waits as any
     * caller.
     */
    private void helpNext(Level level) {
        try {
            exchange.admitNextOverdue();
            if (overdue.areWaiting() && !supply.isReplenishing() && makeRoom(level)) {
                exchange.admitNextOverdue();
            }
        } catch (Throwable failure) { // no memory, say
            tail.noteUnheard(failure);
        }
    }

    /** Wakes the next caller, by one that was woken itself. */
    private void passOn() {
        lock.lock();
        try {
            blocked.wakeNext(hasRoomForAll());
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether there is more room than the reserve: the current segment, or a free one. Under the lock. */
    private boolean hasRoomForAll() {
        Segment current = tail.current();
        // What was opened for all stays so, though it may be the last that there is by now.
        boolean isForAll = !current.isReserved() || !chain.usesReserve();
        return chain.hasUnusedForAll() || (isForAll && !current.isClosed());
    }

    /** Has a stack that is nearly used up overflow here, before anything is changed, rather than in the midst of it. */
    private static int requireStack(int frames) {
        return frames == 0 ? 0 : 1 + requireStack(frames - 1);
    }

    // ---- parked pushes ----------------------------------------------------------------------------------------------

    private long park(RecordEncoder record, PushCallback callback) {
        if (!parked.takes(record)) {
            return drop();
        }
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(options.maxWait());
        WaitingPushes.Entry entry = new WaitingPushes.Entry(record, callback, deadline);
        callback.parking();
        parked.add(entry);
        return AsyncBuffer.PARKED;
    }

    /**
     * Drops the parked records that have waited for as long as the policy allows.
     *
     * @return in how many nanoseconds the next one is due, or {@link AsyncBuffer#NONE_PARKED}
     */
    long expireParked() {
        long now = System.nanoTime();
        for (WaitingPushes.Entry expired = takeExpired(now); expired != null; expired = takeExpired(now)) {
            exchange.settle(expired.callback, drop());
        }
        lock.lock();
        try {
            return parked.nanosToNextDeadline(now);
        } finally {
            lock.unlock();
        }
    }

    private WaitingPushes.@Nullable Entry takeExpired(long now) {
        lock.lock();
        try {
            return parked.pollExpired(now);
        } finally {
            lock.unlock();
        }
    }

    // ---- making room ------------------------------------------------------------------------------------------------

    /**
     * Sees to it that the current segment is worth an attempt for a record of this level, if there is a way. Under the
     * lock, which may be given up meanwhile; false in any case when the buffer is closed then.
     */
    private boolean makeRoom(Level level) {
        boolean hasReserve = Tail.hasReserve(level);
        boolean made = makeRoom(false, hasReserve) || (hasReserve && makeRoom(true, true));
        if (!made && !closed) {
            fullness.noteRefused(hasReserve);
            cursors.hurry();
        }
        return made;
    }

    /**
     * Does so with or without the reserve.
     *
     * @param hasReserve whether the reserve is better than to wait for another thread that makes a segment
     */
    private boolean makeRoom(boolean mayUseReserve, boolean hasReserve) {
        while (!closed && !renew(mayUseReserve || (hasReserve && supply.isReplenishing()))) {
            if (!supply.replenish(mayUseReserve)) {
                return false;
            }
        }
        return !closed;
    }

    /**
     * Has the current segment exchanged if it is closed; returns whether it is worth an attempt now. Under the lock.
     */
    private boolean renew(boolean mayUseReserve) {
        Segment current = tail.current();
        if (!current.isClosed()) {
            if (current.isReserved() && mayUseReserve) {
                exchange.admitWaiting(true); // the caller may have parked a record before, which comes before this one
            }
            return mayUseReserve || !current.isReserved();
        }
        if (!exchange.exchange(mayUseReserve)) {
            return false;
        }
        fullness.noteRoom(!chain.usesReserve());
        blocked.wakeNext(hasRoomForAll());
        return true;
    }

    /** Lets first the records that wait and then everybody else know that there is more room. Under the lock. */
    private void onMoreRoom() {
        boolean reserve = chain.usesReserve();
        fullness.noteMoreRoom(hasRoomForAll());
        exchange.admitWaiting(false); // which finds out when only the reserve was freed
        if (!reserve) {
            tail.current().liftReserve();
        }
        supply.lookAgain();
        if (blocked.hasAmpleRoom()) {
            blocked.wakeAll();
        } else {
            blocked.wakeNext(hasRoomForAll());
        }
    }

    /** Has segments made ahead of their use. */
    void prepareSpares() {
        maker.prepareSpares();
    }

    /** Returns why the executor makes no segments ahead of their use, null when it does. Needs no lock. */
    @Nullable
    Throwable rejection() {
        return maker.rejection();
    }

    /** Tells what failed in a thread of its own, or that segments can be cleared again. By one thread. */
    void tellFailuresApart(Trouble trouble) {
        maker.tell(trouble);
    }

    /** Called by a cursor that has moved. */
    void onPassed(boolean wholeSegment) {
        blocked.onProgress();
        if (wholeSegment) {
            supply.releasePassed();
        }
    }

    /** To be called when a cursor is gone that may have held segments. Not under the lock. */
    void onCursorRemoved() {
        supply.releasePassed();
    }

    // ---- lifecycle --------------------------------------------------------------------------------------------------

    /** Ends intake, lets the waiting go, and returns one beyond the last record's sequence. */
    long close() {
        requireStack(STACK_FRAMES);
        WaitingPushes.Entry refused = null;
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                refused = parked.takeAll(); // at once: room that is made from here on must not be for them
                tail.mend();
                tail.seal();
                for (WaitingPushes.Entry one = overdue.poll(); one != null; one = overdue.poll()) {
                    exchange.settle(one.callback, AsyncBuffer.CLOSED);
                }
                blocked.wakeAll();
                supply.lookAgain();
                chain.end();
            }
            return tail.current().endSequence();
        } finally {
            lock.unlock();
            refuse(refused); // not under the lock: each may be written by whoever refuses it
        }
    }

    private void refuse(WaitingPushes.@Nullable Entry oldest) {
        for (WaitingPushes.Entry one = oldest; one != null; one = one.behind()) {
            exchange.settle(one.callback, AsyncBuffer.CLOSED);
        }
    }

    /**
     * Mends broken writes, gives free segments back when none was needed for a while, and tries again to make one where
     * that failed: there may be memory, or room on the disk, by now. Gives back what is passed and still in use, since
     * whoever passed it broke off: those that wait for room do not look by themselves.
     */
    void housekeep() {
        List<Segment> superfluous = List.of();
        int promised = 0;
        boolean isLeftOver;
        lock.lock();
        try {
            tail.mend();
            isLeftOver = chain.passed(cursors.reusablePosition()) != null;
            fullness.forgetWhenRoomy();
            boolean isNeeded = fullness.isFull() || parked.areWaiting() || overdue.areWaiting();
            if (chain.isRetryDue(isNeeded) || parked.areWaiting()) {
                promised = supply.promiseRetry();
            } else if (!isNeeded && nanoTime.getAsLong() - exchange.lastNanos() > TRIM_AFTER_NANOS) {
                superfluous = chain.takeSuperfluous();
            }
        } finally {
            lock.unlock();
        }
        supply.retry(promised);
        superfluous.forEach(chain::discard);
        if (isLeftOver) {
            supply.releasePassed();
        }
    }
}
