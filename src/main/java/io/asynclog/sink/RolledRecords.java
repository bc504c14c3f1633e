package io.asynclog.sink;

/**
 * Which records of a batch that failed are in a rolled file already. A failed batch comes again, as a whole or in pieces,
 * from its beginning; those records are then left out.
 */
final class RolledRecords {
    private long first = Long.MAX_VALUE;
    private long last = -1;

    boolean contains(long sequence) {
        return sequence >= first && sequence <= last;
    }

    /** Adds records by the sequences of the first and the last; none when the last is below the first. */
    void add(long firstSequence, long lastSequence) {
        if (lastSequence >= firstSequence) {
            first = Math.min(first, firstSequence);
            last = lastSequence;
        }
    }

    /** Forgets all: later records have been written. */
    void clear() {
        first = Long.MAX_VALUE;
        last = -1;
    }
}
