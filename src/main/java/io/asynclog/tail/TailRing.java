package io.asynclog.tail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** The newest records of some kind, bounded in number and memory. Guarded by its owner. */
final class TailRing {
    private static final int MAX_RECORDS = 1000;
    /** In characters, of one or two bytes each. */
    private static final int MAX_WEIGHT = 1024 * 1024;

    private final Deque<TailRecord> records = new ArrayDeque<>();
    private long weight;

    void add(TailRecord record) {
        records.add(record);
        weight += record.weight();
        while (records.size() > MAX_RECORDS || weight > MAX_WEIGHT) {
            weight -= records.remove().weight();
        }
    }

    void forEach(Consumer<TailRecord> action) {
        records.forEach(action);
    }
}
