package io.asynclog.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * The end of the log, where records are written: the current segment, and the attempt to put a record into it. Takes no
 * lock and never waits; what to do when there is no room is the matter of {@link Room}.
 */
final class Tail {
    /** Result of an attempt: there is no room in the segment. */
    static final long NO_ROOM = -4;
    /** Result of {@link #place}: the writing broke off. */
    static final long BROKEN_OFF = -5;

    private static final VarHandle BROKEN = brokenHandle();
    private static final int SPINS = 64;
    private static final long PARK_NANOS = 10_000;

    private final CursorSet cursors;
    private final AbortedClaims aborted = new AbortedClaims();

    /** The latest of the records whose writing broke off. */
    private volatile @Nullable RecordEncoder broken;

    /** Notes of broken writes that are yet to be mended, linked with each other. Guarded by the lock. */
    private @Nullable RecordEncoder unmended;

    /** The latest failure to write that no caller has heard of. */
    private volatile @Nullable Throwable unheard;

    /** Replaced under the buffer's lock, read by every push. */
    private volatile Segment current;

    Tail(CursorSet cursors, Segment first) {
        this.cursors = cursors;
        this.current = first;
    }

    private static VarHandle brokenHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(Tail.class, "broken", RecordEncoder.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    Segment current() {
        return current;
    }

    /** Exchanges the current segment for a further one, which was opened behind it. */
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
        long sequence = claimAndWrite(segment, record);
        cursors.wakeSleepers(); // also after a close: one that sleeps before the padding holds the segment
        return sequence;
    }

    /**
     * Behind the claim nothing can fail but the JVM itself, by a stack overflow say. Then the place must become
     * padding, for an unpublished one would stop every cursor for ever. The handler calls nothing, since a call is what
     * there may be no stack for: it only leaves a note, and {@link #mend} does the rest within a second. Two threads
     * that overflow in the same instant might lose one note; against that no plain store helps.
     */
    private long claimAndWrite(Segment segment, RecordEncoder record) {
        int length = record.recordLength();
        long claim = segment.claim(length);
        try {
            if (segment.fits(claim, length)) {
                long sequence = segment.sequence(claim);
                write(segment, Segment.offset(claim), length, sequence, record);
                return sequence;
            }
            if (segment.crosses(claim, length)) {
                segment.close(claim);
            }
            return NO_ROOM;
        } catch (Throwable failure) {
            record.retired = true;
            record.brokenSegment = segment;
            record.brokenClaim = claim;
            record.brokenLife = segment.life;
            record.brokenLength = length;
            record.nextBroken = broken;
            broken = record;
            throw failure;
        }
    }

    /**
     * Writes a record into a place of a segment that nobody can claim in yet, and leaves a note where that breaks off.
     *
     * @param index how many records lie before it
     * @return its sequence, or {@link #BROKEN_OFF}
     */
    long place(Segment segment, int index, int offset, RecordEncoder record) {
        long claim = Segment.claimOf(index, offset);
        long sequence = segment.sequence(claim);
        try {
            write(segment, offset, record.recordLength(), sequence, record);
            return sequence;
        } catch (Throwable failure) {
            record.retired = true;
            record.brokenSegment = segment;
            record.brokenClaim = claim;
            record.brokenLife = segment.life;
            record.brokenLength = record.recordLength();
            list(record);
            unheard = failure;
            return BROKEN_OFF;
        }
    }

    /** Copies a record into its claimed place and publishes it. */
    private void write(Segment segment, int offset, int length, long sequence, RecordEncoder record) {
        RecordCodec.fill(segment.bytes(), offset, sequence, record);
        if (segment.file() != null) {
            RecordCodec.seal(segment.bytes(), offset, length, record.bodyCheck(), segment.seed(offset));
        }
        RecordCodec.publish(segment.bytes(), offset, length);
    }

