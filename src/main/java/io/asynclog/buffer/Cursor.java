package io.asynclog.buffer;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * A reader of the log: the place of one sink. Owned by one thread, which {@linkplain #read reads ahead}, has the batch
 * flushed, and {@linkplain #pass passes} it; only then may the memory be used again.
 *
 * <p>Methods are for the owner unless they say otherwise.
 */
public final class Cursor {
    /** So that what is copied stays in the processor's cache until it is flushed; many records, for all that. */
    static final int MAX_BATCH_BYTES = 256 * 1024;

    private final ReadableLog log;
    private final String name;
    private final boolean required;
    /** Null when nobody reads with this cursor, since its sink is gone. */
    private final @Nullable Thread owner;

    private final int[] offsets;
    private final ReadAhead readAhead = new ReadAhead();

    private final CursorPlace place;
    private final Sleeper sleeper;
    private final long startSequence;

    private @Nullable Segment segment;
    private int offset;
    private long nextSequence;

    private @Nullable SegmentBatch batch;
    /** What {@link #read} was asked for last. */
    private int minLevel;

    private final ReadLevels levels = new ReadLevels();

    private boolean withFromSink;
    private int readOffset;
    private long readSequence;
    private int filtered;
    /** Whether somebody was in a hurry ahead of the latest read. */
    private boolean hurried;
    /**
     * Whether what somebody was in a hurry for may lie beyond the latest look: there was more, or a claim ahead of it.
     */
    private boolean isHurryUnmet;
    /** Whether the latest read ended with its batch full or at the end of a segment, and not of what there is. */
    private boolean hasMore;

    private long readMissing;
    private long lagged;
    /** One beyond the last record that the sink was given, whatever it did with it. */
    private long attemptedSequence;

    Cursor(
            ReadableLog log,
            String name,
            boolean required,
            @Nullable Thread owner,
            int maxBatch,
            long position,
            long sequence,
            @Nullable SavedCursor saved) {
        this.log = log;
        this.name = name;
        this.required = required;
        this.owner = owner;
        this.offsets = new int[maxBatch];
        this.nextSequence = sequence;
        this.startSequence = sequence;
        this.place = new CursorPlace(position, sequence, saved);
        this.sleeper = new Sleeper(log, place, owner);
        this.attemptedSequence = saved == null ? sequence : saved.entry().attempted();
    }

    /**
     * Reads ahead up to a batch of published records, all from one segment, and copies them: up to 256 KB, or one
     * record.
     *
     * @param lowest records below it are passed over and counted as filtered
     * @param fromSinksToo whether records that sinks logged are wanted; if not they are filtered too
     * @return whether there is anything to {@link #pass}
     */
    public boolean read(Level lowest, boolean fromSinksToo) {
        minLevel = lowest.toInt();
        withFromSink = fromSinksToo;
        hurried = sleeper.takeHurry() || isHurryUnmet;
        isHurryUnmet = hurried; // and stays so where this look breaks off
        long before = place.sequence();
        settle(); // should the last pass have broken off
        followSkip();
        levels.note(nextSequence, minLevel);
        filtered = 0;
        readMissing = 0;
        batch = null;
        hasMore = false;
        Segment current = findSegment();
        // Past missing or skipped records only, perhaps; futures may wait for those.
        boolean moved = lagged > 0 || place.sequence() > before;
        if (current == null) {
            return moved;
        }
        ByteBuffer bytes = current.bytes();
        int end = (int) Math.min(current.size(), (long) offset + MAX_BATCH_BYTES);
        int at = offset;
        int count = 0;
        int wantedEnd = offset;
        long next = nextSequence;
        readAhead.begin(current, at);
        while (at < end && count < offsets.length) {
            readAhead.fetch(bytes, at);
            int length = RecordCodec.publishedLength(bytes, at);
            if (length == 0) {
                break;
            }
            if (length < 0) {
                next = nextBehindPadding(bytes, at, next);
                at -= length;
                continue;
            }
            long recordSequence = RecordCodec.sequence(bytes, at);
            readMissing += recordSequence - next;
            if (isWanted(bytes, at, lowest.toInt(), fromSinksToo)) {
                offsets[count++] = at;
                wantedEnd = at + length;
            } else {
                filtered++;
            }
            next = recordSequence + 1;
            at += length;
        }
        hasMore = at >= end || count == offsets.length;
        isHurryUnmet = hurried && (hasMore || log.isClaimedBeyond(current.base() + at));
        if (count > 0) {
            batch = readAhead.copy(log.instance(), bytes, offsets, count, wantedEnd);
        }
        readOffset = at;
        readSequence = next;
        return at > offset || moved;
    }

    /**
     * Returns whether a record that this cursor has passed was read by a level that wants it; false also where that was
     * many changes of the level ago. For any thread that has seen the cursor behind the record.
     */
    public boolean takes(long recordSequence, Level level) {
        return levels.wanted(recordSequence, level);
    }

    private static boolean isWanted(ByteBuffer bytes, int at, int lowest, boolean fromSinksToo) {
        return RecordCodec.level(bytes, at) >= lowest
                && (fromSinksToo || !RecordCodec.has(bytes, at, RecordCodec.FLAG_FROM_SINK));
    }

    /**
     * Padding that was claimed as a record counts in the ledger of the process that claimed it, and is missing in the
     * next.
     */
    private long nextBehindPadding(ByteBuffer bytes, int at, long next) {
        if (!RecordCodec.has(bytes, at, RecordCodec.FLAG_ABORTED)) {
            return next;
        }
        long behind = RecordCodec.sequence(bytes, at) + 1;
        if (behind <= log.firstSequence()) {
            readMissing += behind - next;
        }
        return behind;
    }

    /** Returns the records that {@link #read} found, or null when it found only some to pass over. */
    public @Nullable SegmentBatch batch() {
        return batch;
    }

    /**
     * Copies some records from beyond what {@link #read} has read ahead, and passes none: the next ones, and others
     * picked at random from all that wait. May take some milliseconds, for which it does not hold the buffer's lock in
     * one piece.
     *
     * @return at most {@code max} batches of one record each; empty when nothing waits there
     */
    public List<SegmentBatch> sampleBeyond(int max) {
        long from = segment == null ? place.position() : segment.base() + readOffset;
        return log.sample(place, required, from, (bytes, at) -> isWanted(bytes, at, minLevel, withFromSink), max);
    }

    /**
     * Returns whether the latest {@link #read} is to be followed by the next one at once: somebody was in a
     * {@linkplain #hurry hurry} ahead of it, or it did not come to the end of what there is.
     */
    public boolean isPressed() {
        return hurried || hasMore;
    }

    /** Returns how many bytes {@link #read} has read ahead. */
    public int readBytes() {
        return readOffset - offset;
    }

    /** Returns how many records {@link #read} passed over by their level or origin. */
    public int filtered() {
        return filtered;
    }

    /** Returns how many records were passed over, unread, because this cursor lagged while the buffer was full. */
    public long lagged() {
        return lagged;
    }

    /**
     * Notes that the sink is about to be given a batch, and marks the batch when it may have been given a part of it
     * before.
     */
    public void attempt(SegmentBatch attempted) {
        if (attempted.sequence(0) < attemptedSequence) {
            attempted.markRedelivered();
        }
        long end = attempted.sequence(attempted.size() - 1) + 1;
        if (end > attemptedSequence) {
            attemptedSequence = end;
            SavedCursor saved = place.saved();
            if (saved != null) {
                saved.attempt(end);
            }
        }
    }

    /** Passes everything that {@link #read} has read ahead. Its memory may be used again from here on. */
    public void pass() {
        lagged = 0;
        batch = null;
        Segment current = segment;
        if (current == null) {
            return;
        }
        moveTo(readOffset, readSequence);
    }

    /**
     * Passes the records of the batch before an index, and with them the filtered ones that lie between;
     * {@link #filtered} then counts only these.
     *
     * @param index from 0 to the size of the batch - 1
     */
    public void passBefore(int index) {
        Segment current = segment;
        if (current == null) {
            return;
        }
        int target = offsets[index];
        ByteBuffer bytes = current.bytes();
        int before = 0;
        long next = nextSequence;
        readMissing = 0;
        for (int at = offset; at < target; ) {
            int length = RecordCodec.publishedLength(bytes, at);
            if (length > 0) {
                before++;
                readMissing += RecordCodec.sequence(bytes, at) - next;
                next = RecordCodec.sequence(bytes, at) + 1;
            } else {
                next = nextBehindPadding(bytes, at, next);
            }
            at += Math.abs(length);
        }
        long targetSequence = RecordCodec.sequence(bytes, target);
        readMissing += targetSequence - next;
        filtered = before - index;
        lagged = 0;
        batch = null;
        moveTo(target, targetSequence);
    }

    private void moveTo(int newOffset, long newSequence) {
        offset = newOffset;
        nextSequence = newSequence;
        settle();
    }

    /**
     * Brings the place to where this cursor is. That may break off, for want of memory say, when what lies before is
     * flushed and counted already: then the next read does it, and nothing comes twice.
     */
    private void settle() {
        Segment current = segment;
        if (current == null || (current.base() + offset == place.position() && nextSequence == place.sequence())) {
            return; // nothing was settled, which is no progress that a caller may wait for
        }
        boolean passedSegment = offset == current.size();
        if (passedSegment) {
            passEnd(current);
        }
        place.addMissing(readMissing);
        readMissing = 0;
        log.noteDepthOf(place);
        place.moveTo(current.base() + offset, nextSequence);
        if (passedSegment) {
            segment = null;
        }
        log.onPassed(passedSegment);
    }

    /** What an earlier process is known to have had at the end of a segment, and is not there, is missing. */
    private void passEnd(Segment passed) {
        if (log.isRecoveredPosition(passed.base()) && passed.isClosed() && passed.endSequence() > nextSequence) {
            readMissing += passed.endSequence() - nextSequence;
            nextSequence = passed.endSequence();
        }
    }

    private void followSkip() {
        CursorPlace.SkipTarget target = place.pendingSkip();
        if (target == null) {
            return;
        }
        lagged += log.recordsBetween(nextSequence, target.sequence());
        nextSequence = target.sequence();
        segment = null;
        offset = 0;
        readOffset = 0;
        readSequence = nextSequence;
        place.moveTo(target.position(), nextSequence);
    }

    private @Nullable Segment findSegment() {
        while (segment == null) {
            Segment found = log.enter(place.position(), this::reach);
            if (found == null) {
                return null;
            }
            log.verify(found);
            enter(found);
        }
        return segment;
    }

    /** Goes to a segment, or past it where damage leaves nothing to read behind this place. */
    private void enter(Segment found) {
        int boundary = found.boundaryFrom((int) (place.position() - found.base()));
        if (found.base() + boundary > place.position()) {
            place.moveTo(found.base() + boundary, nextSequence);
        }
        if (boundary == found.size()) {
            log.onPassed(true);
        } else {
            segment = found;
            offset = boundary;
            readOffset = boundary;
        }
    }

    /**
     * Moves the place into a segment; to its beginning where it lies ahead because those between are missing. Under the
     * buffer's lock.
     *
     * @return false when what lies between is skipped instead
     */
    private boolean reach(Segment found) {
        if (found.base() > place.position()
                && (place.pendingSkip() != null || !log.isRecoveredPosition(place.position()))) {
            // Told to skip what lies between: these records are given up, and not missing. Who took their segment out
            // of the chain said so under the lock.
            return false;
        }
        if (found.base() >= place.position() && found.firstSequence() > nextSequence) {
            place.addMissing(found.firstSequence() - nextSequence);
            nextSequence = found.firstSequence();
        }
        if (found.base() > place.position() || nextSequence > place.sequence()) {
            place.moveTo(Math.max(found.base(), place.position()), nextSequence);
        }
        return true;
    }

    // ---- waiting for records ----------------------------------------------------------------------------------------

    /**
     * Sleeps until a record is claimed at or after this cursor's place, {@link #wake} is called, or the time is over;
     * may return early for no reason.
     */
    public void sleep(long maxNanos) {
        sleeper.sleep(maxNanos);
    }

    /**
     * Does the same as {@link #linger}, unless so many bytes have come together since this cursor moved: then it
     * returns at once.
     */
    public void gather(long nanos, int enoughBytes) {
        Segment current = segment;
        int most = current == null ? enoughBytes : current.size() - offset - 1; // or who begins the next is missed
        sleeper.gather(nanos, Math.min(enoughBytes, most));
    }

    /**
     * Waits for more records to come together, until the time is over or somebody is {@linkplain #hurry in a hurry}, or
     * was since the latest {@link #read}; may return early for no reason.
     */
    public void linger(long nanos) {
        sleeper.linger(nanos);
    }

    /**
     * Has the owner look for records before it lingers again, and now if it does. For any thread, after the records
     * that it is to find.
     */
    public void hurry() {
        sleeper.hurry();
    }

    /** Wakes the owner from {@link #sleep}, now or as soon as it falls asleep. For any thread. */
    public void wake() {
        sleeper.wake();
    }

    Sleeper sleeper() {
        return sleeper;
    }

    @Nullable
    Thread owner() {
        return owner;
    }

    /** Returns where the place is kept, or null when it is not. */
    @Nullable
    SavedCursor saved() {
        return place.saved();
    }

    // ---- for other threads ------------------------------------------------------------------------------------------

    /** Returns the sink's name. For any thread. */
    public String name() {
        return name;
    }

    /** Returns whether the buffer waits for this cursor. For any thread. */
    public boolean isRequired() {
        return required;
    }

    /** Returns one beyond the sequence of the last record passed. For any thread. */
    public long sequence() {
        return place.sequence();
    }

    /** Returns the position before which everything is passed. For any thread. */
    long position() {
        return place.position();
    }

    /**
     * Returns how long ago the first record that is not passed was logged, in nanoseconds; 0 when there is none. For
     * any thread.
     */
    public long lagNanos() {
        return log.ageOfFirst(place.position());
    }

    /** Returns the position before which the buffer need not keep anything for this cursor. For any thread. */
    long neededPosition() {
        return place.neededPosition();
    }

    /** Returns whether a record is one of an earlier process. For any thread. */
    public boolean isRecovered(long recordSequence) {
        return recordSequence < log.firstSequence();
    }

    /**
     * Returns how many records of an earlier process there were for this cursor, as far as is known. For any thread.
     */
    public long recovered() {
        return Math.max(0, log.firstSequence() - startSequence) - place.missing();
    }

    /** Tells a best-effort cursor to go on at a later segment. Called under the buffer's lock. */
    void skipTo(long targetPosition, long targetSequence) {
        if (owner == null) {
            place.moveTo(targetPosition, targetSequence); // nobody is there to follow
            return;
        }
        place.skipTo(targetPosition, targetSequence);
    }
}
