package io.asynclog.buffer;

import io.asynclog.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.event.Level;

/** A buffer of small segments whose background tasks run when the test says so, and records of exact sizes. */
final class BufferFixture {
    static final int SEGMENT_SIZE = 4096;
    /** Four records of this size fill a segment exactly. */
    static final int QUARTER = SEGMENT_SIZE / 4;

    private static final byte[] LOGGER = RecordEncoder.encodeLoggerName("l");
    private static final Thread CALLER = new Thread("t");
    private static final int FIXED_LENGTH = RecordCodec.HEADER_LENGTH + 2;
    private static final int BATCH_SIZE = 64;

    final AsyncBuffer buffer;
    final List<String> reports = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> background = new ConcurrentLinkedQueue<>();

    BufferFixture(BufferOptions options) {
        this(options, 0, 0);
    }

    BufferFixture(BufferOptions options, long firstPosition, long firstSequence) {
        this(options, new MemoryStorage((int) options.segmentSize(), firstPosition, firstSequence));
    }

    BufferFixture(BufferOptions options, BufferClocks clocks) {
        MemoryStorage storage = new MemoryStorage((int) options.segmentSize(), 0, 0);
        buffer = new AsyncBuffer(options, background::add, (message, cause) -> reports.add(message), storage, clocks);
    }

    BufferFixture(BufferOptions options, SegmentStorage storage) {
        buffer = new AsyncBuffer(options, background::add, (message, cause) -> reports.add(message), storage);
    }

    /** Returns options of a buffer that blocks for longer than any test lasts. */
    static BufferOptions options(int maxSegments) {
        return BufferOptions.defaults()
                .withSegmentSize(SEGMENT_SIZE)
                .withMaxSize((long) maxSegments * SEGMENT_SIZE)
                .withMaxRecordSize(SEGMENT_SIZE)
                .withMaxWait(Duration.ofMinutes(1));
    }

    void runBackground() {
        for (Runnable task = background.poll(); task != null; task = background.poll()) {
            task.run();
        }
    }

    /** Leases an encoder and fills it. */
    RecordEncoder record(Level level, String message) {
        return record(level, 1, message);
    }

    private RecordEncoder record(Level level, long epochNanos, String message) {
        RecordEncoder record = buffer.leaseEncoder();
        record.begin(level, LOGGER, epochNanos, CALLER);
        record.message(message);
        return record;
    }

    long push(String message) {
        return push(Level.INFO, message);
    }

    long push(Level level, String message) {
        return push(record(level, message));
    }

    /** Pushes a record that was logged a while ago. */
    long pushOfAge(Duration age, String message) {
        return push(record(Level.INFO, buffer.clock().epochNanos() - age.toNanos(), message));
    }

    private long push(RecordEncoder record) {
        try {
            return buffer.push(record);
        } finally {
            buffer.releaseEncoder(record);
        }
    }

    /** Parks a record, or pushes it when there is room. */
    long pushOrPark(Level level, String message, PushCallback callback) {
        RecordEncoder record = record(level, message);
        long result = buffer.tryPush(record);
        return result == AsyncBuffer.NO_ROOM ? buffer.pushOrPark(record, callback) : result;
    }

    /** Returns a message that makes a record of this many bytes, a multiple of 8; it begins with a tag and a colon. */
    static String sized(int recordLength, String tag) {
        String begin = tag + ":";
        return begin + "x".repeat(recordLength - FIXED_LENGTH - begin.length());
    }

    /** Pushes records of a quarter of a segment, tagged with their sequence. */
    void pushQuarters(int count) {
        for (int i = 0; i < count; i++) {
            String tag = Long.toString(buffer.nextSequence());
            long sequence = push(sized(QUARTER, tag));
            if (sequence != Long.parseLong(tag)) {
                throw new AssertionError("Record " + tag + " got " + sequence);
            }
        }
    }

    Cursor cursor(String name, boolean required) {
        return buffer.openCursor(name, required, Thread.currentThread(), BATCH_SIZE);
    }

    /** Returns the segment that holds a position. */
    Segment segmentAt(long position) {
        return buffer.log().enter(position, found -> true);
    }

    /** Reads and passes all there is, and returns the messages' tags. */
    static List<String> drain(Cursor cursor) {
        List<String> tags = new ArrayList<>();
        while (cursor.read(Level.TRACE, true)) {
            tags.addAll(tags(cursor));
            cursor.pass();
        }
        return tags;
    }

    /** Returns the tags of the records that the cursor has read. */
    static List<String> tags(Cursor cursor) {
        List<String> tags = new ArrayList<>();
        SegmentBatch batch = cursor.batch();
        if (batch != null) {
            for (LogRecord record : batch) {
                tags.add(tag(record));
            }
        }
        return tags;
    }

    static String tag(LogRecord record) {
        String message = record.message();
        int end = message.indexOf(':');
        return end < 0 ? message : message.substring(0, end);
    }

    /** Returns the numbers from a to b, both included, as tags. */
    static List<String> numbers(long from, long to) {
        List<String> numbers = new ArrayList<>();
        for (long i = from; i <= to; i++) {
            numbers.add(Long.toString(i));
        }
        return numbers;
    }

    /** Hears what becomes of a parked record. */
    static final class Outcome implements PushCallback {
        static final long PENDING = Long.MIN_VALUE;
        private volatile long result = PENDING;

        @Override
        public void accepted(long sequence) {
            settle(sequence);
        }

        @Override
        public void refused(long reason) {
            settle(reason);
        }

        private void settle(long value) {
            if (result != PENDING) {
                throw new AssertionError("Called twice: " + result + ", " + value);
            }
            result = value;
        }

        long result() {
            return result;
        }
    }
}
