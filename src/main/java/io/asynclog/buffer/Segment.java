package io.asynclog.buffer;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A piece of the log: equally large blocks of memory in which records lie one behind the other.
 *
 * <pre>
 *   free --begin, open--> open --(a claim crosses the end)--> closed --(all cursors passed)--> free
 * </pre>
 *
 * <p>The tail packs how many records were claimed (upper 24 bits) over the offset of the next one (lower 40 bits), so
 * that one atomic add claims a place and a sequence together, and all records lie in the order of their sequences.
 * Claims go on adding when the segment is full: the one claim that begins within the segment and ends outside it
 * <em>crosses</em>; its owner pads the rest and closes. Every later claim begins outside and fails.
 *
 * <p>A segment that is not open keeps its tail beyond the end. A producer that read this segment as the current one,
 * was held up, and claims after it was drained and freed therefore fails like any latecomer and looks again, instead of
 * writing into memory that nobody will read.
 */
final class Segment {
    private static final int COUNT_SHIFT = 40;
    private static final long OFFSET_MASK = (1L << COUNT_SHIFT) - 1;
    private static final VarHandle TAIL = MethodHandles.arrayElementVarHandle(long[].class);
    /** The tail stands alone on its cache lines: all producers write it, while they read the other fields. */
    private static final int TAIL_INDEX = 16;

    private static final byte[] ZEROS = new byte[16 * 1024];

    /**
     * Counts how often the segment was taken out of use. Changed under the buffer's lock, under which notes of broken
     * writes are compared with it: one of an earlier life has nothing to mend here.
     */
    int life;

    private final long[] tail = new long[2 * TAIL_INDEX];
    private final ByteBuffer bytes;
    private final int size;
    private final @Nullable SegmentFile file;

    /** Position of the first byte. Written before {@link #open} releases the tail, read after a claim acquired it. */
    private volatile long base;
    /** Sequence of the first record. Written and read like {@link #base}. */
    private volatile long firstSequence;
    /** One beyond the sequence of the last record. Valid once {@link #closed}. */
    private long endSequence;
    /** Written last by {@link #close}, so that whoever reads true sees {@link #endSequence}. */
    private volatile boolean closed = true;
    /**
     * Whether only the levels with a reserve may claim here. A late reader of it costs one record more or less, no
     * harm.
     */
    private volatile boolean reserved;
    /** Whether every record here is known to be intact. False only of a segment that an earlier process left. */
    private volatile boolean verified = true;
    /**
     * Whether a thread that forces is reading here, perhaps when all sinks have passed: then the file must not be cut.
     * Set under the buffer's lock while the segment is in use, so before whoever takes it out of use looks.
     */
    private volatile boolean forcing;

    /** Creates a free segment over zeroed memory. */
    Segment(ByteBuffer memory) {
        this(memory, null);
    }

    /** Creates a free segment over a file of zeros. */
    Segment(SegmentFile file) {
        this(file.data(), file);
    }

    private Segment(ByteBuffer memory, @Nullable SegmentFile file) {
        this.file = file;
        if (memory.alignmentOffset(0, RecordCodec.ALIGNMENT) != 0) {
            throw new IllegalArgumentException("Memory of a segment must be aligned to 8 bytes");
        }
        bytes = memory.order(ByteOrder.nativeOrder());
        size = memory.capacity();
        TAIL.setRelease(tail, TAIL_INDEX, size + 1L);
    }

    /** Creates a closed segment over a file that an earlier process left; nobody has looked at its records yet. */
    static Segment recovered(SegmentFile file, long base, long firstSequence) {
        Segment segment = new Segment(file);
        segment.base = base;
        segment.firstSequence = firstSequence;
        segment.verified = false;
        return segment;
    }

    /**
     * Sets one beyond the last sequence of a segment that an earlier process left. Before any other thread knows it.
     */
    void endAt(long newEndSequence) {
        endSequence = newEndSequence;
        closed = true;
    }

    /** Writes into the file of a free segment which place in the log it is about to get. Under the buffer's lock. */
    void writePlace(long newBase, long newFirstSequence) {
        if (file != null) {
            file.writeHeader(newBase, newFirstSequence);
        }
    }

    /** Gives a free segment its place in the log. Nobody can claim here yet. Called under the buffer's lock. */
    void begin(long newBase, long newFirstSequence) {
        base = newBase;
        firstSequence = newFirstSequence;
        verified = true; // whatever an earlier process had left here is gone
    }

    /**
     * Opens a segment for claims. Called under the buffer's lock.
     *
     * @param offset where the first claim begins, behind the {@code count} records already published here
     */
    void open(int offset, long count, boolean onlyReserve) {
        reserved = onlyReserve;
        closed = false;
        // Volatile: the fields above must be seen by whoever claims on this tail.
        TAIL.setVolatile(tail, TAIL_INDEX, (count << COUNT_SHIFT) | offset);
    }

    /** Claims space; {@link #fits}, {@link #crosses} and {@link #sequence} say what the claim is worth. */
    long claim(int length) {
        return (long) TAIL.getAndAdd(tail, TAIL_INDEX, (1L << COUNT_SHIFT) + length);
    }

