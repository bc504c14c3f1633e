package io.asynclog.buffer;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Room for records: exchanges a full segment for a free or new one, and where there is none has the overflow policy decide.
 * One push in some thousands comes here, and the cursors when they have passed a segment. Everything happens under one lock.
 */
final class Room {
    private static final int STACK_FRAMES = 100;
    private static final long TRIM_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** A waiting caller looks by itself as often, should nobody have woken it although there is room. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** With this part of the buffer free again nobody need wait any more; with all but this part it is drained. */
    private static final int AMPLE_ROOM = 8;

    private final BufferOptions options;
    private final Executor background;
    private final CursorSet cursors;
    private final Tail tail;
    private final Drops drops;

    /** Guards the chain, the parked pushes and the list of cursors. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition freed = lock.newCondition();
    private final SegmentChain chain;
    private final SegmentExchange exchange;
    private final ParkedPushes parked;
    /** Behind what an earlier process left, or is known to have left. */
    private final long firstPosition;

    private final int ampleSegments;

    private long lastLinkNanos = System.nanoTime();

    private volatile boolean closed;
    /** For which records there is no room. Written under the lock; elsewhere a hint that spares callers the lock. */
    private volatile Fullness fullness = Fullness.ROOM;
    /** When the buffer became full, by {@link System#nanoTime}, made odd; 0 when it has room to spare. Under the lock. */
    private long fullSince;
    /** Whether a caller has waited in vain while no cursor moved. Any cursor that moves clears it. */
    private volatile boolean stalled;
    /** Whether there are parked records. Written under the lock. */
    private volatile boolean parkedWaiting;

    Room(
            BufferOptions options,
            Executor background,
            CursorSet cursors,
            SegmentChain chain,
            Tail tail,
            Drops drops,
            long firstPosition) {
        this.options = options;
        this.background = background;
        this.cursors = cursors;
        this.chain = chain;
        exchange = new SegmentExchange(chain, cursors);
        this.tail = tail;
        this.drops = drops;
        this.firstPosition = firstPosition;
        ampleSegments = Math.max(1, chain.maxSegments() / AMPLE_ROOM);
        parked = new ParkedPushes(options.segmentSize() / 2);
    }

