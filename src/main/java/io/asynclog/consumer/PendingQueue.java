package io.asynclog.consumer;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Futures in the order of what they wait for. Any thread may {@linkplain #add add} one and {@linkplain #mayHaveBefore
 * look}; everything else is guarded by the lock of {@link WaitingFutures}.
 *
 * <p>Who adds a future puts it on top of a stack, with one atomic operation. Whoever holds the lock
 * {@linkplain #drainInbox takes} the stack as a whole and puts what is on it in line. Records are registered in about
 * the order of their places, so nearly each goes to the end; one that was overtaken goes past those that overtook it.
 */
final class PendingQueue {
    /** The futures that are not yet in line, the newest on top. */
    private final AtomicReference<@Nullable PendingFuture<?>> inbox = new AtomicReference<>();

    /**
     * Those taken from the inbox and not yet in line, the oldest first: a field, so that an error on the way, for want
     * of memory say, loses none.
     */
    private @Nullable PendingFuture<?> admitted;

    private @Nullable PendingFuture<?> first;
    private @Nullable PendingFuture<?> last;
    /** The last that came out of order: the next one belongs near it, should there be many. */
    private @Nullable PendingFuture<?> lastOutOfOrder;

    /**
     * A lower bound of the sequences in line. {@link #drainInbox} lowers it before its caller looks at the cursors.
     * Written under the lock.
     */
    private volatile long firstSequence = Long.MAX_VALUE;

    /** Adds a future. Volatile: pairs with the look of {@link #mayHaveBefore}. */
    void add(PendingFuture<?> future) {
        PendingFuture<?> below;
        do {
            below = inbox.get();
            future.next = below;
        } while (!inbox.compareAndSet(below, future));
    }

    /**
     * Returns whether there may be a future for a record before an end; surely so when there is one that was added
     * before.
     */
    boolean mayHaveBefore(long endSequence) {
        return inbox.get() != null || firstSequence < endSequence; // in this order: see drainInbox
    }

    /** Puts in line what was added. The caller then looks whether the first is ready. */
    void drainInbox() {
        lineUp(); // what a call that broke off has left
        if (inbox.get() != null) {
            for (PendingFuture<?> top = inbox.getAndSet(null); top != null; ) {
                PendingFuture<?> below = top.next;
                top.next = admitted;
                admitted = top;
                top = below;
            }
        }
        lineUp();
        if (first != null && first.sequence < firstSequence) {
            firstSequence = first.sequence;
        }
    }

    private void lineUp() {
        for (PendingFuture<?> future = admitted; future != null; future = admitted) {
            PendingFuture<?> younger = future.next;
            insert(future);
            admitted = younger;
        }
    }

    private void insert(PendingFuture<?> future) {
        PendingFuture<?> before = last;
        if (before != null && before.sequence > future.sequence) {
            before = placeOfOvertaken(future.sequence, nearest(future.sequence, before));
            lastOutOfOrder = future;
        }
        PendingFuture<?> behind = before == null ? first : before.next;
        future.previous = before;
        future.next = behind;
        if (before == null) {
            first = future;
        } else {
            before.next = future;
        }
        if (behind == null) {
            last = future;
        } else {
            behind.previous = future;
        }
    }

    /** Returns which of the last one and the last that was overtaken is likely to be nearer to a sequence. */
    private PendingFuture<?> nearest(long sequence, PendingFuture<?> end) {
        PendingFuture<?> late = lastOutOfOrder;
        return late != null && Math.abs(late.sequence - sequence) < end.sequence - sequence ? late : end;
    }

    /** Returns the last future that is not for a record behind a sequence, or null when there is none. */
    private static @Nullable PendingFuture<?> placeOfOvertaken(long sequence, PendingFuture<?> from) {
        PendingFuture<?> before = from;
        while (before != null && before.sequence > sequence) {
            before = before.previous;
        }
        if (before != null) {
            for (PendingFuture<?> next = before.next; next != null && next.sequence <= sequence; next = next.next) {
                before = next;
            }
        }
        return before;
    }

    @Nullable
    PendingFuture<?> first() {
        return first;
    }

    /** Takes the first one out. */
    void removeFirst() {
        PendingFuture<?> removed = first;
        if (removed != null) {
            remove(removed);
        }
    }

    /** Takes one out that is in line. */
    void remove(PendingFuture<?> removed) {
        PendingFuture<?> before = removed.previous;
        PendingFuture<?> behind = removed.next;
        if (before == null) {
            first = behind;
        } else {
            before.next = behind;
        }
        if (behind == null) {
            last = before;
        } else {
            behind.previous = before;
        }
        removed.previous = null;
        removed.next = null;
        if (lastOutOfOrder == removed) {
            lastOutOfOrder = null;
        }
    }

    /**
     * Lets {@link #mayHaveBefore} know of the first, after others were taken out. A cursor that moves meanwhile sees
     * the line begin with the first or with one that was before it, so its loop wakes the thread for the first in
     * either case.
     */
    void publishFirst() {
        long sequence = first == null ? Long.MAX_VALUE : first.sequence;
        if (firstSequence != sequence) {
            firstSequence = sequence;
        }
    }

    void forEach(Consumer<PendingFuture<?>> action) {
        for (PendingFuture<?> future = first; future != null; future = future.next) {
            action.accept(future);
        }
    }
}
