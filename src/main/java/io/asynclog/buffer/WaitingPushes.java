package io.asynclog.buffer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records that wait for room: served in the order of their deadlines, which is that in which they came. There are two
 * lines of them. The <em>parked</em> are those whose callers do not wait; they are bounded in number and bytes so that
 * all of them fit into the next segment. The <em>overdue</em> are those whose callers have waited for long
 * ({@link BlockedCallers}); each has a thread that waits, which is bound enough. Guarded by the buffer's lock, except
 * for {@link #areWaiting}, and for entries that {@link #takeAll} has taken out: they are the taker's.
 *
 * <p>Linked through the entries: where memory runs out no line breaks, and who gives up leaves it at once, wherever it
 * stands.
 */
final class WaitingPushes {
    private static final int MAX_PARKED = 1024;

    private final int maxCount;
    private final long maxBytes;
    private @Nullable Entry first;
    private @Nullable Entry last;
    private int count;
    private long bytes;
    /** Whether any wait, for those without the lock. */
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

    /** Returns whether one more record is within the bounds. */
    boolean takes(RecordEncoder record) {
        return count < maxCount && record.recordLength() <= maxBytes - bytes;
    }

    /** Adds a record behind those whose deadlines come before its own; a parked one only where the line takes it. */
    void add(Entry entry) {
        Entry before = isBeforeAll(entry) ? null : last; // or each that comes again would pass all others
        while (before != null && before.deadlineNanos - entry.deadlineNanos > 0) {
            before = before.before; // for one that comes again, and has its old place
        }
        Entry behind = before == null ? first : before.behind;
        entry.before = before;
        entry.behind = behind;
        if (before == null) {
            first = entry;
        } else {
            before.behind = entry;
        }
        if (behind == null) {
            last = entry;
        } else {
            behind.before = entry;
        }
        noteChange(1, entry.record.recordLength());
        entry.waits = true;
    }

    private boolean isBeforeAll(Entry entry) {
        return first != null && first.deadlineNanos - entry.deadlineNanos > 0;
    }

    @Nullable
    Entry peek() {
        return first;
    }

    @Nullable
    Entry poll() {
        Entry polled = first;
        if (polled != null) {
            remove(polled);
        }
        return polled;
    }

    /** Takes a record out, if it still waits in this line. */
    void remove(Entry entry) {
        if (!entry.waits) {
            return;
        }
        Entry before = entry.before;
        Entry behind = entry.behind;
        if (before == null) {
            first = behind;
        } else {
            before.behind = behind;
        }
        if (behind == null) {
            last = before;
        } else {
            behind.before = before;
        }
        entry.before = null;
        entry.behind = null;
        entry.waits = false;
        noteChange(-1, -entry.record.recordLength());
    }

    private void noteChange(int records, int length) {
        count += records;
        bytes += length;
        waiting = count > 0;
    }

    /** Returns how many records wait. */
    int count() {
        return count;
    }

    /** Returns how many bytes the records have. */
    long bytes() {
        return bytes;
    }

    /**
     * Adds the oldest records to a list.
     *
     * @param enoughBytes so many bytes are enough; one record is in any case, if it fits
     * @param maxTotalBytes so many bytes at most
     */
    void addFirstTo(List<Entry> list, long enoughBytes, long maxTotalBytes) {
        long total = 0;
        for (Entry entry = first; entry != null; entry = entry.behind) {
            int length = entry.record.recordLength();
            if (total >= enoughBytes || length > maxTotalBytes - total) {
                return;
            }
            total += length;
            list.add(entry);
        }
    }

    /** Takes all records, without any memory for it: the oldest, which leads to those {@link Entry#behind} it. */
    @Nullable
    Entry takeAll() {
        Entry oldest = first;
        for (Entry entry = first; entry != null; entry = entry.behind) {
            entry.waits = false;
        }
        first = null;
        last = null;
        count = 0;
        bytes = 0;
        waiting = false;
        return oldest;
    }

    /** Takes the oldest record if it has waited until its deadline. */
    @Nullable
    Entry pollExpired(long nanoTime) {
        Entry oldest = first;
        return oldest != null && oldest.deadlineNanos - nanoTime <= 0 ? poll() : null;
    }

    /** Returns in how many nanoseconds the oldest record is due, or {@link AsyncBuffer#NONE_PARKED}. */
    long nanosToNextDeadline(long nanoTime) {
        Entry oldest = first;
        return oldest == null ? AsyncBuffer.NONE_PARKED : Math.max(0, oldest.deadlineNanos - nanoTime);
    }

    /** A record that waits, with the encoder that holds it and belongs to the line as long as it is in there. */
    static final class Entry {
        final RecordEncoder record;
        final PushCallback callback;
        final long deadlineNanos;
        private @Nullable Entry before;
        private @Nullable Entry behind;
        private boolean waits;

        Entry(RecordEncoder record, PushCallback callback, long deadlineNanos) {
            this.record = record;
            this.callback = callback;
            this.deadlineNanos = deadlineNanos;
        }

        /** Returns the next one in the line. */
        @Nullable
        Entry behind() {
            return behind;
        }
    }
}