    /**
     * Mends what broken writes have left behind, or tries to: memory that could not be written may not take the padding
     * either, as yet. To be called once a second, and before the end. Under the lock. Allocates nothing, for that may
     * be what fails.
     */
    void mend() {
        // At once: a note that is left meanwhile either is taken or leads on to those taken, which are listed already.
        RecordEncoder next = (RecordEncoder) BROKEN.getAndSet(this, null);
        for (; next != null; next = next.nextBroken) {
            list(next);
        }
        RecordEncoder left = null;
        for (RecordEncoder note = unmended; note != null; ) {
            RecordEncoder following = note.nextUnmended;
            if (!isMended(note)) {
                note.nextUnmended = left;
                left = note;
            }
            note = following;
        }
        unmended = left;
    }

    private void list(RecordEncoder note) {
        if (!note.listed) {
            note.listed = true;
            note.nextUnmended = unmended;
            unmended = note;
        }
    }

    private boolean isMended(RecordEncoder note) {
        Segment segment = note.brokenSegment;
        if (segment != null && segment.life == note.brokenLife) {
            try {
                mend(segment, note.brokenClaim, note.brokenLength);
            } catch (Throwable failure) {
                unheard = failure;
                return false;
            }
        }
        note.brokenSegment = null; // which it needs not keep
        return true;
    }

    private void mend(Segment segment, long claim, int length) {
        if (segment.fits(claim, length)) {
            int offset = Segment.offset(claim);
            if (RecordCodec.publishedLength(segment.bytes(), offset) == 0) {
                RecordCodec.publishAborted(
                        segment.bytes(), offset, length, segment.sequence(claim), segment.seed(offset));
                aborted.add(segment.sequence(claim));
            }
        } else if (segment.crosses(claim, length) && segment.lacksEnd(claim)) {
            segment.close(claim);
        }
        cursors.wakeSleepers();
    }

    /** Makes every later claim in the current segment fail, by a claim that no segment can fit. Under the lock. */
    void seal() {
        Segment segment = current;
        int tooLong = segment.size() + 1;
        long claim = segment.claim(tooLong);
        if (segment.crosses(claim, tooLong)) {
            sealWith(claim, segment);
        }
        awaitClosing(true);
        cursors.wakeSleepers();
    }

    /**
     * The segment is closed in any case; who has read all of it is done, and needs no padding that cannot be written.
     */
    private void sealWith(long claim, Segment segment) {
        try {
            segment.close(claim);
        } catch (Throwable failure) {
            unheard = failure;
        }
    }

    /**
     * Between a crossing claim and the closing of its segment lie some instructions of one thread. Whoever comes in
     * between has nothing to do but to let that thread run.
     */
    void awaitClosing() {
        awaitClosing(false);
    }

    private void awaitClosing(boolean underLock) {
        Segment segment = current;
        for (int spin = 0; !segment.isClosed() && segment.claimedOffset() > segment.size(); spin++) {
            if (spin < SPINS) {
                Thread.onSpinWait();
                continue;
            }
            LockSupport.parkNanos(PARK_NANOS);
            if (underLock) {
                mend(); // should the closing have broken off: the housekeeping cannot come in
            }
        }
    }

    /** Returns the position up to which space is claimed. While a segment is being closed that is its end. */
    long claimedPosition() {
        Segment segment = current;
        return segment.isClosed() ? segment.end() : segment.base() + Math.min(segment.claimedOffset(), segment.size());
    }

    /**
     * Returns one beyond the sequence of the last record claimed. Under the lock: the segment must not be exchanged.
     */
    long nextSequence() {
        Segment segment = current;
        long sequence = segment.claimedSequence();
        if (!segment.isClosed() && segment.claimedOffset() <= segment.size()) {
            return sequence;
        }
        awaitClosing(true);
        return segment.endSequence();
    }

    /** Notes a failure that no caller can be told. */
    void noteUnheard(Throwable failure) {
        unheard = failure;
    }

    /** Returns the latest failure to write that no caller has heard of since the last look, or null. By one thread. */
    @Nullable
    Throwable takeUnheard() {
        Throwable latest = unheard;
        unheard = null;
        return latest;
    }

    /** Returns how many claims ended as padding. */
    long abortedCount() {
        return aborted.count();
    }

    /** Returns how many of the claims from a sequence to another one, exclusive, ended as padding. Under the lock. */
    long abortedBetween(long from, long to) {
        return aborted.countBetween(from, to);
    }
}
