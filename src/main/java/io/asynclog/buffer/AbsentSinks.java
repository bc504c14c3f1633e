package io.asynclog.buffer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The sinks of an earlier process that there are no longer. What they have not flushed is kept for a day, in case they
 * were left out by mistake and come back. But it is never kept at the price of new records: a buffer that is full gives
 * it up, as it does for a best-effort sink. All methods are called under the buffer's lock, and return what is to be
 * reported without it.
 */
final class AbsentSinks {
    static final Duration KEPT = Duration.ofDays(1);

    private final CursorSet cursors;
    private final LongSupplier epochMillis;
    private final LongSupplier nanoTime;
    private final List<Absent> absent = new ArrayList<>();

    /**
     * Creates it, with none.
     *
     * @param epochMillis tells for how long a sink has been gone that an earlier process missed
     * @param nanoTime tells that of one that this process is the first to miss: the other may be set
     */
    AbsentSinks(CursorSet cursors, LongSupplier epochMillis, LongSupplier nanoTime) {
        this.cursors = cursors;
        this.epochMillis = epochMillis;
        this.nanoTime = nanoTime;
    }

    /**
     * Adds a cursor that nobody reads with.
     *
     * @param endSequence one beyond the last record for it
     */
    String add(Cursor cursor, SavedCursor saved, long endSequence) {
        long missedNanos = nanoTime.getAsLong();
        if (saved.entry().goneSinceMillis() == 0) {
            saved.goneSince(epochMillis.getAsLong());
        } else {
            missedNanos -= KEPT.toNanos(); // or more
        }
        Absent sink = new Absent(cursor, saved, missedNanos);
        long records = endSequence - cursor.sequence();
        if (isOver(sink)) {
            return release(saved, records);
        }
        absent.add(sink);
        cursors.add(cursor);
        return "Sink '" + saved.name() + "' of an earlier process is not there; its " + records
                + " records are kept until "
                + Instant.ofEpochMilli(saved.entry().goneSinceMillis()).plus(KEPT)
                + ", or until the buffer is full, in case it comes back";
    }

    /** Forgets them, until they are added again. */
    void clear() {
        absent.clear();
    }

    /** Releases what was kept for long enough. */
    List<String> releaseExpired(long endSequence) {
        List<String> reports = new ArrayList<>();
        for (Absent sink : List.copyOf(absent)) {
            if (isOver(sink)) {
                absent.remove(sink);
                cursors.remove(sink.cursor());
                reports.add(release(sink.saved(), endSequence - sink.cursor().sequence()));
            }
        }
        return reports;
    }

    private boolean isOver(Absent sink) {
        return epochMillis.getAsLong() - sink.saved().entry().goneSinceMillis() >= KEPT.toMillis()
                && nanoTime.getAsLong() - sink.missedNanos() >= KEPT.toNanos();
    }

    private static String release(SavedCursor saved, long records) {
        saved.remove();
        return "There has been no sink '" + saved.name() + "' for " + KEPT.toHours() + " hours; its " + records
                + " records are released";
    }

    /** Returns how many records are kept, by sink. */
    Map<String, Long> depths(long endSequence) {
        Map<String, Long> depths = new LinkedHashMap<>();
        for (Absent sink : absent) {
            depths.put(sink.cursor().name(), endSequence - sink.cursor().sequence());
        }
        return depths;
    }

    private record Absent(Cursor cursor, SavedCursor saved, long missedNanos) {}
}
