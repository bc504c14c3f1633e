package io.asynclog.buffer;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the places that a buffer has for segments: how many there may be, how many are taken, and how many of these
 * are promised to threads that make a segment, or will. A caller that needs a segment now shares the last place with a
 * thread of the background, which may take long to begin with it: whoever is first fills it, and what the other makes
 * is one too many. Guarded by the buffer's lock, except where a method says otherwise.
 */
final class SegmentPlaces {
    /**
     * For so long the housekeeping does not try again what failed and nobody waits for: where memory is short, each
     * attempt takes half a second and has the JVM collect its garbage.
     */
    private static final long UNNEEDED_RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** For so long callers do not try again: only where there is no housekeeping, as before the engine is started. */
    private static final long CALLERS_RETRY_NANOS = 2 * UNNEEDED_RETRY_NANOS;

    private final int max;
    private final LongSupplier nanoTime;
    /** Segments that there are, and promised places: what the maximum bounds. */
    private int taken;

    private int promised;
    /** Threads that make a segment, or will: more than promised places where they share one, or it is filled. */
    private int makers;

    /** Volatile: also read without the lock. */
    private volatile boolean ended;
    /** Volatile: also read without the lock. */
    private volatile @Nullable Throwable failure;

    /** Volatile, like {@link #failure}, which is written after it. */
    private volatile long failedNanos;

    /** Whether the failure is but that somebody takes too long. */
    private boolean hangs;

    /** Creates the count, with no segment there. */
    SegmentPlaces(int max, LongSupplier nanoTime) {
        this.max = max;
        this.nanoTime = nanoTime;
    }

    int max() {
        return max;
    }

    /** Takes places for segments that there are already, of which there may be more than the maximum. */
    void take(int segments) {
        taken += segments;
    }

    /** Gives the places of segments back that are given up. */
    void giveBack(int segments) {
        taken -= segments;
    }

    /**
     * Promises a place to a caller that makes a segment now, perhaps one that is promised to another already.
     *
     * @return false when there is none, or a segment could not be made lately: to find out whether that has changed is
     *     left to the housekeeping, as it can take half a second where memory is short
     */
    boolean promiseNext() {
        if (failure != null && !mayRetry()) {
            return false;
        }
        if (taken < max) {
            taken++;
            promised++;
        } else if (promised == 0) {
            return false;
        }
        makers++;
        return true;
    }

    /** Promises as many places as there are, up to a number of them, and returns how many that is. */
    int promise(int segments) {
        int places = ended ? 0 : Math.max(0, Math.min(segments, max - taken));
        taken += places;
        promised += places;
        makers += places;
        return places;
    }

    int promised() {
        return promised;
    }

    /**
     * Called for each promise that is kept.
     *
     * @return whether there is a place for the segment; otherwise another was quicker
     */
    boolean fill() {
        makers--;
        failure = null;
        hangs = false;
        if (promised == 0) {
            return false;
        }
        promised--;
        return true;
    }

    /**
     * Called for each promise that is not kept.
     *
     * @param cause why the segment could not be made; null when nobody tried
     */
    void withdraw(@Nullable Throwable cause) {
        makers--;
        if (cause != null && promised > 0) { // or it was one too many anyhow
            hangs = false;
            fail(cause);
        }
        if (promised > makers) { // or it is the place of another, who still makes one
            promised--;
            taken--;
        }
    }

    /**
     * Notes that a segment is being made, or cleared, for so long that callers do not wait for it any more: until one
     * is made it is as if none could be.
     */
    void noteHang(long nanos) {
        if (hangs) {
            failedNanos = nanoTime.getAsLong(); // it still does, or callers would soon look for themselves
        } else if (failure == null) {
            hangs = true;
            fail(new IOException("A segment has been in the making, or is being cleared, for "
                    + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms already; the disk hangs, or is too slow"));
        }
    }

    /** Notes that nobody makes or clears a segment any more. */
    void endHang() {
        if (hangs) {
            hangs = false;
            failure = null;
        }
    }

    /** Notes that a segment that there was is of no use. */
    void giveUp(Throwable cause) {
        taken--;
        hangs = false;
        fail(cause);
    }

    private void fail(Throwable cause) {
        failedNanos = nanoTime.getAsLong();
        failure = cause; // in this order, or who sees it might take it for an old one
    }

    /** Returns why the latest segment could not be made, null when it could. Needs no lock. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Returns whether a caller may try again what failed. Needs no lock. */
    boolean mayRetry() {
        return hasFailedSince(CALLERS_RETRY_NANOS);
    }

    /** Returns whether the housekeeping is to try again what failed: now where somebody waits for it, else seldom. */
    boolean isRetryDue(boolean isNeeded) {
        return hasFailedSince(isNeeded ? 0 : UNNEEDED_RETRY_NANOS);
    }

    private boolean hasFailedSince(long nanos) {
        return failure != null && nanoTime.getAsLong() - failedNanos >= nanos;
    }

    /** Returns how many segments there can be at present: where no further one can be made, those that there are. */
    int attainable() {
        return failure == null ? max : taken - promised;
    }

    /** Promises no further places ahead of use. */
    void end() {
        ended = true;
    }

    /** Returns whether {@link #end} was called. Needs no lock. */
    boolean hasEnded() {
        return ended;
    }
}
