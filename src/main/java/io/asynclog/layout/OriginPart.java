package io.asynclog.layout;

import io.asynclog.LogRecord;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Parts in a row that are the same for all records of one level, logger and thread, with at most one date among them: mostly
 * all that stands before the message. Prints them once in a second and then copies, writing only the digits of the fraction;
 * this is several times faster than to print them one by one.
 *
 * <p>Each origin has a choice of two places; the one that was used longer ago is given to a new one.
 */
final class OriginPart implements Part {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;
    private static final int SLOT_BITS = 10;
    private static final int MAX_NAMES_LENGTH = 1024;

    private final Part[] parts;
    /** The index of the date among the parts, or -1 when there is none. */
    private final int dateIndex;

    private final @Nullable DatePart date;
    private final @Nullable Print[] prints = new @Nullable Print[1 << SLOT_BITS];

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
        long epochNanos = record.epochNanos();
        Level level = record.level();
        int from = out.length();
        out.append(record, LogRecord.Text.LOGGER_NAME);
        int loggerLength = out.length() - from;
        out.append(record, LogRecord.Text.THREAD_NAME);
        int slot = slot(out.array(), from, out.length());
        Print print = prints[slot];
        if (print == null || !print.isOf(level, loggerLength, out, from)) {
            print = findElsewhere(slot, level, loggerLength, out, from);
        }
        if (print == null || (date != null && !print.isOfSecond(epochNanos))) {
            print(slot, record, loggerLength, out, from);
            return;
        }
        out.truncate(from);
        out.append(print.text);
        if (date != null) {
            date.writeFraction(out.array(), from + print.fractionAt, epochNanos - print.secondNanos);
        }
    }

    /** Looks in the second place, and puts what is there into the first. */
    private @Nullable Print findElsewhere(int slot, Level level, int loggerLength, ByteOutput out, int from) {
        Print found = prints[slot ^ 1];
        if (found == null || !found.isOf(level, loggerLength, out, from)) {
            return null;
        }
        prints[slot ^ 1] = prints[slot];
        prints[slot] = found;
        return found;
    }

    /** Prints the parts one by one and keeps the result. */
    private void print(int slot, LogRecord record, int loggerLength, ByteOutput out, int from) {
        byte[] names = out.cut(from);
        int fractionAt = 0;
        for (int i = 0; i < parts.length; i++) {
            if (i == dateIndex && date != null) {
                fractionAt = out.length() - from + date.fractionAt(record.epochNanos());
            }
            parts[i].append(record, out);
        }
        if (names.length > MAX_NAMES_LENGTH) {
            return;
        }
        Print known = prints[slot];
        if (known != null && !known.isOf(record.level(), loggerLength, names)) {
            prints[slot ^ 1] = known;
        }
        byte[] text = Arrays.copyOfRange(out.array(), from, out.length());
        long secondNanos = date == null ? 0 : date.secondNanos(record.epochNanos());
        prints[slot] = new Print(record.level(), names, loggerLength, text, secondNanos, fractionAt);
    }

    /** Takes eight bytes at a time; the last eight may overlap those before. */
    private static int slot(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        int last = to - Long.BYTES;
        for (int at = from; at < last; at += Long.BYTES) {
            hash = Long.rotateLeft(hash, 5) ^ (long) LONGS.get(bytes, at);
        }
        if (last >= from) {
            hash = Long.rotateLeft(hash, 5) ^ (long) LONGS.get(bytes, last);
        } else {
            for (int at = from; at < to; at++) {
                hash = Long.rotateLeft(hash, 5) ^ bytes[at];
            }
        }
        return (int) ((hash * GOLDEN_RATIO) >>> (Long.SIZE - SLOT_BITS));
    }

    /** What the parts look like for one origin in one second. */
    private static final class Print {
        private final Level level;
        /** The names of logger and thread, one behind the other. */
        private final byte[] names;

        private final int loggerLength;
        private final byte[] text;
        private final long secondNanos;
        private final int fractionAt;

        Print(Level level, byte[] names, int loggerLength, byte[] text, long secondNanos, int fractionAt) {
            this.level = level;
            this.names = names;
            this.loggerLength = loggerLength;
            this.text = text;
            this.secondNanos = secondNanos;
            this.fractionAt = fractionAt;
        }

        boolean isOf(Level otherLevel, int otherLoggerLength, ByteOutput out, int from) {
            return level == otherLevel
                    && loggerLength == otherLoggerLength
                    && Arrays.equals(names, 0, names.length, out.array(), from, out.length());
        }

        boolean isOf(Level otherLevel, int otherLoggerLength, byte[] otherNames) {
            return level == otherLevel && loggerLength == otherLoggerLength && Arrays.equals(names, otherNames);
        }

        boolean isOfSecond(long epochNanos) {
            return DatePart.isWithinSecond(epochNanos, secondNanos);
        }
    }
}
