package io.asynclog.buffer;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.event.Level;

/**
 * The end of the log, where records are written: the current segment, and the attempt to put a record into it. Takes no
 * lock and never waits; what to do when there is no room is the matter of {@link Room}.
 */
final class Tail {
    /** Result of an attempt: there is no room in the segment. */
    static final long NO_ROOM = -4;

    private static final int SPINS = 64;
    private static final long PARK_NANOS = 10_000;

    private final CursorSet cursors;
    private final LongAdder aborted = new LongAdder();

    /** Replaced under the buffer's lock, read by every push. */
    private volatile Segment current;

    Tail(CursorSet cursors, Segment first) {
        this.cursors = cursors;
        this.current = first;
    }

    Segment current() {
        return current;
    }

    /** Exchanges the current segment for a further one, which was activated behind it. */
    void exchange(Segment next) {
        current = next;
    }

    static boolean hasReserve(Level level) {
        return level == Level.ERROR;
    }

    /** Tries the current segment, unless the record has no right to it. */
    long offer(RecordEncoder record, boolean parkedWaiting) {
        Segment segment = current;
        if (segment.isClosed() || (segment.isReserved() && (!hasReserve(record.level()) || parkedWaiting))) {
            return NO_ROOM;
        }
        return offer(segment, record);
    }

    /** Claims, fills and publishes, or closes the segment when the claim crosses its end. */
    long offer(Segment segment, RecordEncoder record) {
        int length = record.recordLength();
        long claim = segment.claim(length);
        if (segment.fits(claim, length)) {
            long sequence = segment.sequence(claim);
            write(segment, Segment.offset(claim), length, sequence, record);
            cursors.wakeSleepers();
            return sequence;
        }
        if (segment.crosses(claim, length)) {
            segment.close(claim);
            cursors.wakeSleepers(); // one that sleeps before the padding holds the segment, and there may be no other
        }
        return NO_ROOM;
    }

    /**
     * Fills a claimed place and publishes it. Nothing here can fail but the JVM itself, by a stack overflow say; then the
     * place becomes padding, for an unpublished one would stop every cursor for ever.
     */
    void write(Segment segment, int offset, int length, long sequence, RecordEncoder record) {
        try {
            RecordCodec.fill(segment.bytes(), offset, sequence, record);
            RecordCodec.publish(segment.bytes(), offset, length);
        } catch (Throwable failure) {
            RecordCodec.publishAborted(segment.bytes(), offset, length, sequence);
            aborted.increment();
            throw failure;
        }
    }

    /** Makes every later claim in the current segment fail, by a claim that no segment can fit. Under the lock. */
    void seal() {
        Segment segment = current;
        int tooLong = segment.size() + 1;
        long claim = segment.claim(tooLong);
        if (segment.crosses(claim, tooLong)) {
            segment.close(claim);
        }
        awaitClosing();
        cursors.wakeSleepers();
    }

    /**
     * Between a crossing claim and the closing of its segment lie some instructions of one thread. Whoever comes in between
     * has nothing to do but to let that thread run.
     */
    void awaitClosing() {
        Segment segment = current;
        for (int spin = 0; !segment.isClosed() && segment.claimedOffset() > segment.size(); spin++) {
            if (spin < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(PARK_NANOS);
            }
        }
    }

    /** Returns the position up to which space is claimed. While a segment is being closed that is its end. */
    long claimedPosition() {
        Segment segment = current;
        return segment.isClosed() ? segment.end() : segment.base() + Math.min(segment.claimedOffset(), segment.size());
    }

    /** Returns one beyond the sequence of the last record claimed. Under the lock: the segment must not be exchanged. */
    long nextSequence() {
        Segment segment = current;
        long sequence = segment.claimedSequence();
        if (!segment.isClosed() && segment.claimedOffset() <= segment.size()) {
            return sequence;
        }
        awaitClosing();
        return segment.endSequence();
    }

    /** Returns how many claims ended as padding. */
    long abortedCount() {
        return aborted.sum();
    }
}
