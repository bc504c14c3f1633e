package io.asynclog.buffer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records whose callers do not wait while they wait for room: first come, first served, bounded in number and bytes so
 * that all of them fit into the next segment. Guarded by the buffer's lock, except for {@link #areWaiting}.
 */
final class ParkedPushes {
    private static final int MAX_COUNT = 1024;

    private final long maxBytes;
    private final Deque<Entry> queue = new ArrayDeque<>();
    private long bytes;
    /** Whether the queue holds any, for those without the lock. */
    private volatile boolean waiting;

    ParkedPushes(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Returns whether any are parked. A thread that parked one sees it. Needs no lock. */
    boolean areWaiting() {
        return waiting;
    }

    /** Adds a record unless that would exceed the bounds. */
    boolean offer(Entry parked) {
        if (queue.size() >= MAX_COUNT || bytes + parked.record.recordLength() > maxBytes) {
            return false;
        }
        bytes += parked.record.recordLength();
        queue.add(parked);
        waiting = true;
        return true;
    }

    @Nullable
    Entry peek() {
        return queue.peek();
    }

    @Nullable
    Entry poll() {
        Entry parked = queue.poll();
        if (parked != null) {
            bytes -= parked.record.recordLength();
            waiting = !queue.isEmpty();
        }
        return parked;
    }

    /** Returns all records, the oldest first. */
    List<Entry> all() {
        return List.copyOf(queue);
    }

    /** Takes all records out. */
    void clear() {
        queue.clear();
        bytes = 0;
        waiting = false;
    }

    /** Takes all records, the oldest first. */
    List<Entry> pollAll() {
        List<Entry> all = all();
        clear();
        return all;
    }

    /** Takes the oldest record if it has waited until its deadline. */
    @Nullable
    Entry pollExpired(long nanoTime) {
        Entry parked = queue.peek();
        return parked != null && parked.deadlineNanos - nanoTime <= 0 ? poll() : null;
    }

    /** Returns in how many nanoseconds the oldest record is due, or {@link AsyncBuffer#NONE_PARKED}. */
    long nanosToNextDeadline(long nanoTime) {
        Entry parked = queue.peek();
        return parked == null ? AsyncBuffer.NONE_PARKED : Math.max(0, parked.deadlineNanos - nanoTime);
    }

    /** A record that waits, with the encoder that holds it and now belongs to it. */
    static final class Entry {
        final RecordEncoder record;
        final PushCallback callback;
        final long deadlineNanos;

        Entry(RecordEncoder record, PushCallback callback, long deadlineNanos) {
            this.record = record;
            this.callback = callback;
            this.deadlineNanos = deadlineNanos;
        }
    }
}
