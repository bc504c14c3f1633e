package io.asynclog.layout;

import io.asynclog.LogRecord;
import io.asynclog.buffer.RecordView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Parts in a row that are the same for all records of one level, logger and thread, with at most one date among them:
 * mostly all that stands before the message. Prints them once in a second, changes the digits of the fraction when they
 * change, and copies; this is several times faster than to print them one by one.
 *
 * <p>Each origin has a choice of two places; the one that was used longer ago is given to a new one, if that comes
 * twice before another that has no place either. Of more origins than places, such as the threads of thousands of
 * tasks, each would otherwise be printed for a place that it loses before it is used again.
 */
final class OriginPart implements Part {
    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;
    private static final int SLOT_BITS = 10;
    /** Later than any record. */
    private static final long NEVER = Long.MAX_VALUE;

    private final Part[] parts;
    /** The index of the date among the parts, or -1 when there is none. */
    private final int dateIndex;

    private final @Nullable DatePart date;
    private final @Nullable Print[] prints = new @Nullable Print[1 << SLOT_BITS];
    /** By slot, the {@link #hashOf hash} of the latest origin that had no place. */
    private final long[] placeless = new long[1 << SLOT_BITS];

    private final ByteOutput scratch = new ByteOutput();

    private OriginPart(Part[] parts, int dateIndex) {
        this.parts = parts;
        this.dateIndex = dateIndex;
        this.date = dateIndex < 0 ? null : (DatePart) parts[dateIndex];
    }

    /**
     * Returns one part for several.
     *
     * @param parts of an {@linkplain Part#isOfOrigin() origin}, but for one that may be a date
     */
    static OriginPart of(List<Part> parts) {
        int dateIndex = -1;
        for (int i = 0; i < parts.size(); i++) {
            dateIndex = parts.get(i) instanceof DatePart ? i : dateIndex;
        }
        return new OriginPart(parts.toArray(new Part[0]), dateIndex);
    }

    @Override
    public void append(LogRecord record, ByteOutput out) {
        if (record instanceof RecordView view) {
            Print print = printOf(view);
            if (print != null) {
                out.append(print.textFor(view));
                return;
            }
        }
        print(record, out); // one that comes seldom, a copy, or one of somebody else's
    }

    /** Returns null where the origin has no place, and gets none. */
    private @Nullable Print printOf(RecordView record) {
        int slot = (int) ((hashOf(record) * GOLDEN_RATIO) >>> (Long.SIZE - SLOT_BITS));
        Print print = prints[slot];
        return print != null && print.isOf(record) ? print : printElsewhere(slot, record);
    }

    /** Looks in the second place, and puts what is there, or else a new one if it deserves a place, into the first. */
    private @Nullable Print printElsewhere(int slot, RecordView record) {
        Print first = prints[slot];
        Print second = prints[slot ^ 1];
        if (second != null && second.isOf(record)) {
            prints[slot ^ 1] = first;
            prints[slot] = second;
            return second;
        }
        long hash = hashOf(record);
        boolean deservesPlace = first == null || placeless[slot] == hash;
        placeless[slot] = hash;
        if (!deservesPlace) {
            return null;
        }
        Print print = new Print(record);
        prints[slot ^ 1] = first == null ? second : first;
        prints[slot] = print;
        return print;
    }

    /** Levels of one logger and thread have places of their own, or three of them would chase each other out of two. */
    private static long hashOf(RecordView record) {
        return record.namesHash() + record.level().toInt();
    }

    /** Prints the parts one by one, and returns where the fraction of the date begins. */
    private int print(LogRecord record, ByteOutput out) {
        int fractionAt = 0;
        for (int i = 0; i < parts.length; i++) {
            if (i == dateIndex && date != null) {
                fractionAt = out.length() + date.fractionAt(record.epochNanos());
            }
            parts[i].append(record, out);
        }
        return fractionAt;
    }

    /** What the parts look like for one origin, at one time. */
    private final class Print {
        private final Level level;
        private final byte[] names;
        private final int loggerNameLength;

        private byte[] text;
        private int fractionAt;
        private long secondNanos;
        /** When the time that the text shows began; it is over when the last digit of the date changes. */
        private long beginNanos;

        Print(RecordView record) {
            level = record.level();
            names = record.names();
            loggerNameLength = record.utf8Length(LogRecord.Text.LOGGER_NAME);
            printAnew(record);
        }

        boolean isOf(RecordView record) {
            return record.isOf(level, names, loggerNameLength);
        }

        byte[] textFor(RecordView record) {
            if (date != null) {
                long epochNanos = record.epochNanos();
                long since = epochNanos - beginNanos;
                if (since < 0 || since >= date.tickNanos()) {
                    turnTo(epochNanos, record, date);
                }
            }
            return text;
        }

        private void turnTo(long epochNanos, RecordView record, DatePart shown) {
            if (!DatePart.isWithinSecond(epochNanos, secondNanos)) {
                printAnew(record);
                return;
            }
            long nanos = epochNanos - secondNanos;
            long begin = epochNanos - nanos % shown.tickNanos();
            beginNanos = NEVER; // should the writing break off, the next record writes anew
            shown.writeFraction(text, fractionAt, nanos);
            beginNanos = begin;
        }

        /** Prints anew. What the fields say belongs together, so they are set when nothing can fail any more. */
        private void printAnew(RecordView record) {
            scratch.clear();
            int fraction = print(record, scratch);
            byte[] printed = scratch.cut(0);
            long epochNanos = record.epochNanos();
            long second = date == null ? 0 : date.secondNanos(epochNanos);
            long begin = date == null ? 0 : epochNanos - (epochNanos - second) % date.tickNanos();
            secondNanos = second;
            beginNanos = begin;
            fractionAt = fraction;
            text = printed;
        }
    }
}
