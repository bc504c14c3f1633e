package io.asynclog.buffer;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * The append-only log between log calls and sinks: records in segments of direct memory, written by any number of threads
 * and read by one {@link Cursor} per sink.
 *
 * <pre>
 *   producers: push ---claim, fill, publish---&gt; | segment | segment | current segment |
 *   cursors:                                        ^A             ^B
 * </pre>
 *
 * <p>A push claims its place with one atomic add, copies the record and publishes it; the usual push takes no lock. One push
 * in some thousands finds the segment full: under the lock it links a free segment, or a new one up to the maximum size.
 * Where there is none, the overflow policy decides. The last segment is kept for records of level {@code ERROR}. Segments
 * that every cursor has passed are cleared by the thread that passed them last, and used again.
 *
 * <p>Safe for any number of threads.
 */
public final class AsyncBuffer {
    /** Result of a push: the buffer was full and the policy dropped the record. It is counted. */
    public static final long DROPPED = -1;
    /** Result of a push: the buffer is closed. */
    public static final long CLOSED = -2;
    /** Result of {@link #pushOrPark}: the record waits for room and the callback will tell. */
    public static final long PARKED = -3;

    private final BufferOptions options;
    private final UUID instance = UUID.randomUUID();
    private final EpochClock clock = new EpochClock();
    private final EncoderPool encoders;
    private final CursorSet cursors = new CursorSet();
    private final Drops drops;
    private final SegmentChain chain;
    private final Tail tail;
    private final Room room;
    private final ReentrantLock lock;
    private final AtomicLong highWaterBytes = new AtomicLong();

    /**
     * Creates a buffer with one segment.
     *
     * @param background makes further segments ahead of their use, so that no caller pays for it
     * @throws io.asynclog.InvalidOptionException when the options contradict each other
     */
    public AsyncBuffer(BufferOptions options, Executor background) {
        this(options, background, 0, 0);
    }

    /** Creates a buffer whose positions and sequences begin at given numbers. */
    AsyncBuffer(BufferOptions options, Executor background, long firstPosition, long firstSequence) {
        options.check();
        this.options = options;
        encoders = new EncoderPool(
                (int) options.maxRecordSize(), Runtime.getRuntime().availableProcessors());
        drops = new Drops(options);
        chain = new SegmentChain((int) options.segmentSize(), options.maxSegments());
        Segment first = chain.extend(false);
        if (first == null) {
            throw new OutOfMemoryError("No direct memory for a first segment of " + options.segmentSize()
                    + " bytes; raise -XX:MaxDirectMemorySize or lower asynclog.buffer.segment-size");
        }
        first.activate(firstPosition, firstSequence, 0, 0, false);
        tail = new Tail(cursors, first);
        room = new Room(options, background, cursors, chain, tail, drops);
        lock = room.lock();
        warmUp();
    }

    /**
     * Loads and initializes the classes that a push needs: an initialization that fails, when the first log call of a JVM
     * comes at the end of a stack, would fail for good.
     */
    private void warmUp() {
        RecordEncoder record = encoders.lease();
        record.begin(Level.INFO, new byte[0], clock.epochNanos(), Thread.currentThread());
        record.message("{} {}", 2, 1, "long enough to be copied as a whole", null);
        SegmentBatch.of(record).release();
        encoders.release(record);
    }

    /** Returns the options that the buffer was created with. */
    public BufferOptions options() {
        return options;
    }

    /** Returns the identity of the log, which its records carry: {@link io.asynclog.LogRecord#instance()}. */
    public UUID instance() {
        return instance;
    }

    /** Returns the clock by which records are stamped. */
    public EpochClock clock() {
        return clock;
    }

    // ---- producers --------------------------------------------------------------------------------------------------

    /** Leases an encoder for one record; to be given back with {@link #releaseEncoder} by the same thread. */
    public RecordEncoder leaseEncoder() {
        return encoders.lease();
    }

    /** Gives an encoder back. */
    public void releaseEncoder(RecordEncoder encoder) {
        if (!encoder.retired) {
            encoders.release(encoder);
        }
    }

    /**
     * Appends a record, waiting for room as the overflow policy has it. A caller that is interrupted while it waits stops
     * waiting, keeps its interrupt status, and its record is dropped.
     *
     * @return the record's sequence, {@link #DROPPED} or {@link #CLOSED}
     */
    public long push(RecordEncoder record) {
        return push(record, null);
    }

    /**
     * Appends a record without ever waiting. Where {@link #push} would wait, the record is parked: it keeps its place before
     * all that its caller logs later, and goes into the buffer as soon as there is room.
     *
     * @return the record's sequence, {@link #DROPPED}, {@link #CLOSED}, or {@link #PARKED}: then the encoder belongs to the
     *     buffer and {@link #expireParked} is due after the policy's maximum wait
     */
    public long pushOrPark(RecordEncoder record, PushCallback callback) {
        return push(record, callback);
    }

