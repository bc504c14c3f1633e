package io.asynclog.buffer;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A reader that never holds up the log. It looks now and then, keeps a segment only while it reads, is never woken by a
 * log call and does not count as a sink. It misses records whose segment was used again before it came.
 *
 * <p>Owned by one thread.
 */
public final class Onlooker {
    private static final int MAX_BATCH = 4096;
    /** Where an onlooker is that reads nothing: beyond whatever a segment may hold. */
    private static final long AWAY = Long.MAX_VALUE;

    private final ReadableLog log;
    private final int[] offsets = new int[MAX_BATCH];
    private final ReadAhead readAhead = new ReadAhead();

    /** Where to go on. */
    private long next;

    private @Nullable Segment segment;

    /** Where the owner reads. Written under the buffer's lock when it comes, by the owner when it goes. */
    private volatile long position = AWAY;

    Onlooker(ReadableLog log, long start) {
        this.log = log;
        next = start;
    }

    /**
     * Shows what has come since the last look, batch by batch, each valid until the reader returns. What comes
     * meanwhile is for the next look: with records that come as fast as they are shown, this one would never end.
     *
     * @return whether there was anything
     */
    public boolean look(Consumer<SegmentBatch> reader) {
        long end = log.claimedPosition();
        boolean found = false;
        while (next < end) {
            SegmentBatch batch = read();
            if (batch == null) {
                break;
            }
            found = true;
            try {
                reader.accept(batch);
            } finally {
                batch.release();
            }
        }
        return found;
    }

    /** Returns the next records, all from one segment, or null when there are none now. */
    private @Nullable SegmentBatch read() {
        while (true) {
            Segment current = log.enter(next, this::enter);
            if (current == null) {
                return null;
            }
            SegmentBatch batch;
            boolean isAtEnd;
            try {
                batch = read(current);
                isAtEnd = next == current.end(); // before it is left: it may become another one
            } finally {
                leave();
            }
            if (batch != null || !isAtEnd) {
                return batch;
            }
        }
    }

    /** Reads some records; where that fails goes on behind what there is, or it would fail at the next look again. */
    private @Nullable SegmentBatch read(Segment current) {
        next = Math.min(current.end(), log.claimedPosition());
        ByteBuffer bytes = current.bytes();
        int at = (int) (position - current.base());
        int end = (int) Math.min(current.size(), (long) at + Cursor.MAX_BATCH_BYTES);
        int count = 0;
        int recordsEnd = at; // what comes behind may be padding for the rest of the segment, and is not to be copied
        readAhead.begin(current, at);
        while (at < end && count < MAX_BATCH) {
            readAhead.fetch(bytes, at);
            int length = RecordCodec.publishedLength(bytes, at);
            if (length == 0) {
                break;
            }
            if (length > 0) {
                offsets[count++] = at;
                recordsEnd = at + length;
            }
            at += Math.abs(length);
        }
        next = current.base() + at;
        return count == 0 ? null : readAhead.copy(log.instance(), bytes, offsets, count, recordsEnd);
    }

    /** Ends the reading: the segment may be used again. */
    private void leave() {
        Segment left = segment;
        if (left != null) {
            segment = null;
            position = AWAY;
            log.onLeft(left.isClosed());
        }
    }

    /** Comes to a segment, where it is to go on or, when that is gone, at the segment's beginning. Under the lock. */
    private boolean enter(Segment found) {
        segment = found;
        position = Math.max(found.base(), next);
        return true;
    }

    /** Returns the position before which the buffer need not keep anything for the onlooker. For any thread. */
    long position() {
        return position;
    }
}
