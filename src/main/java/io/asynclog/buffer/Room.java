package io.asynclog.buffer;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Room for records: exchanges a full segment for a free or new one, and where there is none has the overflow policy
 * decide. One push in some thousands comes here, and the cursors when they have passed a segment. Everything happens
 * under one lock.
 */
final class Room {
    private static final int STACK_FRAMES = 100;
    private static final long TRIM_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final BufferOptions options;
    private final CursorSet cursors;
    private final Tail tail;
    private final Drops drops;

    /** Guards the chain, the parked pushes and the list of cursors. */
    private final ReentrantLock lock = new ReentrantLock();

    private final SegmentChain chain;
    private final SegmentExchange exchange;
    private final BlockedCallers waiting;
    private final ParkedPushes parked;
    private final Fullness fullness;
    private final SpareSegments spares;
    /** The first position at which this process may write: behind what earlier ones wrote, or may have. */
    private final long firstPosition;

    private long lastLinkNanos = System.nanoTime();

    private volatile boolean closed;
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
        this.cursors = cursors;
        this.chain = chain;
        exchange = new SegmentExchange(chain, cursors);
        this.tail = tail;
        this.drops = drops;
        this.firstPosition = firstPosition;
        fullness = new Fullness(chain);
        spares = new SpareSegments(chain, background, lock, this::onSpare);
        waiting = new BlockedCallers(options.maxWait(), cursors, chain, lock);
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
        return fullness.isFull();
    }

    /** Returns for how long the buffer has been full; see {@link Fullness#nanos}. Under the lock. */
    long fullNanos() {
        return fullness.nanos();
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
        return fullness.isFullFor(record.level()) && !closed && !mayWait(record);
    }

    private boolean mayWait(RecordEncoder record) {
        // The thread of a sink must not wait for room that only sinks can make.
        return options.waits(record.level()) && !record.isFromSink() && waiting.isProgressExpected();
    }

    private long drop() {
        drops.add();
        return AsyncBuffer.DROPPED;
    }

    private long pushWithLock(RecordEncoder record, @Nullable PushCallback callback) {
        requireStack(STACK_FRAMES);
        boolean mayUseReserve = Tail.hasReserve(record.level());
        BlockedCallers.Waiter wait = null;
        for (; ; ) {
            lock.lock();
            try {
                if (closed) {
                    return AsyncBuffer.CLOSED;
                }
                if (!make(mayUseReserve)) {
                    if (!mayWait(record)) {
                        return drop();
                    }
                    if (callback != null) {
                        return park(record, callback);
                    }
                    wait = wait == null ? waiting.begin(mayUseReserve) : wait;
                    if (!awaitRoom(wait, mayUseReserve)) {
                        return closed ? AsyncBuffer.CLOSED : drop();
                    }
                }
            } finally {
                lock.unlock();
            }
            long result = tail.offer(record, parkedWaiting);
            if (result != Tail.NO_ROOM) {
                if (wait != null) {
                    passOn();
                }
                return result;
            }
            tail.awaitClosing();
        }
    }

    /** Returns false when the wait is over, or the buffer closed, without room for the record. Under the lock. */
    private boolean awaitRoom(BlockedCallers.Waiter wait, boolean mayUseReserve) {
        while (!closed && !make(mayUseReserve)) {
            if (!wait.await()) {
                return false;
            }
        }
        return !closed;
    }

    /** Wakes the next caller, by one that was woken itself. */
    private void passOn() {
        lock.lock();
        try {
            wakeNext();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes the next of the callers that could use what room there is. Under the lock. */
    private void wakeNext() {
        waiting.wakeNext(hasRoomForAll());
    }

    /** Returns whether there is more room than the reserve: the current segment, or a free one. Under the lock. */
    private boolean hasRoomForAll() {
        return chain.hasUnusedForAll()
                || (!chain.usesReserve() && !tail.current().isClosed());
    }

    /** Has a stack that is nearly used up overflow here, before anything is changed, rather than in the midst of it. */
    private static int requireStack(int frames) {
        return frames == 0 ? 0 : 1 + requireStack(frames - 1);
    }

    // ---- parked pushes ----------------------------------------------------------------------------------------------

    private long park(RecordEncoder record, PushCallback callback) {
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(options.maxWait());
        if (!parked.offer(new ParkedPushes.Entry(record, callback, deadline))) {
            return drop();
        }
        parkedWaiting = true;
        return AsyncBuffer.PARKED;
    }

    /** Drops the parked records that have waited for as long as the policy allows. */
    void expireParked() {
        long now = System.nanoTime();
        for (ParkedPushes.Entry expired = takeExpired(now); expired != null; expired = takeExpired(now)) {
            expired.callback.refused(drop());
        }
    }

    private ParkedPushes.@Nullable Entry takeExpired(long now) {
        lock.lock();
        try {
            ParkedPushes.Entry expired = parked.pollExpired(now);
            parkedWaiting = parked.peek() != null;
            return expired;
        } finally {
            lock.unlock();
        }
    }

    /** Gives parked records their place as far as there is room, before anybody else sees the room. Under the lock. */
    private void admitParked(boolean mayUseReserve) {
        while (parked.peek() != null) {
            ParkedPushes.Entry first = parked.peek();
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
            if (next == null) {
                wakeNext(); // it was the reserve that became free
            }
        }
        if (next == null && mayUseReserve) {
            next = chain.extend(true);
        }
        if (next == null) {
            fullness.noteRefused(mayUseReserve);
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
            fullness.noteRefused(false);
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
        List<ParkedPushes.Entry> admitted = parked.pollAll();
        chain.begin(next, Math.max(last.end(), firstPosition), firstSequence);
        int offset = 0;
        for (int i = 0; i < admitted.size(); i++) {
            RecordEncoder record = admitted.get(i).record;
            tail.write(next, offset, record.recordLength(), firstSequence + i, record);
            offset += record.recordLength();
        }
        next.open(offset, admitted.size(), chain.usesReserve());
        tail.exchange(next);
        parkedWaiting = false;
        fullness.noteRoom(!chain.usesReserve());
        lastLinkNanos = System.nanoTime();
        if (!admitted.isEmpty()) {
            cursors.wakeSleepers();
        }
        // When the records have their place: whoever hears of it may ask for the next sequence.
        for (int i = 0; i < admitted.size(); i++) {
            admitted.get(i).callback.accepted(firstSequence + i);
        }
        wakeNext(); // there is room, however it came
        spares.prepare(); // last: where no thread can be had for that, everything else is done
    }

    /** Has segments made ahead of their use. */
    void prepareSpares() {
        spares.prepare();
    }

    /** Called when there is one more free segment. Under the lock. */
    private void onSpare() {
        if (fullness.isFull()) {
            onFreed();
        }
    }

    // ---- segments that are passed -----------------------------------------------------------------------------------

    /** Called by a cursor that has moved. */
    void onPassed(boolean wholeSegment) {
        waiting.onProgress();
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
                if (fullness.isFull() && exchange.skipLaggards()) {
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
        fullness.noteRoom(hasRoomForAll());
        admitParked(false); // which finds out when only the reserve was freed
        if (!reserve) {
            tail.current().liftReserve();
        }
        if (waiting.hasAmpleRoom()) {
            waiting.wakeAll();
        } else {
            wakeNext();
        }
    }

    // ---- lifecycle --------------------------------------------------------------------------------------------------

    /** To be called when a cursor is gone that may have held segments. Not under the lock. */
    void onCursorRemoved() {
        releasePassed();
    }

    /** Ends intake, lets the waiting go, and returns one beyond the last record's sequence. */
    long close() {
        List<ParkedPushes.Entry> refused = List.of();
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                tail.mend();
                tail.seal();
                refused = parked.pollAll();
                parkedWaiting = false;
                waiting.wakeAll();
            }
            return tail.current().endSequence();
        } finally {
            lock.unlock();
            refused.forEach(one -> one.callback.refused(AsyncBuffer.CLOSED));
        }
    }

    /**
     * Mends broken writes, gives free segments back when none was needed for a while, and tries again to make one where
     * that failed and a full buffer waits for it: the disk may have room now, though no sink has moved.
     */
    void housekeep() {
        List<Segment> superfluous = List.of();
        lock.lock();
        try {
            tail.mend();
            fullness.forgetWhenRoomy();
            if (fullness.isFull() && chain.growthFailure() != null) {
                spares.prepare();
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
