package io.asynclog.buffer;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The log as its readers see it: finds the segments they read, tells how far it goes, and hears from them what they are
 * done with.
 */
final class ReadableLog {
    private final SegmentStorage storage;
    private final SegmentChain chain;
    private final Tail tail;
    private final Room room;
    private final CursorSet cursors;
    private final EpochClock clock;
    private final ReentrantLock lock;
    private final Supplier<UUID> instance;
    /** Where the records of this process begin; what lies before was left by an earlier one. */
    private final long firstPosition;

    private final long firstSequence;
    private final AtomicLong highWaterBytes = new AtomicLong();
    /** Guarded by the lock. */
    private boolean released;

    /**
     * Creates the log.
     *
     * @param recovered what an earlier process left; the records of this one begin behind it
     */
    ReadableLog(
            SegmentStorage storage,
            RecoveredLog recovered,
            SegmentChain chain,
            Tail tail,
            Room room,
            CursorSet cursors,
            EpochClock clock) {
        this.storage = storage;
        this.chain = chain;
        this.tail = tail;
        this.room = room;
        this.cursors = cursors;
        this.clock = clock;
        lock = room.lock();
        instance = storage.instance();
        firstPosition = recovered.endPosition();
        firstSequence = recovered.endSequence();
    }

    /** Returns what gives the identity of the log, which its records carry, to whoever asks. */
    Supplier<UUID> instance() {
        return instance;
    }

    /** Returns whether a position lies in what an earlier process left. */
    boolean isRecoveredPosition(long position) {
        return position < firstPosition;
    }

    /** Returns the sequence of the first record of this process. */
    long firstSequence() {
        return firstSequence;
    }

    /** Returns how many records of this process there are from a sequence to another one, exclusive. */
    long recordsBetween(long from, long to) {
        lock.lock();
        try {
            return to - from - tail.abortedBetween(from, to);
        } finally {
            lock.unlock();
        }
    }

    boolean isClaimedBeyond(long position) {
        return claimedPosition() > position;
    }

    /** Returns the position behind all that is claimed. */
    long claimedPosition() {
        return tail.claimedPosition();
    }

    /**
     * Returns how long ago the first record at or behind a position was logged, in nanoseconds; 0 when there is none,
     * or when the log was given up: its files may be the next owner's.
     */
    long ageOfFirst(long position) {
        lock.lock();
        try {
            long loggedAt = released ? LoggedTime.UNKNOWN : LoggedTime.from(chain, position);
            return loggedAt == LoggedTime.UNKNOWN ? 0 : Math.max(0, clock.epochNanos() - loggedAt);
        } finally {
            lock.unlock();
        }
    }

    // ---- cursors ----------------------------------------------------------------------------------------------------

    CursorSet cursors() {
        return cursors;
    }

    /**
     * Has a reader come to the segment that holds a position, or to the first behind it. Under the lock, until the
     * reader's place is in there: from then on whoever takes the segment out of use sees that it is being read. Were
     * the place set later, a segment could be cleared, and filled anew, between being found and being read.
     *
     * @param reader sets the place, and returns false when the segment is not for it
     * @return the segment; null when there is none, it is not for the reader, or the log was given up
     */
    @Nullable
    Segment enter(long position, Predicate<Segment> reader) {
        lock.lock();
        try {
            Segment found = released ? null : chain.find(position);
            return found != null && reader.test(found) ? found : null;
        } finally {
            lock.unlock();
        }
    }

    /** Sees to it that a segment has intact records only. Not under the lock: it may have to be read from the disk. */
    void verify(Segment segment) {
        if (!segment.isVerified()) {
            storage.verify(segment);
        }
    }

    /**
     * Copies some records from a position on; see {@link Cursor#sampleBeyond}.
     *
     * @param place of the cursor that asks
     */
    List<SegmentBatch> sample(CursorPlace place, boolean required, long from, BacklogSample.Filter wanted, int max) {
        if (required) {
            verifyNext(from);
        }
        List<SegmentBatch> taken =
                new ArrayList<>(withSample(place, from, wanted, sample -> sample.next((max + 1) / 2)));
        for (int left = max - taken.size(); left > 0; left--) {
            taken.addAll(withSample(place, from, wanted, BacklogSample::any));
        }
        return taken;
    }

    /**
     * Checks one more segment of the backlog, so that the samples of one round after the other reach ever further. Only
     * for a cursor that nobody can take the segment from meanwhile: a best-effort one does without.
     */
    private void verifyNext(long from) {
        Segment next = null;
        lock.lock();
        try {
            for (Segment segment : chain.between(from, Long.MAX_VALUE)) {
                if (!segment.isVerified()) {
                    next = segment;
                    break;
                }
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            verify(next);
        }
    }

    /**
     * Takes from a sample under the lock, each time anew, so that nobody has to wait for all. Under the lock no segment
     * is taken away that the cursor has before it, unless it was told to skip it, or the log was released.
     */
    private List<SegmentBatch> withSample(
            CursorPlace place,
            long from,
            BacklogSample.Filter wanted,
            Function<BacklogSample, List<SegmentBatch>> action) {
        lock.lock();
        try {
            if (released || place.pendingSkip() != null) {
                return List.of();
            }
            return action.apply(new BacklogSample(instance, chain.between(from, Long.MAX_VALUE), from, wanted));
        } finally {
            lock.unlock();
        }
    }

    /** Ends the sampling: segments in files are the next owner's from now on. Under the lock. */
    void release() {
        released = true;
    }

    /** Called by a cursor that has moved. */
    void onPassed(boolean wholeSegment) {
        room.onPassed(wholeSegment);
    }

    /** Called by a cursor before it moves on, which is when the depth is at its local maxima. */
    void noteDepthOf(CursorPlace place) {
        long claimed = tail.claimedPosition(); // first: what is skipped meanwhile makes room for more
        noteDepth(claimed - place.neededPosition());
    }

    /** Called by whoever looks at the depth. */
    void noteDepth(long bytes) {
        if (bytes > highWaterBytes.get()) {
            highWaterBytes.accumulateAndGet(bytes, Math::max);
        }
    }

    /** Returns the largest depth that was noted. */
    long highWaterBytes() {
        return highWaterBytes.get();
    }

    // ---- the onlooker -----------------------------------------------------------------------------------------------

    /** Opens the onlooker, at the end of the log. */
    Onlooker openOnlooker() {
        lock.lock();
        try {
            Onlooker onlooker = new Onlooker(this, tail.claimedPosition());
            cursors.setOnlooker(onlooker);
            return onlooker;
        } finally {
            lock.unlock();
        }
    }

    /** Called by the onlooker when it has left a segment, which others may have passed meanwhile. */
    void onLeft(boolean closed) {
        if (closed) {
            room.onCursorRemoved();
        }
    }
}
