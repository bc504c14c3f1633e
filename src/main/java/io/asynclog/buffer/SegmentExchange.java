package io.asynclog.buffer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Exchanges the current segment of the log, when it is closed, for a free one, and gives the records that wait, the
 * parked and the overdue, their places before anybody else sees that there is room. Everything under the buffer's lock.
 */
final class SegmentExchange {
    /**
     * The overdue get this part of a segment at a time. Each of their callers has to be woken for its one record, which
     * costs more than to write it: the rest of the segment is for those who run anyway.
     */
    private static final int OVERDUE_PART = 8;

    private final SegmentChain chain;
    private final Tail tail;
    private final CursorSet cursors;
    private final WaitingPushes parked;
    private final WaitingPushes overdue;
    private final Drops drops;
    /** The first position at which this process may write: behind what earlier ones wrote, or may have. */
    private final long firstPosition;
    /** Of those that are free; the current one may have the size of an earlier process. */
    private final long segmentSize;

    private final LongSupplier nanoTime;
    private long lastNanos;

    SegmentExchange(
            SegmentChain chain,
            Tail tail,
            CursorSet cursors,
            WaitingPushes parked,
            WaitingPushes overdue,
            Drops drops,
            long firstPosition,
            long segmentSize,
            LongSupplier nanoTime) {
        this.chain = chain;
        this.tail = tail;
        this.cursors = cursors;
        this.parked = parked;
        this.overdue = overdue;
        this.drops = drops;
        this.firstPosition = firstPosition;
        this.segmentSize = segmentSize;
        this.nanoTime = nanoTime;
        lastNanos = nanoTime.getAsLong();
    }

    /**
     * Makes a free segment the current one, which must be closed. All parked records get the first places in it, and
     * some of those that are overdue the next, unless it is the reserve.
     *
     * @param mayUseReserve whether that may be the last segment
     * @return false when there is none
     */
    boolean exchange(boolean mayUseReserve) {
        if (!chain.hasFree(mayUseReserve)) {
            return false;
        }
        Segment last = tail.current();
        List<WaitingPushes.Entry> admitted = new ArrayList<>();
        parked.addFirstTo(admitted, Long.MAX_VALUE, Long.MAX_VALUE);
        if (chain.hasFree(false)) {
            overdue.addFirstTo(admitted, segmentSize / OVERDUE_PART, segmentSize - parked.bytes());
        }
        long[] results = new long[admitted.size()]; // before anything is changed: there may be no memory
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
            takeFirst();
        }
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

    private void takeFirst() {
        if (parked.poll() == null) {
            WaitingPushes.Entry ignored = overdue.poll();
        }
    }

    /** Counts a record that waited and could not be written as dropped. */
    private long counted(long placed) {
        if (placed == Tail.BROKEN_OFF) {
            drops.add();
        }
        return placed;
    }

    /**
     * Gives the records that wait their places as far as there is room: the parked ones, then some of those that are
     * overdue. One that cannot be written is dropped.
     */
    void admitWaiting(boolean mayUseReserve) {
        for (WaitingPushes.Entry first = parked.peek(); first != null; first = parked.peek()) {
            if (!admit(parked, first, mayUseReserve)) {
                return;
            }
        }
        admitOverdue(segmentSize / OVERDUE_PART);
    }

    /** Gives the record that is overdue for longest its place, if there is room. */
    void admitNextOverdue() {
        if (!parked.areWaiting()) { // which come first
            admitOverdue(1);
        }
    }

    /** They have no right to the reserve. */
    private void admitOverdue(long enoughBytes) {
        long leftBytes = overdue.bytes() - enoughBytes;
        for (WaitingPushes.Entry first = overdue.peek();
                first != null && overdue.bytes() > leftBytes && admit(overdue, first, false);
                first = overdue.peek()) {}
    }

    /**
     * Gives a record its place in the current segment, or in the next one, as one of those that get the first places
     * there.
     *
     * @return false when there is no room
     */
    private boolean admit(WaitingPushes line, WaitingPushes.Entry first, boolean mayUseReserve) {
        while (line.peek() == first) {
            Segment segment = tail.current();
            if (segment.isClosed()) {
                if (!exchange(mayUseReserve)) {
                    return false;
                }
            } else if (segment.isReserved() && chain.usesReserve() && !mayUseReserve) {
                return false;
            } else {
                long result = offer(segment, first.record);
                if (result != Tail.NO_ROOM) {
                    line.poll();
                    settle(first.callback, result);
                } else if (!segment.isClosed()) {
                    return false; // another thread is closing it, and looks for the next one when it has
                }
            }
        }
        return true;
    }

    /**
     * Writes a record that waits. Where that fails, as in memory whose file somebody has cut, its place becomes
     * padding; to write it again would overwrite the note that says so (see {@link Tail}), and its caller is not here
     * to be told, nor are those that it would hold up.
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
