package io.asynclog.buffer;

import io.asynclog.ErrorHandler;
import io.asynclog.internal.Checkpoint;
import io.asynclog.internal.Trouble;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.event.Level;

/**
 * The append-only log between log calls and sinks: records in segments of direct memory or of memory-mapped files,
 * written by any number of threads and read by one {@link Cursor} per sink.
 *
 * <pre>
 *   producers: push ---claim, fill, publish---&gt; | segment | segment | current segment |
 *   cursors:                                        ^A             ^B
 * </pre>
 *
 * <p>A push claims its place with one atomic add, copies the record and publishes it; the usual push takes no lock. One
 * push in some thousands finds the segment full and exchanges it for a free one, under a lock, or has one made, up to
 * the maximum size. Where there is none, the overflow policy decides. The last segment is kept for records of level
 * {@code ERROR}. Segments that every cursor has passed are cleared by the thread that passed them last, and used again.
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
    /** Result of a push that waited: the record could not be written and is dropped. It is counted. */
    public static final long BROKEN_OFF = Tail.BROKEN_OFF;
    /** Result of {@link #tryPush}: the current segment has no room for the record. */
    public static final long NO_ROOM = Tail.NO_ROOM;

    /** Result of {@link #expireParked}: no record is parked. */
    public static final long NONE_PARKED = -1;

    private final BufferOptions options;
    private final EpochClock clock;
    private final EncoderPool encoders;
    private final CursorSet cursors = new CursorSet();
    private final SegmentStorage storage;
    private final boolean durable;
    private final AbsentSinks absentSinks;
    private final CursorOpener opener;
    private final Drops drops;
    private final SegmentChain chain;
    private final Tail tail;
    private final Room room;
    private final ReadableLog log;
    private final Trouble growth;
    private final Trouble spares;
    private final Trouble files;
    private final Trouble writing;
    private final ReentrantLock lock;
    private final SegmentForce force;

    /**
     * Creates a buffer: with one segment, or, where segments are files, with what an earlier process left in them. Then
     * the directory belongs to this buffer until {@link #release()}.
     *
     * @param background makes further segments ahead of their use, so that no caller pays for it; to throw only where
     *     it does not run the task
     * @param errors hears of damage to what an earlier process left
     * @throws io.asynclog.InvalidOptionException when the options contradict each other, or the directory cannot be
     *     used
     */
    public AsyncBuffer(BufferOptions options, Executor background, ErrorHandler errors) {
        this(options, background, errors, storage(options, errors));
    }

    AsyncBuffer(BufferOptions options, Executor background, ErrorHandler errors, SegmentStorage storage) {
        this(options, background, errors, storage, BufferClocks.system());
    }

    AsyncBuffer(
            BufferOptions options,
            Executor background,
            ErrorHandler errors,
            SegmentStorage storage,
            BufferClocks clocks) {
        options.check();
        this.options = options;
        clock = clocks.stamps();
        this.storage = storage;
        encoders = new EncoderPool(
                (int) options.maxRecordSize(),
                new MaskedKeys(options.maskedKeys()),
                Runtime.getRuntime().availableProcessors());
        drops = new Drops(options);
        chain = new SegmentChain(storage, options.maxSegments());
        durable = storage.isDurable();
        RecoveredLog recovered = storage.recover();
        tail = new Tail(cursors, firstSegment(recovered));
        room = new Room(options, background, cursors, chain, tail, drops, recovered.endPosition(), clocks.nanoTime());
        log = new ReadableLog(storage, recovered, chain, tail, room, cursors, clock);
        lock = room.lock();
        growth = new Trouble("The buffer cannot grow; the overflow policy decides when what it has is full", errors);
        spares = new Trouble("No segment can be made ahead of its use; callers make what they need", errors);
        files = new Trouble("A file of the buffer could not be made, or cleared for its next use", errors);
        writing =
                new Trouble("The buffer failed to write a record, or to tell of one, that no caller waits for", errors);
        absentSinks = new AbsentSinks(cursors, clocks.epochMillis(), clocks.nanoTime());
        opener = new CursorOpener(log, storage, chain, tail, room, cursors, absentSinks, errors);
        force = new SegmentForce(lock, tail, chain, recovered.endPosition());
        warmUp();
        if (durable) {
            room.prepareSpares();
        }
    }

    private static SegmentStorage storage(BufferOptions options, ErrorHandler errors) {
        options.check();
        int segmentSize = (int) options.segmentSize();
        return options.directory() == null
                ? new MemoryStorage(segmentSize, 0, 0)
                : MappedStorage.open(options.directory(), segmentSize, errors);
    }

    private Segment firstSegment(RecoveredLog recovered) {
        Segment first = chain.resume(recovered);
        if (first != null) {
            return first;
        }
        storage.close(recovered.endPosition(), recovered.endSequence());
        Throwable failure = chain.growthFailure();
        if (failure instanceof IOException) {
            throw MappedStorage.unusable(options.directory(), failure);
        }
        throw new OutOfMemoryError("No direct memory for a first segment of " + options.segmentSize()
                + " bytes; raise -XX:MaxDirectMemorySize or lower 'buffer.segment-size'");
    }

    /**
     * Loads and initializes the classes that a push needs: an initialization that fails, when the first log call of a
     * JVM comes at the end of a stack, would fail for good.
     */
    private void warmUp() {
        RecordEncoder record = encoders.lease();
        record.begin(Level.INFO, new byte[0], clock.epochNanos(), Thread.currentThread());
        record.message("{} {}", 2, 1, "x".repeat(PrintableAscii.MIN_BULK), null, null);
        complete(record);
        SegmentBatch.of(record).release();
        encoders.release(record);
    }

    /** Returns the options that the buffer was created with. */
    public BufferOptions options() {
        return options;
    }

    /** Returns the identity of the log, which its records carry: {@link io.asynclog.LogRecord#instance()}. */
    UUID instance() {
        return log.instance().get();
    }

    /** Returns whether segments are files, so that what was pushed survives the end of the process. */
    public boolean isDurable() {
        return durable;
    }

    /** Returns the clock by which records are stamped. */
    public EpochClock clock() {
        return clock;
    }

    // ---- producers --------------------------------------------------------------------------------------------------

    /** Leases an encoder for one record; to be given back once with {@link #releaseEncoder}, by any thread. */
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
     * Appends a record, waiting for room as the overflow policy has it. A caller that is interrupted while it waits
     * stops waiting, keeps its interrupt status, and its record is dropped.
     *
     * @return the record's sequence, {@link #DROPPED}, {@link #BROKEN_OFF} or {@link #CLOSED}
     */
    public long push(RecordEncoder record) {
        long result = tryPush(record);
        return result == NO_ROOM ? room.push(record, null) : result;
    }

    /**
     * Appends a record for which {@link #tryPush} has found no room, without waiting for a sink: at most, and for a
     * bounded time, for a segment that is being made. Where {@link #push} would wait, the record is parked: it keeps
     * its place before all that its caller logs later, and goes into the buffer as soon as there is room.
     *
     * @param record as {@link #tryPush} left it
     * @return the record's sequence, {@link #DROPPED}, {@link #CLOSED}, or {@link #PARKED}: then the encoder belongs to
     *     the buffer and {@link #expireParked} is due after the policy's maximum wait
     */
    public long pushOrPark(RecordEncoder record, PushCallback callback) {
        return room.push(record, callback);
    }

    /**
     * Appends a record if there is room in the current segment.
     *
     * @return the record's sequence or {@link #NO_ROOM}: {@link #push} and {@link #pushOrPark} may make room
     */
    public long tryPush(RecordEncoder record) {
        if (drops.areUnreported()) {
            reportDrops(record.epochNanos());
        }
        complete(record);
        return tail.offer(record, room.isParkedWaiting());
    }

    /** Does what is to be done for a record before its place is claimed: in a file, it has a checksum. */
    private void complete(RecordEncoder record) {
        record.complete();
        if (durable) {
            record.computeBodyCheck();
        }
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
        boolean told = false;
        try {
            RecordEncoder report = encoders.lease();
            drops.report(report, epochNanos, count, chain.growthFailure());
            complete(report);
            told = tail.offer(report, false) >= 0;
            releaseEncoder(report); // not when it breaks off: nobody knows then who has it, and in what state it is
        } finally {
            if (!told) {
                drops.giveBack(count);
            }
        }
    }

    /**
     * Says why a record was dropped, and what can be done: words that go on from "The record was dropped: ".
     *
     * @param result of its push: {@link #DROPPED} or {@link #BROKEN_OFF}
     */
    public String dropReason(long result) {
        return result == BROKEN_OFF
                ? "its place in the buffer could not be written. The error handler was told why."
                : drops.reason(chain.growthFailure());
    }

    /**
     * Drops the parked records that have waited for as long as the policy allows.
     *
     * @return in how many nanoseconds the next one is due, or {@link #NONE_PARKED}
     */
    public long expireParked() {
        return room.expireParked();
    }

    /** Returns how many callers have waited for so long that whoever makes room writes their records for them. */
    int overdueCount() {
        lock.lock();
        try {
            return room.overdueCount();
        } finally {
            lock.unlock();
        }
    }

    // ---- consumers --------------------------------------------------------------------------------------------------

    /**
     * Opens a cursor: where the sink of this name was when an earlier process ended, at the end of what that process
     * left when the sink is new, or at the oldest record when nothing is kept.
     *
     * @param name the sink's name
     * @param required whether the buffer waits for this cursor; otherwise it is told to skip when it lags and room is
     *     needed
     * @param owner the thread that will use it
     * @param maxBatch how many records it reads ahead at most
     */
    public Cursor openCursor(String name, boolean required, Thread owner, int maxBatch) {
        return opener.open(name, required, owner, maxBatch);
    }

    /**
     * To be called when cursors are about to be opened, one after the other. Until {@link #cursorsOpened} everything is
     * kept: what the first do not need, the others may.
     */
    public void openingCursors() {
        opener.begin();
    }

    /**
     * To be called when the cursors are open. Keeps what sinks of an earlier process have not flushed that have none in
     * this one. To be called once, or again after {@link #closeCursors}.
     *
     * @param all whether all sinks have theirs; else everything is kept, and a sink that has none yet is no sink that
     *     came later
     */
    public void cursorsOpened(boolean all) {
        opener.opened(all);
    }

    /**
     * Closes all cursors, because those who were to read with them could not be started: everything is needed again, as
     * before they were opened.
     */
    public void closeCursors() {
        opener.closeAll();
    }

    /** Opens a reader, from here on, that nothing waits for. There is one at most. */
    public Onlooker openOnlooker() {
        return log.openOnlooker();
    }

    /** Returns where a sink may keep what it needs to resume: {@link Checkpoint#NONE} where the buffer is memory. */
    public Checkpoint checkpointOf(String sink) {
        lock.lock();
        try {
            return storage.checkpointOf(sink);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the log as its readers see it; for tests. */
    ReadableLog log() {
        return log;
    }

    // ---- lifecycle --------------------------------------------------------------------------------------------------

    /**
     * Ends intake for good: what was pushed before is all there will be. Waiting callers are let go with
     * {@link #CLOSED}. May be called repeatedly.
     *
     * @return one beyond the sequence of the last record
     */
    public long close() {
        return room.close();
    }

    /** Returns whether {@link #close} was called. */
    boolean isClosed() {
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

    /**
     * Sets the clock right, mends broken writes and wake-ups, tries again to make a segment where that failed, and
     * gives memory back when none was needed for a while. To be called once a second; may take as long as a slow disk
     * does.
     */
    public void housekeep() {
        clock.calibrate();
        long ignored = room.expireParked(); // should their timer fail, for want of a thread say
        cursors.wakeAgain();
        room.housekeep();
        growth.update(chain.growthFailure());
        spares.update(room.rejection());
        room.tellFailuresApart(files);
        tellUnheard();
        storage.housekeep();
        opener.releaseExpired();
    }

    /**
     * Forces all that was pushed before the call to the device. To be called by one thread.
     *
     * @throws IOException when that failed; what is on the device then is not known
     * @throws UnsupportedOperationException when segments are memory
     */
    public void force() throws IOException {
        if (!durable) {
            throw new UnsupportedOperationException("The segments of this buffer are memory");
        }
        force.force();
    }

    /**
     * Gives the directory up, if there is one, for the next process to go on with what no sink has flushed. To be
     * called when the buffer is closed and no sink runs any more; may be called repeatedly.
     */
    public void release() {
        close();
        long end;
        long endSequence;
        lock.lock();
        try {
            end = tail.claimedPosition();
            endSequence = tail.nextSequence();
            log.release();
        } finally {
            lock.unlock();
        }
        tellUnheard(); // what came when the housekeeping had ended
        storage.close(end, endSequence);
    }

    private void tellUnheard() {
        writing.update(tail.takeUnheard());
    }

    /**
     * Returns one beyond the sequence of the last record claimed: what is logged from now on has this or a later one.
     */
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
        return nextSequence() - log.firstSequence() - tail.abortedCount();
    }

    /** Returns the buffer's figures. */
    public BufferStatus status() {
        lock.lock();
        try {
            long needed = cursors.neededPosition();
            long depth = room.bytesFrom(needed);
            log.noteDepth(depth);
            return new BufferStatus(
                    depth,
                    room.heldBytes(),
                    (long) chain.maxSegments() * options.segmentSize(),
                    log.highWaterBytes(),
                    log.ageOfFirst(needed),
                    chain.usedCount(),
                    chain.freeCount(),
                    chain.maxSegments(),
                    accepted(),
                    drops.count(),
                    room.blocked().waits(),
                    room.blocked().waitedNanos(),
                    room.isFull(),
                    room.fullNanos(),
                    storage.recoveryStatus(),
                    absentSinks.depths(tail.nextSequence()));
        } finally {
            lock.unlock();
        }
    }
}
