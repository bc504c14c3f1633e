package io.asynclog.sink;

import java.time.Clock;
import java.time.LocalDate;

/** When a file is to be rolled, and of which day it is. Used by one thread at a time. */
final class RollPolicy {
    /*
     * The day of a file is that of its first record, and the file is rolled with the first record behind that day. Rolled
     * files are deleted by their day, so a file must never get one that lies long before its newest record:
     *
     *   - A file that cannot be renamed grows on and has the day of its newest record; the roll stays owed.
     *   - A record from long before the file's day says that the clock was wrong then, or is now. The file ends with the day
     *     of that record, or it might grow for years, but keeps the later of the two as its own.
     */
    private static final long RETRY_MILLIS = 60_000;
    private static final long NEVER = Long.MIN_VALUE;

    private final long maxFileSize;
    private final Clock clock;
    private LogDay day;
    /** When the roll failed that is owed, or {@link #NEVER}. */
    private long failedMillis = NEVER;

    RollPolicy(long maxFileSize, Clock clock) {
        this.maxFileSize = maxFileSize;
        this.clock = clock;
        day = dayOf(0);
    }

    /** Returns the day of the file. */
    LocalDate date() {
        return day.date();
    }

    /** Begins with a file that somebody else has written. */
    void found(long lastModifiedMillis) {
        day = dayOf(lastModifiedMillis * 1_000_000L);
    }

    /** Begins with an empty file. */
    void begin(long epochNanos) {
        day = dayOf(epochNanos);
        failedMillis = NEVER;
    }

    /**
     * Returns whether the file is to be rolled before a record is written.
     *
     * @param length the length of the file so far
     * @param epochNanos the time of the record
     */
    boolean isDue(long length, long epochNanos) {
        if (length == 0) {
            failedMillis = NEVER; // should somebody have emptied it
            day = day.isOver(epochNanos) || day.isFarAhead(epochNanos) ? dayOf(epochNanos) : day;
            return false;
        }
        if (day.isFarAhead(epochNanos)) {
            day = day.endingWith(dayOf(epochNanos));
        }
        if (failedMillis == NEVER) {
            return length >= maxFileSize || day.isOver(epochNanos);
        }
        if (isOver(failedMillis, RETRY_MILLIS, clock.millis())) {
            return true;
        }
        goOn(epochNanos);
        return false;
    }

    /** Notes that the file could not be rolled before a record, which is written to it all the same. */
    void failed(long epochNanos) {
        failedMillis = clock.millis();
        goOn(epochNanos);
    }

    private void goOn(long epochNanos) {
        day = day.isOver(epochNanos) ? dayOf(epochNanos) : day;
    }

    private LogDay dayOf(long epochNanos) {
        return LogDay.of(epochNanos, clock.getZone());
    }

    /** Returns whether a while has passed; also when the clock was set back, lest it take longer. */
    static boolean isOver(long sinceMillis, long whileMillis, long nowMillis) {
        return nowMillis < sinceMillis || nowMillis >= sinceMillis + whileMillis;
    }
}
