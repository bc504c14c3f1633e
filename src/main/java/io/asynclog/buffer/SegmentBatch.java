package io.asynclog.buffer;

import io.asynclog.LogBatch;
import io.asynclog.LogRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.event.Level;

/**
 * Records of one segment that a cursor has read and not yet passed, or a run of them, copied to the heap: one copy of
 * all is far cheaper than to read field by field what lies in another processor's cache. Belongs to the thread of its
 * cursor; what it hands out is valid until {@link #release}.
 */
public final class SegmentBatch implements LogBatch {
    private static final UUID NO_INSTANCE = new UUID(0, 0);

    private final byte[] bytes;
    /** Where the records begin in the segment. Shared with the slices. */
    private final int[] offsets;
    /** The offset in the segment of the first of the bytes. */
    private final int origin;

    private final int from;
    private final int to;
    private final Lease lease;
    private boolean redelivered;
    private boolean early;

    /**
     * Creates a batch.
     *
     * @param instance gives the identity of the log to whoever asks a record for it
     * @param bytes a copy of the segment from an offset on
     * @param origin that offset
     * @param offsets where records begin in the segment
     * @param from the first of them that belongs to the batch
     * @param to one beyond the last of them
     */
    SegmentBatch(Supplier<UUID> instance, byte[] bytes, int origin, int[] offsets, int from, int to) {
        this.bytes = bytes;
        this.origin = origin;
        this.offsets = offsets;
        this.from = from;
        this.to = to;
        this.lease = new Lease(instance);
    }

    /** Returns a batch of one record that is in no buffer. Its sequence is -1, its instance the nil UUID. */
    public static SegmentBatch of(RecordEncoder record) {
        record.complete();
        ByteBuffer bytes = ByteBuffer.allocate(record.recordLength()).order(ByteOrder.nativeOrder());
        RecordCodec.fill(bytes, 0, -1, record);
        return new SegmentBatch(() -> NO_INSTANCE, bytes.array(), 0, new int[] {0}, 0, 1);
    }

    @Override
    public int size() {
        return to - from;
    }

    @Override
    public boolean redelivered() {
        return redelivered;
    }

    void markRedelivered() {
        redelivered = true;
    }

    @Override
    public boolean early() {
        return early;
    }

    /** Returns the record at an index as a batch of its own that comes before its turn. */
    public SegmentBatch early(int index) {
        SegmentBatch one = slice(index, index + 1);
        one.early = true;
        return one;
    }

    @Override
    public Iterator<LogRecord> iterator() {
        return new Steps() {
            @Override
            LogRecord recordAt(int place) {
                return new RecordView(lease, bytes, place);
            }
        };
    }

    @Override
    public Iterable<LogRecord> oneAtATime() {
        return this::inOneView;
    }

    private Iterator<LogRecord> inOneView() {
        return new Steps() {
            private final RecordView view = new RecordView(lease, bytes, 0);

            @Override
            LogRecord recordAt(int place) {
                view.moveTo(place);
                return view;
            }
        };
    }

    /**
     * Returns the records from {@code begin} (inclusive) to {@code end} (exclusive) as a batch with a lease of its own.
     */
    public SegmentBatch slice(int begin, int end) {
        return new SegmentBatch(lease.instance, bytes, origin, offsets, from + begin, from + end);
    }

    /** Returns the record at an index from 0 to {@link #size()} - 1. */
    public LogRecord get(int index) {
        return new RecordView(lease, bytes, place(index));
    }

    /** Returns when the record at an index was logged, in nanoseconds since the epoch. */
    public long epochNanos(int index) {
        return RecordFields.epochNanos(bytes, place(index));
    }

    /** Returns the level of the record at an index. */
    public Level level(int index) {
        return Level.intToLevel(RecordFields.level(bytes, place(index)));
    }

    /** Returns the sequence of the record at an index. */
    public long sequence(int index) {
        return RecordFields.sequence(bytes, place(index));
    }

    /** Returns whether somebody holds a future for the record at an index. */
    public boolean isAwaited(int index) {
        return RecordFields.has(bytes, place(index), RecordCodec.FLAG_AWAITED);
    }

    private int place(int index) {
        return offsets[from + index] - origin;
    }

    /** Ends the validity of the records handed out: from now on their use throws. */
    public void release() {
        lease.released = true;
    }

    /** Goes from record to record. */
    private abstract class Steps implements Iterator<LogRecord> {
        private int next = from;

        /** Returns the record that begins at a place in the bytes. */
        abstract LogRecord recordAt(int place);

        @Override
        public boolean hasNext() {
            return next < to;
        }

        @Override
        public LogRecord next() {
            if (next >= to) {
                throw new NoSuchElementException();
            }
            return recordAt(offsets[next++] - origin);
        }
    }

    /**
     * What the views of one flush have in common; tells them when it is over. Volatile, so that a thread to which a
     * sink leaked a record learns of it; against a use at the very moment of the release nothing helps but
     * {@link LogRecord#copy()}.
     */
    static final class Lease {
        private final Supplier<UUID> instance;
        private volatile boolean released;

        Lease(Supplier<UUID> instance) {
            this.instance = instance;
        }

        UUID instance() {
            return instance.get();
        }

        boolean isReleased() {
            return released;
        }

        void check() {
            if (released) {
                throw new IllegalStateException(
                        "A LogRecord was used after the flush that it was given to had returned;"
                                + " keep a copy() of it instead");
            }
        }
    }
}
