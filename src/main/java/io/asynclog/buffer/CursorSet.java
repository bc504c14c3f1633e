package io.asynclog.buffer;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The cursors of a buffer: what they still need, and which of them sleep. */
final class CursorSet {
    /** Replaced as a whole, under the buffer's lock, when a cursor is opened or released. */
    private volatile Cursor[] cursors = {};
    /** Whether some cursors are not there yet, so that nobody knows what they need. Written under the lock. */
    private volatile boolean opening;
    /** Holds a segment while it reads it, and counts for nothing else. Set once. */
    private volatile @Nullable Onlooker onlooker;
    /** Never below the number of cursors that say they sleep; see {@link Sleeper}. */
    private final AtomicInteger sleepers = new AtomicInteger();

    void add(Cursor cursor) {
        Cursor[] more = Arrays.copyOf(cursors, cursors.length + 1);
        more[cursors.length] = cursor;
        cursors = more;
    }

    void remove(Cursor cursor) {
        cursors = Arrays.stream(cursors).filter(other -> other != cursor).toArray(Cursor[]::new);
    }

    /** Has everything kept until all cursors are there. Under the lock. */
    void beginOpening() {
        opening = true;
    }

    void endOpening() {
        opening = false;
    }

    void clear() {
        cursors = new Cursor[0];
        opening = false;
    }

    void setOnlooker(Onlooker value) {
        onlooker = value;
    }

    boolean contains(String name) {
        return Arrays.stream(cursors).anyMatch(cursor -> cursor.name().equals(name));
    }

    /** Returns whether everything is needed, since there are no cursors, or not all of them. */
    boolean needAll() {
        return opening || cursors.length == 0;
    }

    // ---- sleeping ---------------------------------------------------------------------------------------------------

    void addSleeper() {
        sleepers.incrementAndGet();
    }

    void removeSleeper() {
        sleepers.decrementAndGet();
    }

    /** Wakes the cursors that sleep. To be called after every claim. Volatile read: pairs with {@link Sleeper}. */
    void wakeSleepers() {
        if (sleepers.get() != 0) {
            wakeEach();
        }
    }

    /** Makes up for those who broke off while they woke a cursor. To be called once a second. */
    void wakeAgain() {
        for (Cursor cursor : cursors) {
            cursor.sleeper().wakeAgain();
        }
    }

    /** Has all cursors look for records, those that linger too: somebody waits for room. */
    void hurry() {
        for (Cursor cursor : cursors) {
            cursor.hurry();
            cursor.sleeper().wakeAgain();
        }
    }

    /** Has the cursors that linger look for records: a segment is full of them. */
    void endLinger() {
        for (Cursor cursor : cursors) {
            cursor.sleeper().endLinger();
        }
    }

    private void wakeEach() {
        for (Cursor cursor : cursors) {
            cursor.sleeper().wakeIfAsleep();
        }
    }

    // ---- positions --------------------------------------------------------------------------------------------------

    /** Returns the position before which nothing need be kept. */
    long neededPosition() {
        long needed = needAll() ? 0 : Long.MAX_VALUE;
        for (Cursor cursor : cursors) {
            needed = Math.min(needed, cursor.neededPosition());
        }
        return needed;
    }

    /**
     * Returns the position before which a segment may be used again: the onlooker, too, holds what it reads right now.
     */
    long reusablePosition() {
        Onlooker reader = onlooker;
        long needed = neededPosition();
        return reader == null ? needed : Math.min(needed, reader.position());
    }

    /** Returns the position before which no required cursor needs anything: the highest there is where none is. */
    long requiredPosition() {
        return needAll() ? 0 : slowestRequired();
    }

    /**
     * Returns a number that changes when a cursor moves that callers wait for: the slowest of the required ones, for
     * where that stands still no record finds room however fast the others are; where none is required, any.
     */
    long progress() {
        long slowest = slowestRequired();
        if (slowest != Long.MAX_VALUE) {
            return slowest;
        }
        long sum = 0;
        for (Cursor cursor : cursors) {
            sum += cursor.position();
        }
        return sum;
    }

    private long slowestRequired() {
        long slowest = Long.MAX_VALUE;
        for (Cursor cursor : cursors) {
            if (cursor.isRequired()) {
                slowest = Math.min(slowest, cursor.position());
            }
        }
        return slowest;
    }

    /**
     * Returns whether some cursor, one that was told to skip, or the onlooker may still be reading a segment: its place
     * is in there.
     */
    boolean isReading(Segment segment) {
        Onlooker reader = onlooker;
        if (reader != null && reader.position() >= segment.base() && reader.position() < segment.end()) {
            return true;
        }
        for (Cursor cursor : cursors) {
            long position = cursor.position();
            if (cursor.owner() != null && position >= segment.base() && position < segment.end()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells the best-effort cursors that have not passed a segment to go on behind it, if no required one needs it.
     *
     * @return whether nobody needs the segment now
     */
    boolean skip(Segment segment) {
        if (needAll()) {
            return false;
        }
        for (Cursor cursor : cursors) {
            if (cursor.isRequired() && cursor.position() < segment.end()) {
                return false;
            }
        }
        for (Cursor cursor : cursors) {
            if (cursor.neededPosition() < segment.end()) {
                cursor.skipTo(segment.end(), segment.endSequence());
            }
        }
        return true;
    }
}
