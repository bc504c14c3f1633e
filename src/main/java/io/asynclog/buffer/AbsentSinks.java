package io.asynclog.buffer;

import io.asynclog.ErrorHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The sinks of an earlier process that there are no longer. What they have not flushed is kept for a day, in case they were
 * left out by mistake and come back. But it is never kept at the price of new records: a buffer that is full gives it up, as
 * it does for a best-effort sink. All methods are called under the buffer's lock, reports are made by the caller.
 */
final class AbsentSinks {
    static final Duration KEPT = Duration.ofDays(1);

    private final CursorSet cursors;
    private final LongSupplier epochMillis;
    private final ErrorHandler errors;
    private final List<Absent> absent = new ArrayList<>();

    AbsentSinks(CursorSet cursors, LongSupplier epochMillis, ErrorHandler errors) {
        this.cursors = cursors;
        this.epochMillis = epochMillis;
        this.errors = errors;
    }

    /** Adds a cursor that nobody reads with. */
    void add(Cursor cursor, SavedCursor saved, long endSequence) {
        long now = epochMillis.getAsLong();
        if (saved.entry().goneSinceMillis() == 0) {
            saved.goneSince(now);
        }
        if (isOver(saved, now)) {
            release(saved, endSequence - cursor.sequence());
            return;
        }
        errors.report(
                "Sink '" + saved.name() + "' of an earlier process is not there; its "
                        + (endSequence - cursor.sequence())
                        + " records are kept until "
                        + Instant.ofEpochMilli(saved.entry().goneSinceMillis()).plus(KEPT)
                        + ", or until the buffer is full, in case it comes back",
                null);
        absent.add(new Absent(cursor, saved));
        cursors.add(cursor);
    }

    /** Releases what was kept for long enough; returns whether there was any such thing. */
    boolean releaseExpired(long endSequence) {
        long now = epochMillis.getAsLong();
        List<Absent> expired =
                absent.stream().filter(sink -> isOver(sink.saved(), now)).toList();
        for (Absent sink : expired) {
            absent.remove(sink);
            cursors.remove(sink.cursor());
            release(sink.saved(), endSequence - sink.cursor().sequence());
        }
        return !expired.isEmpty();
    }

    private static boolean isOver(SavedCursor saved, long now) {
        return now - saved.entry().goneSinceMillis() >= KEPT.toMillis();
    }

    private void release(SavedCursor saved, long records) {
        saved.remove();
        errors.report(
                "There has been no sink '" + saved.name() + "' for " + KEPT.toHours() + " hours; its " + records
                        + " records are released",
                null);
    }

    /** Returns how many records are kept, by sink. */
    Map<String, Long> depths(long endSequence) {
        Map<String, Long> depths = new LinkedHashMap<>();
        for (Absent sink : absent) {
            depths.put(sink.cursor().name(), endSequence - sink.cursor().sequence());
        }
        return depths;
    }

    private record Absent(Cursor cursor, SavedCursor saved) {}
}
