package io.asynclog.buffer;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * Exchanges the current segment of the log, when it is closed, for a free one, and gives the records that are parked
 * their places before anybody else sees that there is room. Everything under the buffer's lock.
 */
final class SegmentExchange {
    private final SegmentChain chain;
    private final Tail tail;
    private final CursorSet cursors;
    private final ParkedPushes parked;
    private final Drops drops;
    /** The first position at which this process may write: behind what earlier ones wrote, or may have. */
    private final long firstPosition;

    private final LongSupplier nanoTime;
    private long lastNanos;

    SegmentExchange(
            SegmentChain chain,
            Tail tail,
            CursorSet cursors,
            ParkedPushes parked,
            Drops drops,
            long firstPosition,
            LongSupplier nanoTime) {
        this.chain = chain;
        this.tail = tail;
        this.cursors = cursors;
        this.parked = parked;
        this.drops = drops;
        this.firstPosition = firstPosition;
        this.nanoTime = nanoTime;
        lastNanos = nanoTime.getAsLong();
    }

    /**
     * Makes a free segment the current one, which must be closed. All parked records get the first places in it.
     *
     * @param mayUseReserve whether that may be the last segment
     * @return false when there is none
     */
    boolean exchange(boolean mayUseReserve) {
        if (!chain.hasFree(mayUseReserve)) {
            return false;
        }
        List<ParkedPushes.Entry> admitted = parked.all();
        long[] results = new long[admitted.size()]; // before anything is changed: there may be no memory
        Segment last = tail.current();
        long firstSequence = last.endSequence();
        Segment next = chain.begin(mayUseReserve, Math.max(last.end(), firstPosition), firstSequence);
        if (next == null) {
            return false;
        }
        int offset = 0;
        for (int i = 0; i < admitted.size(); i++) {
            RecordEncoder record = admitted.get(i).record;
            results[i] = counted(tail.place(next, i, offset, record));
            offset += record.recordLength();
        }
        parked.clear();
        next.open(offset, admitted.size(), chain.usesReserve()); // not before: it may be the current one all along
        tail.exchange(next);
        lastNanos = nanoTime.getAsLong();
        if (!admitted.isEmpty()) {
            cursors.wakeSleepers();
        }
        // When the records have their place: whoever hears of it may ask for the next sequence.
        for (int i = 0; i < admitted.size(); i++) {
            settle(admitted.get(i).callback, results[i]);
        }
        return true;
    }

    /** Counts a parked record that could not be written as dropped. */
    private long counted(long placed) {
        if (placed == Tail.BROKEN_OFF) {
            drops.add();
        }
        return placed;
    }

    /** Gives parked records their places as far as there is room. One that cannot be written is dropped. */
    void admitParked(boolean mayUseReserve) {
        for (ParkedPushes.Entry first = parked.peek(); first != null; first = parked.peek()) {
            Segment segment = tail.current();
            if (segment.isClosed()) {
                if (!exchange(mayUseReserve)) {
                    return;
                }
            } else if (segment.isReserved() && chain.usesReserve() && !mayUseReserve) {
                return;
            } else {
                long result = offer(segment, first.record);
                if (result != Tail.NO_ROOM) {
                    parked.poll();
                    settle(first.callback, result);
                } else if (!segment.isClosed()) {
                    return; // another thread is closing it, and looks for the next one when it has
                }
            }
        }
    }

    /**
     * Writes a parked record. Where that fails, as in memory whose file somebody has cut, its place becomes padding; to
     * write it again would overwrite the note that says so (see {@link Tail}), and its caller is not here to be told,
     * nor are those that it would hold up.
     */
    private long offer(Segment segment, RecordEncoder record) {
        try {
            return tail.offer(segment, record);
        } catch (Throwable failure) {
            tail.noteUnheard(failure);
            return counted(Tail.BROKEN_OFF);
        }
    }

    /** Tells a caller; should there be no memory for that, say, the others are to hear all the same. */
    void settle(PushCallback callback, long result) {
        try {
            if (result >= 0) {
                callback.accepted(result);
            } else {
                callback.refused(result);
            }
        } catch (Throwable failure) {
            tail.noteUnheard(failure);
        }
    }

    /** Returns when there was an exchange the last time, by {@link System#nanoTime}. */
    long lastNanos() {
        return lastNanos;
    }
}
