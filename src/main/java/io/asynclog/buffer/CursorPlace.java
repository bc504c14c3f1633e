package io.asynclog.buffer;

import org.jspecify.annotations.Nullable;

/**
 * Where a cursor is, for everybody: its owner moves it, other threads read it. Kept in a file as well where the buffer
 * outlives the process.
 */
final class CursorPlace {
    private final @Nullable SavedCursor saved;

    /**
     * Before which the owner has passed everything. Volatile, written by the owner: whoever reads it and frees a
     * segment before it must have the owner's reads of that segment behind him.
     */
    private volatile long position;
    /** The sequence at {@link #position}. Volatile, read by the completion of futures. */
    private volatile long sequence;

    private long missingSoFar;
    /**
     * How many of the sequences that an earlier process left were no records after all: calls that had not returned, or
     * damage. Volatile, written by the owner.
     */
    private volatile long missing;
    /** Where a best-effort cursor was told to go on. Written under the buffer's lock. */
    private volatile @Nullable SkipTarget skip;

    CursorPlace(long position, long sequence, @Nullable SavedCursor saved) {
        this.position = position;
        this.sequence = sequence;
        this.saved = saved;
    }

    /**
     * Moves the place. What is saved is never behind what others see: whoever sees the new position may free the
     * segment, and the next process could not find the old place any more.
     */
    void moveTo(long newPosition, long newSequence) {
        if (saved != null) {
            saved.pass(newPosition, newSequence);
        }
        sequence = newSequence;
        position = newPosition;
    }

    /** Counts sequences that are no records. For the owner. */
    void addMissing(long count) {
        if (count > 0) {
            missingSoFar += count;
            missing = missingSoFar;
        }
    }

    long position() {
        return position;
    }

    long sequence() {
        return sequence;
    }

    long missing() {
        return missing;
    }

    /** Returns the position before which the buffer need not keep anything for this cursor. */
    long neededPosition() {
        SkipTarget target = skip;
        return target == null ? position : Math.max(position, target.position());
    }

    /**
     * Says where to go on, and saves it, for what lies before may be freed at once. Called under the buffer's lock; the
     * owner follows.
     */
    void skipTo(long targetPosition, long targetSequence) {
        if (saved != null) {
            saved.pass(targetPosition, targetSequence);
        }
        skip = new SkipTarget(targetPosition, targetSequence);
    }

    /** Returns where the cursor was told to go on and has not yet, or null. */
    @Nullable
    SkipTarget pendingSkip() {
        SkipTarget target = skip;
        return target == null || target.position() <= position ? null : target;
    }

    /** Returns where the place is kept, or null when it is not. */
    @Nullable
    SavedCursor saved() {
        return saved;
    }

    /** A place ahead, as a pair. */
    record SkipTarget(long position, long sequence) {}
}
