package io.asynclog.layout;

import io.asynclog.LogRecord;
import io.asynclog.internal.DecimalDigits;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The time of a record. A second is formatted once; within it only the digits of the fraction are written. The two
 * latest seconds are kept, as the records of several threads alternate between them when a second turns.
 */
final class DatePart implements Part {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Year TRIED_YEAR = Year.of(2024);

    private final ZoneId zone;
    private final DateTimeFormatter beforeFraction;
    private final DateTimeFormatter afterFraction;
    private final int digits;
    private final int nanosPerDigit;
    private Second latest;
    private Second previous;

    private DatePart(FractionPattern pattern, ZoneId zone, Locale locale) {
        this.zone = zone;
        beforeFraction = DateTimeFormatter.ofPattern(pattern.before(), locale);
        afterFraction = DateTimeFormatter.ofPattern(pattern.after(), locale);
        digits = pattern.digits();
        nanosPerDigit = pattern.nanosPerDigit();
        latest = format(0);
        previous = latest;
    }

    /**
     * Returns a part for a pattern of {@link DateTimeFormatter}.
     *
     * @throws IllegalArgumentException when the pattern has a fault
     * @throws DateTimeException when it leaves too little room for some day of a year
     */
    static Part of(String pattern, ZoneId zone, Locale locale) {
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, locale);
        FractionPattern split = FractionPattern.of(pattern);
        if (split != null) {
            return new DatePart(split, zone, locale);
        }
        tryOut(formatter, zone);
        return (record, out) -> out.append(print(record.timestamp().atZone(zone), formatter));
    }

    /** Tries the end of each day in a year, where numbers and names are the longest: padding has no room to give. */
    private static void tryOut(DateTimeFormatter formatter, ZoneId zone) {
        for (int day = 1; day <= TRIED_YEAR.length(); day++) {
            String ignored =
                    formatter.format(TRIED_YEAR.atDay(day).atTime(LocalTime.MAX).atZone(zone));
        }
    }

    /** What was not found out when the pattern was read must not take a sink down, so the time is printed plainly. */
    private static String print(ZonedDateTime time, DateTimeFormatter formatter) {
        try {
            return formatter.format(time);
        } catch (DateTimeException noRoom) {
            return time.toInstant().toString();
        }
    }

    @Override
    public void append(LogRecord record, ByteOutput out) {
        long epochNanos = record.epochNanos();
        Second second = secondOf(epochNanos);
        int from = out.length() + second.fractionAt;
        out.append(second.text);
        writeFraction(out.array(), from, epochNanos - second.beginNanos);
    }

    /** Returns where the fraction begins in the print of a time. */
    int fractionAt(long epochNanos) {
        return secondOf(epochNanos).fractionAt;
    }

    /** Returns when the second began that a time lies in, in nanoseconds since the epoch. */
    long secondNanos(long epochNanos) {
        return secondOf(epochNanos).beginNanos;
    }

    /** Returns how long the last digit stays the same. */
    int tickNanos() {
        return nanosPerDigit;
    }

    /** Writes the digits of the fraction for so many nanoseconds, less than a second. */
    void writeFraction(byte[] bytes, int from, long nanos) {
        int within = (int) nanos;
        int fraction = digits == 3 ? within / 1_000_000 : within / nanosPerDigit; // a constant divisor is far cheaper
        DecimalDigits.putPadded(fraction, digits, bytes, from);
    }

    /** Returns whether a time lies in the second that began at another. */
    static boolean isWithinSecond(long epochNanos, long beginNanos) {
        long nanos = epochNanos - beginNanos;
        return nanos >= 0 && nanos < NANOS_PER_SECOND;
    }

    private Second secondOf(long epochNanos) {
        if (latest.contains(epochNanos)) {
            return latest;
        }
        Second found = previous.contains(epochNanos) ? previous : format(epochNanos);
        previous = latest;
        latest = found;
        return found;
    }

    private Second format(long epochNanos) {
        long epochSecond = Math.floorDiv(epochNanos, NANOS_PER_SECOND);
        ZonedDateTime time = Instant.ofEpochSecond(epochSecond).atZone(zone);
        ByteOutput text = new ByteOutput();
        text.append(beforeFraction.format(time));
        int fractionAt = text.length();
        text.appendBlanks(digits);
        text.append(afterFraction.format(time));
        return new Second(epochSecond * NANOS_PER_SECOND, text.cut(0), fractionAt);
    }

    /** A second in print, with room for the digits of the fraction. */
    private static final class Second {
        private final long beginNanos;
        private final byte[] text;
        private final int fractionAt;

        Second(long beginNanos, byte[] text, int fractionAt) {
            this.beginNanos = beginNanos;
            this.text = text;
            this.fractionAt = fractionAt;
        }

        boolean contains(long epochNanos) {
            return isWithinSecond(epochNanos, beginNanos);
        }
    }
}