    private long push(RecordEncoder record, @Nullable PushCallback callback) {
        if (drops.areUnreported()) {
            reportDrops(record.epochNanos());
        }
        long result = tail.offer(record, room.isParkedWaiting());
        return result == Tail.NO_ROOM ? room.push(record, callback) : result;
    }

    /** Puts one line before the first record that finds room again, saying how many did not. */
    private void reportDrops(long epochNanos) {
        Segment segment = tail.current();
        if (segment.isClosed() || segment.isReserved()) {
            return;
        }
        long count = drops.takeUnreported();
        if (count == 0) {
            return;
        }
        RecordEncoder report = encoders.lease();
        try {
            drops.report(report, epochNanos, count, chain.growthFailure());
            if (tail.offer(report, false) < 0) {
                drops.giveBack(count);
            }
        } finally {
            releaseEncoder(report);
        }
    }

    /** Drops the parked records that have waited for as long as the policy allows. */
    public void expireParked() {
        room.expireParked();
    }

    // ---- consumers --------------------------------------------------------------------------------------------------

    /**
     * Opens a cursor at the oldest record.
     *
     * @param name the sink's name
     * @param required whether the buffer waits for this cursor; otherwise it is told to skip when it lags and room is needed
     * @param owner the thread that will use it
     * @param maxBatch how many records it reads ahead at most
     */
    public Cursor openCursor(String name, boolean required, Thread owner, int maxBatch) {
        lock.lock();
        try {
            Segment oldest = chain.oldest();
            Segment last = tail.current();
            long position = oldest == null ? last.end() : oldest.base();
            long sequence = oldest == null ? last.endSequence() : oldest.firstSequence();
            Cursor cursor = new Cursor(this, name, required, owner, maxBatch, position, sequence);
            cursors.add(cursor);
            return cursor;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the segment that holds a position, or null when it does not exist yet. */
    @Nullable
    Segment segmentAt(long position) {
        lock.lock();
        try {
            return chain.find(position);
        } finally {
            lock.unlock();
        }
    }

    /** Called by a cursor that has moved. */
    void onPassed(boolean wholeSegment) {
        room.onPassed(wholeSegment);
    }

    /** Called by a cursor at every batch, which is when the depth is at its local maxima. */
    void noteDepth(long position) {
        long depth = tail.claimedPosition() - position;
        if (depth > highWaterBytes.get()) {
            highWaterBytes.accumulateAndGet(depth, Math::max);
        }
    }

    boolean isClaimedBeyond(long position) {
        return tail.claimedPosition() > position;
    }

    CursorSet cursors() {
        return cursors;
    }

    // ---- the device -------------------------------------------------------------------------------------------------

    /** Returns whether the buffer is in mapped files, whose records can be {@linkplain #force forced} to the device. */
    public boolean isDurable() {
        return false;
    }

    /**
     * Forces all records that are published to the device; those of a closed buffer, too. Called by one thread at a time.
     *
     * @throws IOException when the device did not confirm it
     */
    public void force() throws IOException {
        if (!isDurable()) {
            throw new UnsupportedOperationException("The buffer is in memory");
        }
    }

    // ---- lifecycle --------------------------------------------------------------------------------------------------

    /**
     * Ends intake for good: what was pushed before is all there will be. Waiting callers are let go with {@link #CLOSED}.
     * May be called repeatedly.
     *
     * @return one beyond the sequence of the last record
     */
    public long close() {
        return room.close();
    }

    /** Returns whether {@link #close} was called. */
    public boolean isClosed() {
        return room.isClosed();
    }

    /** Returns whether a cursor has passed all that a closed buffer holds. */
    public boolean isDrained(Cursor cursor) {
        if (!room.isClosed()) {
            return false;
        }
        Segment last =
                tail.current(); // the last one for good, since closed was read before, but perhaps not yet sealed
        return last.isClosed() && cursor.sequence() >= last.endSequence();
    }

    /** Sets the clock right, mends broken writes, and gives memory back when no segment was needed for a while. To be called once a second. */
    public void housekeep() {
        clock.calibrate();
        room.housekeep();
    }

    /** Returns one beyond the sequence of the last record claimed: what is logged from now on has this or a later one. */
    public long nextSequence() {
        lock.lock();
        try {
            return tail.nextSequence();
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many records were taken since the start. */
    public long accepted() {
        return nextSequence() - tail.abortedCount();
    }

    /** Returns the buffer's figures. */
    public BufferStatus status() {
        lock.lock();
        try {
            long claimed = tail.claimedPosition();
            Segment oldest = chain.oldest();
            long needed = cursors.isEmpty() && oldest != null ? oldest.base() : cursors.neededPosition();
            long depthBytes = Math.max(0, claimed - Math.min(claimed, needed));
            return new BufferStatus(
                    depthBytes,
                    (long) chain.maxSegments() * options.segmentSize(),
                    highWaterBytes.get(),
                    chain.usedCount(),
                    chain.freeCount(),
                    chain.maxSegments(),
                    accepted(),
                    drops.count(),
                    room.isFull());
        } finally {
            lock.unlock();
        }
    }
}
