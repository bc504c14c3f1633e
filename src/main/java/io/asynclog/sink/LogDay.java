package io.asynclog.sink;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A calendar day in a time zone, of 23 to 25 hours where the clocks change.
 *
 * @param date the date
 * @param endNanos where the next day begins, or where the day was made to end, in nanoseconds since the epoch
 */
record LogDay(LocalDate date, long endNanos) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_DAY = 24 * 60 * 60 * NANOS_PER_SECOND;

    static LogDay of(long epochNanos, ZoneId zone) {
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(epochNanos, NANOS_PER_SECOND));
        LocalDate date = instant.atZone(zone).toLocalDate();
        long endSecond = date.plusDays(1).atStartOfDay(zone).toEpochSecond();
        return new LogDay(date, endSecond * NANOS_PER_SECOND);
    }

    boolean isOver(long epochNanos) {
        return epochNanos >= endNanos;
    }

    /** Returns whether a time lies more than a day or so before this day. */
    boolean isFarAhead(long epochNanos) {
        return epochNanos < endNanos - 2 * NANOS_PER_DAY;
    }

    /** Returns this date with the end of another day. */
    LogDay endingWith(LogDay other) {
        return new LogDay(date, other.endNanos);
    }
}
