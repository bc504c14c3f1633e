package io.asynclog.buffer;

import java.util.ArrayList;
import java.util.List;

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

    private long lastNanos = System.nanoTime();

    SegmentExchange(
            SegmentChain chain, Tail tail, CursorSet cursors, ParkedPushes parked, Drops drops, long firstPosition) {
        this.chain = chain;
        this.tail = tail;
        this.cursors = cursors;
        this.parked = parked;
        this.drops = drops;
        this.firstPosition = firstPosition;
    }

    /**
     * Makes a free segment the current one, which must be closed. All parked records get the first places in it.
     *
     * @param mayUseReserve whether that may be the last segment
     * @return false when there is none
     */
    boolean exchange(boolean mayUseReserve) {
        Segment next = chain.takeFree(mayUseReserve);
        if (next == null) {
            return false;
        }
        Segment last = tail.current();
        chain.begin(next, Math.max(last.end(), firstPosition), last.endSequence());
        next.open(0, 0, chain.usesReserve());
        List<Runnable> outcomes = admit(next);
        tail.exchange(next);
        lastNanos = System.nanoTime();
        if (!outcomes.isEmpty()) {
            cursors.wakeSleepers(); // once more: one that fell asleep meanwhile has looked at the last segment only
        }
        // When the records have their place: whoever hears of it may ask for the next sequence.
        outcomes.forEach(Runnable::run);
        return true;
    }

    /**
     * Writes parked records into a segment that is open and not yet the current one. All have room as a rule; who
     * claims there meanwhile has known the segment since its last life.
     *
     * @return what tells their callers
     */
    private List<Runnable> admit(Segment next) {
        List<Runnable> outcomes = new ArrayList<>();
        for (ParkedPushes.Entry first = parked.peek(); first != null; first = parked.peek()) {
            PushCallback callback = first.callback;
            long result = offer(next, first.record);
            if (result == Tail.NO_ROOM) {
                break;
            }
            parked.poll();
            outcomes.add(() -> settle(callback, result));
        }
        return outcomes;
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
            drops.add();
            return AsyncBuffer.DROPPED;
        }
    }

    private static void settle(PushCallback callback, long result) {
        if (result >= 0) {
            callback.accepted(result);
        } else {
            callback.refused(result);
        }
    }

    /** Returns when there was an exchange the last time, by {@link System#nanoTime}. */
    long lastNanos() {
        return lastNanos;
    }
}
