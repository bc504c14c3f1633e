package io.asynclog.tail;

import io.asynclog.buffer.SegmentBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * The newest records of an engine, for looking at. It shows what passes by and holds nothing up: of records that come
 * faster than somebody could read them it keeps the newest, and those of level WARN and above apart, so that a flood of
 * others cannot wash them away. Bounded in number and memory.
 *
 * <p>Safe for any number of threads.
 */
public final class LogTail {
    /** How many records of a batch are kept, of each kind: more of what came in a millisecond or two nobody reads. */
    private static final int KEPT_OF_BATCH = 32;

    /** Guards all fields below. Held for moments only. */
    private final Object lock = new Object();

    private final TailRing warnings = new TailRing();
    private final TailRing others = new TailRing();
    /** The sequence of the newest record that passed by, kept or not. */
    private long newest = -1;

    private @Nullable UUID instance;

    /** Creates an empty tail. */
    public LogTail() {}

    /** Takes the newest records of a batch. */
    void take(SegmentBatch batch) {
        List<TailRecord> taken = new ArrayList<>();
        int warningsLeft = KEPT_OF_BATCH;
        int othersLeft = KEPT_OF_BATCH;
        for (int i = batch.size() - 1; i >= 0 && (warningsLeft > 0 || othersLeft > 0); i--) {
            boolean warning = batch.level(i).toInt() >= Level.WARN.toInt();
            if (warning ? warningsLeft-- > 0 : othersLeft-- > 0) {
                taken.add(TailRecord.of(batch.get(i)));
            }
        }
        UUID log = batch.get(0).instance(); // not under the lock: the first to ask for it has it made
        synchronized (lock) {
            for (int i = taken.size() - 1; i >= 0; i--) {
                TailRecord record = taken.get(i);
                (record.level().toInt() >= Level.WARN.toInt() ? warnings : others).add(record);
            }
            instance = log;
            newest = Math.max(newest, batch.sequence(batch.size() - 1));
        }
    }

    /** Returns the newest records that match. */
    public TailPage read(TailQuery query) {
        List<TailRecord> kept = new ArrayList<>();
        UUID log;
        long next;
        long after;
        synchronized (lock) {
            log = instance;
            next = newest;
            after = query.afterIn(log, next);
            warnings.forEach(record -> addIfLater(kept, record, after));
            others.forEach(record -> addIfLater(kept, record, after));
        }
        kept.sort(Comparator.comparingLong(TailRecord::sequence));
        List<TailRecord> matching = kept.stream().filter(query::matches).toList();
        List<TailRecord> answer = matching.subList(Math.max(0, matching.size() - query.limit()), matching.size());
        return new TailPage(answer, log, next, leftOut(kept, matching, answer, after, next));
    }

    private static long leftOut(
            List<TailRecord> kept, List<TailRecord> matching, List<TailRecord> answer, long after, long next) {
        if (after >= 0) {
            return next - after - kept.size() + matching.size() - answer.size();
        }
        if (answer.isEmpty()) {
            return 0;
        }
        long first = answer.get(0).sequence();
        return next
                + 1
                - first
                - kept.stream().filter(record -> record.sequence() >= first).count();
    }

    private static void addIfLater(List<TailRecord> kept, TailRecord record, long after) {
        if (record.sequence() > after) {
            kept.add(record);
        }
    }
}