    ReentrantLock lock() {
        return lock;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isParkedWaiting() {
        return parkedWaiting;
    }

    boolean isFull() {
        return fullness != Fullness.ROOM;
    }

    /**
     * Returns for how long the buffer has been full; 0 when it is not. Ends when a quarter is free at a look, once a second or
     * here, or when it was drained meanwhile. Under the lock.
     */
    long fullNanos() {
        forgetWhenRoomy();
        return fullSince == 0 ? 0 : Math.max(1, System.nanoTime() - fullSince);
    }

    private void forgetWhenRoomy() {
        if (!isFull() && 4 * chain.usedCount() <= 3 * chain.maxSegments()) {
            fullSince = 0;
        }
    }

    /** Notes what was found. A buffer that was drained, if only between two looks, is full since later. */
    private void note(Fullness found) {
        if (found == Fullness.ROOM && AMPLE_ROOM * chain.usedCount() <= chain.capacity()) {
            fullSince = 0;
        } else if (found != Fullness.ROOM && fullSince == 0) {
            fullSince = System.nanoTime() | 1;
        }
        fullness = found;
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

    /** Returns whether it is already known that there is neither room for the record nor a reason to wait for it. */
    private boolean refusesAtOnce(RecordEncoder record) {
        Fullness known = fullness;
        boolean noRoom = known == Fullness.FULL || (known == Fullness.ONLY_RESERVE && !Tail.hasReserve(record.level()));
        return noRoom && !closed && !mayWait(record);
    }

    private boolean mayWait(RecordEncoder record) {
        // The thread of a sink must not wait for room that only sinks can make.
        return options.waits(record.level()) && !stalled && !record.isFromSink() && !cursors.isEmpty();
    }

    private long drop() {
        drops.add();
        return AsyncBuffer.DROPPED;
    }

    private long pushWithLock(RecordEncoder record, @Nullable PushCallback callback) {
        requireStack(STACK_FRAMES);
        Wait wait = null;
        for (; ; ) {
            lock.lock();
            try {
                if (closed) {
                    return AsyncBuffer.CLOSED;
                }
                if (!make(Tail.hasReserve(record.level()))) {
                    if (!mayWait(record)) {
                        return drop();
                    }
                    if (callback != null) {
                        return park(record, callback);
                    }
                    wait = wait == null ? new Wait() : wait;
                    if (!wait.awaitRoom(record)) {
                        return closed ? AsyncBuffer.CLOSED : drop();
                    }
                }
            } finally {
                lock.unlock();
            }
            long result = tail.offer(record, parkedWaiting);
            if (result != Tail.NO_ROOM) {
                return result;
            }
            tail.awaitClosing();
        }
    }

    /** Has a stack that is nearly used up overflow here, before anything is changed, rather than in the midst of it. */
    private static int requireStack(int frames) {
        return frames == 0 ? 0 : 1 + requireStack(frames - 1);
    }

    /** One caller's bounded wait for room. Used under the lock. */
    private final class Wait {
        private final long begin = System.nanoTime();
        private final long progressAtBegin = cursors.progress();

        /** Returns false when the wait is over, or the buffer closed, without room for the record. */
        boolean awaitRoom(RecordEncoder record) {
            while (!closed && !make(Tail.hasReserve(record.level()))) {
                long remaining = options.maxWait().toNanos() - (System.nanoTime() - begin);
                if (remaining <= 0) {
                    noteStall();
                    return false;
                }
                try {
                    long ignored = freed.awaitNanos(Math.min(remaining, LOOK_NANOS));
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return !closed;
        }

        /** Notes the bounded wait that a stall costs: whoever comes now does not wait until some cursor moves again. */
        private void noteStall() {
            stalled = true;
            if (cursors.progress() != progressAtBegin) {
                stalled = false; // a cursor moved, and may have looked before this was set
            }
        }
    }

    private enum Fullness {
        /** There is room, or there was when somebody last looked. */
        ROOM,
        /** Only records with a reserve find room. */
        ONLY_RESERVE,
        /** There is no room at all. */
        FULL
    }

    // ---- parked pushes ----------------------------------------------------------------------------------------------

    private long park(RecordEncoder record, PushCallback callback) {
        long deadline = System.nanoTime() + options.maxWait().toNanos();
        if (!parked.offer(new ParkedPushes.Parked(record, callback, deadline))) {
            return drop();
        }
        parkedWaiting = true;
        return AsyncBuffer.PARKED;
    }

    /** Drops the parked records that have waited for as long as the policy allows. */
    void expireParked() {
        lock.lock();
        try {
            long now = System.nanoTime();
            for (ParkedPushes.Parked expired = parked.pollExpired(now);
                    expired != null;
                    expired = parked.pollExpired(now)) {
                expired.callback.refused(drop());
            }
            parkedWaiting = parked.peek() != null;
        } finally {
            lock.unlock();
        }
    }

    /** Gives parked records their place as far as there is room, before anybody else sees the room. Under the lock. */
    private void admitParked(boolean mayUseReserve) {
        while (parked.peek() != null) {
            ParkedPushes.Parked first = parked.peek();
            Segment segment = tail.current();
            if (segment.isClosed()) {
                if (!make(mayUseReserve)) {
                    break;
                }
            } else if (segment.isReserved() && chain.usesReserve() && !mayUseReserve) {
                break;
            } else {
                long result = tail.offer(segment, first.record);
                if (result != Tail.NO_ROOM) {
                    parked.poll();
                    first.callback.accepted(result);
                } else if (!segment.isClosed()) {
                    break; // another thread is closing it, and links the next one when it has
                }
            }
        }
        parkedWaiting = parked.peek() != null;
    }

    // ---- making room ------------------------------------------------------------------------------------------------

    /** Sees to it that the current segment is worth another attempt. Under the lock. */
    private boolean make(boolean mayUseReserve) {
        Segment segment = tail.current();
        if (!segment.isClosed()) {
            return !segment.isReserved() || makeInReserve(mayUseReserve);
        }
        Segment next = chain.extend(false);
        if (next == null && exchange.skipLaggards()) {
            next = chain.extend(false);
        }
        if (next == null && mayUseReserve) {
            next = chain.extend(true);
        }
        if (next == null) {
            note(mayUseReserve ? Fullness.FULL : Fullness.ONLY_RESERVE);
            cursors.hurry();
            return false;
        }
        link(next);
        return true;
    }

    private boolean makeInReserve(boolean mayUseReserve) {
        if (exchange.skipLaggards()) {
            onFreed();
            return true;
        }
        if (!mayUseReserve) {
            note(Fullness.ONLY_RESERVE);
            return false;
        }
        // Whoever uses the reserve may have parked a record before; it keeps its place before the new one.
        admitParked(true);
        return true;
    }

    /** Makes a segment the current one, after the parked records have got the first places in it. Under the lock. */
    private void link(Segment next) {
        Segment last = tail.current();
        long firstSequence = last.endSequence();
        List<ParkedPushes.Parked> admitted = parked.pollAll();
        chain.begin(next, Math.max(last.end(), firstPosition), firstSequence);
        int offset = 0;
        for (int i = 0; i < admitted.size(); i++) {
            RecordEncoder record = admitted.get(i).record;
            tail.write(next, offset, record.recordLength(), firstSequence + i, record);
            offset += record.recordLength();
        }
        boolean reserve = chain.usesReserve();
        next.open(offset, admitted.size(), reserve);
        tail.exchange(next);
        parkedWaiting = false;
        note(reserve ? Fullness.ONLY_RESERVE : Fullness.ROOM);
        lastLinkNanos = System.nanoTime();
        prepareSpares();
        if (!admitted.isEmpty()) {
            cursors.wakeSleepers();
        }
        // Last, when the records have their place: whoever hears of it may ask for the next sequence.
        for (int i = 0; i < admitted.size(); i++) {
            admitted.get(i).callback.accepted(firstSequence + i);
        }
    }

    /** Has segments made ahead of their use, so that no caller pays for it. Under the lock. */
    void prepareSpares() {
        for (int wanted = chain.reserveSpares(); wanted > 0; wanted--) {
            prepareSpare();
        }
    }

    private void prepareSpare() {
        try {
            background.execute(() -> addSpare(chain.allocate()));
        } catch (RejectedExecutionException shuttingDown) {
            chain.addSpare(null);
        }
    }

    private void addSpare(@Nullable Segment spare) {
        boolean added;
        lock.lock();
        try {
            added = chain.addSpare(spare);
            if (added && isFull()) {
                onFreed();
            }
        } finally {
            lock.unlock();
        }
        if (spare != null && !added) {
            chain.discard(spare);
        }
    }

    // ---- segments that are passed -----------------------------------------------------------------------------------

    /** Called by a cursor that has moved. */
    void onPassed(boolean wholeSegment) {
        if (stalled) {
            stalled = false;
        }
        if (wholeSegment) {
            releasePassed();
        }
    }

    private void releasePassed() {
        SegmentExchange.Passed passed;
        lock.lock();
        try {
            passed = exchange.takePassed();
            if (passed.isEmpty()) {
                // What is held up now is held up by best-effort cursors alone, perhaps.
                if (isFull() && exchange.skipLaggards()) {
                    onFreed();
                }
                return;
            }
        } finally {
            lock.unlock();
        }
        passed.clear();
        lock.lock();
        try {
            passed.giveBack();
            onFreed();
        } finally {
            lock.unlock();
        }
    }

    /** Lets first the parked records and then everybody else know that there is room. Under the lock. */
    private void onFreed() {
        boolean reserve = chain.usesReserve();
        note(reserve ? Fullness.ONLY_RESERVE : Fullness.ROOM);
        admitParked(false); // which finds out when only the reserve was freed
        if (!reserve) {
            tail.current().liftReserve();
        }
        wakeWaiting();
    }

    /**
     * Wakes one caller for one segment, the one that has waited longest: it fills the segment by itself, if it has so much to
     * say, while the sinks read on. Were all woken, they would take the processors from the very sinks that they wait for, and
     * all but a few would wait again. Whoever is not woken though its record would find room looks by itself before long.
     */
    private void wakeWaiting() {
        if (chain.unusedCount() >= ampleSegments) {
            freed.signalAll();
        } else {
            freed.signal();
        }
    }

    // ---- lifecycle --------------------------------------------------------------------------------------------------

    /** To be called when a cursor is gone that may have held segments. Not under the lock. */
    void onCursorRemoved() {
        releasePassed();
    }

    /** Ends intake, lets the waiting go, and returns one beyond the last record's sequence. */
    long close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                tail.mend();
                tail.seal();
                for (ParkedPushes.Parked waiting : parked.pollAll()) {
                    waiting.callback.refused(AsyncBuffer.CLOSED);
                }
                parkedWaiting = false;
                freed.signalAll();
            }
            return tail.current().endSequence();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Mends broken writes, gives free segments back when none was needed for a while, and tries again to make one where that
     * failed and a full buffer waits for it: the disk may have room now, though no sink has moved.
     */
    void housekeep() {
        List<Segment> superfluous = List.of();
        lock.lock();
        try {
            tail.mend();
            forgetWhenRoomy();
            if (isFull() && chain.growthFailure() != null) {
                prepareSpares();
            }
            if (System.nanoTime() - lastLinkNanos > TRIM_AFTER_NANOS) {
                superfluous = chain.takeSuperfluous();
            }
        } finally {
            lock.unlock();
        }
        superfluous.forEach(chain::discard);
    }
}
