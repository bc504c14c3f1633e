package io.asynclog.buffer;

import io.asynclog.LogRecord;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.event.Level;

/** A buffer of tiny segments, and records made once: a push reads them only. */
public final class StressBuffer {
    static final int SEGMENT_SIZE = 4096;
    /** Four of these fill a segment. */
    static final int QUARTER = SEGMENT_SIZE / 4;

    private static final int SMALL = 64;
    private static final BufferOptions OPTIONS = BufferOptions.defaults()
            .withSegmentSize(SEGMENT_SIZE)
            .withMaxRecordSize(SEGMENT_SIZE)
            .withMaxSize(4 * SEGMENT_SIZE);

    private static final RecordEncoder FILLER = record('f', QUARTER);
    private static final RecordEncoder[] SMALL_RECORDS = records('1', SMALL);
    private static final RecordEncoder[] QUARTER_RECORDS = records('1', QUARTER);

    private final AsyncBuffer buffer;

    /** Creates a buffer in which some quarters of the first segment are filled. */
    public StressBuffer(int filledQuarters) {
        buffer = new AsyncBuffer(
                OPTIONS,
                task -> {
                    throw new RejectedExecutionException("no spare segments here");
                },
                (message, cause) -> {});
        for (int i = 0; i < filledQuarters; i++) {
            buffer.push(FILLER);
        }
    }

    /** Returns a buffer whose cursors are saved in a place. */
    static AsyncBuffer withPlace(CursorStore place) {
        return new AsyncBuffer(
                OPTIONS,
                task -> {
                    throw new RejectedExecutionException("no spare segments here");
                },
                (message, cause) -> {},
                new MemoryStorage(SEGMENT_SIZE, 0, 0) {
                    @Override
                    public SavedCursor openCursor(String sink) {
                        return new SavedCursor(place, 0, new FileFormat.CursorEntry(0, 0, 0, 0, 0, sink, null));
                    }
                });
    }

    /** Pushes records that fill a segment exactly. */
    static void fillSegment(AsyncBuffer buffer) {
        for (int i = 0; i < SEGMENT_SIZE / QUARTER; i++) {
            buffer.push(FILLER);
        }
        buffer.push(FILLER); // closes it
    }

    /** Returns the buffer. */
    public AsyncBuffer buffer() {
        return buffer;
    }

    /** Opens a cursor. */
    public Cursor cursor() {
        return buffer.openCursor("stress", true, Thread.currentThread(), 16);
    }

    /** Pushes a record of 64 bytes that is known by its number, from 1 to 8. */
    public int pushSmall(int number) {
        return (int) buffer.push(SMALL_RECORDS[number - 1]);
    }

    /** Pushes a record of a quarter of a segment that is known by its number, from 1 to 8. */
    public int pushQuarter(int number) {
        return (int) buffer.push(QUARTER_RECORDS[number - 1]);
    }

    /**
     * Reads once and passes it.
     *
     * @param expectedSequence of the first record
     * @return the numbers of the records as decimal digits behind those seen before, or -1 when a record is not what
     *     was written or its sequence is not the next one
     */
    static int readOnce(Cursor cursor, int seenBefore, long expectedSequence) {
        int seen = seenBefore;
        if (!cursor.read(Level.TRACE, true)) {
            return seen;
        }
        long sequence = expectedSequence;
        SegmentBatch batch = cursor.batch();
        if (batch != null) {
            for (LogRecord record : batch) {
                char number = numberOf(record);
                if (number == 0 || record.sequence() != sequence++) {
                    return -1;
                }
                seen = number == 'f' ? seen : 10 * seen + number - '0';
            }
        }
        cursor.pass();
        return seen;
    }

    /** Reads and passes all there is, as {@link #readOnce} does. */
    static int readAll(Cursor cursor, int seenBefore) {
        int seen = seenBefore;
        for (long position = -1; seen >= 0 && position != cursor.position(); ) {
            position = cursor.position();
            seen = readOnce(cursor, seen, cursor.sequence());
        }
        return seen;
    }

    /** Returns the character that the whole message consists of, or 0 when there is more than one. */
    private static char numberOf(LogRecord record) {
        String message = record.message();
        char number = message.charAt(0);
        return message.chars().allMatch(c -> c == number) ? number : 0;
    }

    private static RecordEncoder[] records(char first, int length) {
        RecordEncoder[] records = new RecordEncoder[8];
        for (int i = 0; i < records.length; i++) {
            records[i] = record((char) (first + i), length);
        }
        return records;
    }

    private static RecordEncoder record(char number, int length) {
        RecordEncoder record =
                new RecordEncoder(SEGMENT_SIZE, new MaskedKeys(Set.of()), 0, new MessageTemplate.Cache());
        record.begin(Level.INFO, RecordEncoder.encodeLoggerName("l"), 1, new Thread("t"));
        record.message(String.valueOf(number).repeat(length - RecordCodec.HEADER_LENGTH - 2));
        return record;
    }
}