    boolean fits(long claim, int length) {
        return (claim & OFFSET_MASK) + length <= size;
    }

    boolean crosses(long claim, int length) {
        long offset = claim & OFFSET_MASK;
        return offset <= size && offset + length > size;
    }

    /** Returns what a claim is that comes behind some records, at an offset. */
    static long claimOf(int records, int offset) {
        return ((long) records << COUNT_SHIFT) | offset;
    }

    static int offset(long claim) {
        return (int) (claim & OFFSET_MASK);
    }

    long sequence(long claim) {
        return firstSequence + (claim >>> COUNT_SHIFT);
    }

    /**
     * Pads the rest of the segment and closes it. Called by the owner of the crossing claim; once more, under the
     * buffer's lock, where the padding could not be written, which is no reason to keep those who wait for the closing.
     */
    void close(long crossingClaim) {
        int offset = offset(crossingClaim);
        try {
            if (offset < size) {
                RecordCodec.publishEndPadding(bytes, offset, size - offset);
            }
        } finally {
            endSequence = sequence(crossingClaim);
            closed = true;
        }
    }

    /** Returns whether a crossing claim has not closed the segment, or not padded it. */
    boolean lacksEnd(long crossingClaim) {
        int offset = offset(crossingClaim);
        return !closed || (offset < size && RecordCodec.publishedLength(bytes, offset) == 0);
    }

    /** Zeroes a drained segment that nobody reads any more, so that nothing in it reads as published. */
    void clear() {
        if (file != null) {
            file.writeHeader(FileFormat.FREE, FileFormat.FREE);
        }
        clearFrom(0);
    }

    /** Turns a place that no record can be read from into padding, so that cursors pass over it. */
    void pad(int from, int to) {
        RecordCodec.publishGap(bytes, from, to - from, seed(from));
    }

    /** Zeroes what lies behind an offset. */
    void clearFrom(int offset) {
        for (int at = offset; at < size; at += ZEROS.length) {
            bytes.put(at, ZEROS, 0, Math.min(ZEROS.length, size - at));
        }
    }

    /** Returns whether every claim in this closed segment is published. */
    boolean isWhole() {
        if (!verified) {
            return true; // an earlier process left it: nobody writes here, and its lengths cannot be trusted
        }
        int at = 0;
        while (at < size) {
            int length = RecordCodec.publishedLength(bytes, at);
            if (length == 0) {
                return false;
            }
            at += Math.abs(length);
        }
        return true;
    }

    /** Returns the first place at or behind an offset where a record or padding begins. */
    int boundaryFrom(int offset) {
        int at = 0;
        while (at < offset) {
            int length = RecordCodec.publishedLength(bytes, at);
            if (length == 0) {
                return offset; // the end of what is published
            }
            at += Math.abs(length);
        }
        return at;
    }

    /** Returns the file below, or null when there is only memory. */
    @Nullable
    SegmentFile file() {
        return file;
    }

    long salt() {
        return file == null ? 0 : file.salt();
    }

    /** Returns what ties the checksum of a record here to its place; see {@link RecordCheck}. */
    long seed(int offset) {
        return RecordCheck.seed(salt(), base + offset);
    }

    /** Returns the offset of the first place, at or behind one where a record begins, that is not published. */
    int publishedFrom(int offset) {
        int at = offset;
        while (at < size) {
            int length = Math.abs(RecordCodec.publishedLength(bytes, at));
            if (length <= 0 || length > size - at || length % RecordCodec.ALIGNMENT != 0) {
                return at;
            }
            at += length;
        }
        return at;
    }

    /** Forces what lies here between two offsets to the device, of the life in which this segment is at a base. */
    void force(long atBase, int from, int to) throws IOException {
        if (file != null) {
            file.force(atBase, from, to);
        }
    }

    /** Notes that a thread begins to force what lies here. Under the buffer's lock, while the segment is in use. */
    void beginForcing() {
        forcing = true;
    }

    /** Notes that it is done. By that thread. */
    void endForcing() {
        forcing = false;
    }

    boolean isForcing() {
        return forcing;
    }

    boolean isVerified() {
        return verified;
    }

    void markVerified() {
        verified = true;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isReserved() {
        return reserved;
    }

    void liftReserve() {
        reserved = false;
    }

    /** Returns how far claims have come, beyond {@link #size()} once one has crossed. */
    long claimedOffset() {
        return (long) TAIL.getVolatile(tail, TAIL_INDEX) & OFFSET_MASK;
    }

    /** Returns the sequence that the next claim would get; meaningful while no claim has crossed. */
    long claimedSequence() {
        return sequence((long) TAIL.getVolatile(tail, TAIL_INDEX));
    }

    /** Returns one beyond the last record's sequence; only of a closed segment. */
    long endSequence() {
        return endSequence;
    }

    ByteBuffer bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    long base() {
        return base;
    }

    /** Returns the position behind the last byte. */
    long end() {
        return base + size;
    }

    long firstSequence() {
        return firstSequence;
    }
}
