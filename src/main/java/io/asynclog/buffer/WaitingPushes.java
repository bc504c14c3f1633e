package io.asynclog.buffer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records that wait for room: first come, first served. There are two lines of them. The <em>parked</em> are those
 * whose callers do not wait; they are bounded in number and bytes so that all of them fit into the next segment. The
 * <em>overdue</em> are those whose callers have waited for long ({@link BlockedCallers}); each has a thread that waits,
 * which is bound enough. Guarded by the buffer's lock, except for {@link #areWaiting}.
 */
final class WaitingPushes {
    private static final int MAX_PARKED = 1024;

    private final int maxCount;
    private final long maxBytes;
    private final Deque<Entry> queue = new ArrayDeque<>();
    private long bytes;
    /** Whether the queue holds any, for those without the lock. */
    private volatile boolean waiting;

    private WaitingPushes(int maxCount, long maxBytes) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    static WaitingPushes parked(long maxBytes) {
        return new WaitingPushes(MAX_PARKED, maxBytes);
    }

    static WaitingPushes overdue() {
        return new WaitingPushes(Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Returns whether any wait. A thread that added one sees it. Needs no lock. */
    boolean areWaiting() {
        return waiting;
    }

    /** Adds a record unless that would exceed the bounds. */
    boolean offer(Entry entry) {
        int length = entry.record.recordLength();
        if (queue.size() >= maxCount || length > maxBytes - bytes) {
            return false;
        }
        queue.add(entry);
        bytes += length;
        waiting = true;
        return true;
    }

    @Nullable
    Entry peek() {
        return queue.peek();
    }

    @Nullable
    Entry poll() {
        Entry first = queue.poll();
        if (first != null) {
            noteTaken(first);
        }
        return first;
    }

    /** Takes a record out, if it still waits. */
    boolean remove(Entry entry) {
        boolean removed = queue.remove(entry);
        if (removed) {
            noteTaken(entry);
        }
        return removed;
    }

    private void noteTaken(Entry entry) {
        bytes -= entry.record.recordLength();
        waiting = !queue.isEmpty();
    }

    /** Returns how many records wait. */
    int count() {
        return queue.size();
    }

    /** Returns how many bytes the records have. */
    long bytes() {
        return bytes;
    }

    /**
     * Adds the oldest records to a list.
     *
     * @param enoughBytes so many bytes are enough; one record is in any case, if it fits
     * @param maxBytes so many bytes at most
     */
    void addFirstTo(List<Entry> list, long enoughBytes, long maxBytes) {
        long total = 0;
        for (Entry entry : queue) {
            int length = entry.record.recordLength();
            if (total >= enoughBytes || length > maxBytes - total) {
                return;
            }
            total += length;
            list.add(entry);
        }
    }

    /** Takes all records, the oldest first. */
    List<Entry> pollAll() {
        List<Entry> all = new ArrayList<>(queue);
        queue.clear();
        bytes = 0;
        waiting = false;
        return all;
    }

    /** Takes the oldest record if it has waited until its deadline. */
    @Nullable
    Entry pollExpired(long nanoTime) {
        Entry first = queue.peek();
        return first != null && first.deadlineNanos - nanoTime <= 0 ? poll() : null;
    }

    /** Returns in how many nanoseconds the oldest record is due, or {@link AsyncBuffer#NONE_PARKED}. */
    long nanosToNextDeadline(long nanoTime) {
        Entry first = queue.peek();
        return first == null ? AsyncBuffer.NONE_PARKED : Math.max(0, first.deadlineNanos - nanoTime);
    }

    /** A record that waits, with the encoder that holds it and belongs to the line as long as it is in there. */
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
