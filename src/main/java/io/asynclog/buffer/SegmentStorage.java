package io.asynclog.buffer;

import io.asynclog.internal.Checkpoint;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes segments, and keeps of the log what is to outlive the process. */
interface SegmentStorage {
    /**
     * Returns what gives the identity of the log to whoever asks, on any thread and at any time, after {@link #close}
     * too. Records keep it, so it keeps nothing large itself.
     */
    Supplier<UUID> instance();

    /** Returns whether segments outlive the process. */
    boolean isDurable();

    /** Returns what an earlier process left behind. To be called once, first. */
    RecoveredLog recover();

    /** Sees to it that a segment has intact records only. */
    void verify(Segment segment);

    /** Returns the place that is kept for a sink, a new one for a new sink; null when none is kept. */
    @Nullable
    SavedCursor openCursor(String sink);

    /** Called when all sinks of this process have their places. */
    void settle();

    /** Returns where a sink keeps a checkpoint: beside its place, or nowhere. */
    Checkpoint checkpointOf(String sink);

    /** Returns the places of all sinks. */
    List<SavedCursor> savedCursors();

    /** Returns what was found when the log was recovered, or null when there is nothing to recover. */
    @Nullable
    RecoveryStatus recoveryStatus();

    /**
     * Makes a free segment. May be called by several threads.
     *
     * @throws IOException when there is no room on the disk
     * @throws OutOfMemoryError when there is no direct memory left
     */
    Segment create() throws IOException;

    /**
     * Returns whether {@link #create} and {@link #clear} may take as long as a disk does, which may be for ever: then a
     * thread is started for them where there is one to be had, and callers wait for it with a bound.
     */
    boolean mayHang();

    /** Notes the place of a segment that is about to become the newest of the log. Called under the buffer's lock. */
    void noteNewest(Segment next, long base, long firstSequence);

    /** Returns how many free segments are to be kept ready for the callers. */
    int spares();

    /** Returns how many free segments are worth keeping when they come back from use. */
    int maxFree();

    /** Makes a segment ready for use again that nobody uses any more. */
    void clear(Segment segment);

    /** Returns the size of the segments that are made now. */
    int segmentSize();

    /** Gives up a segment that nobody uses any more. */
    void discard(Segment segment);

    /** Gives up a segment that a thread may still be reading. */
    void abandon(Segment segment);

    /** To be called once a second. */
    void housekeep();

    /**
     * Gives everything up for the next process to take over. May be called repeatedly.
     *
     * @param endPosition where the log ends
     * @param endSequence what the next record's sequence would have been
     */
    void close(long endPosition, long endSequence);
}
