package io.asynclog.sink;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A calendar day in a time zone, of 23 to 25 hours where the clocks change.
 *
 * @param date the date
 * @param endNanos where the next day begins, in nanoseconds since the epoch
 */
record LogDay(LocalDate date, long endNanos) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    static LogDay of(long epochNanos, ZoneId zone) {
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(epochNanos, NANOS_PER_SECOND));
        LocalDate date = instant.atZone(zone).toLocalDate();
        long endSecond = date.plusDays(1).atStartOfDay(zone).toEpochSecond();
        return new LogDay(date, endSecond * NANOS_PER_SECOND);
    }

    boolean isOver(long epochNanos) {
        return epochNanos >= endNanos;
    }
}
