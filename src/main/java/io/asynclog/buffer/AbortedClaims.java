package io.asynclog.buffer;

/**
 * The claims whose writing broke off and that became padding: they have a sequence, and are no records. The latest are
 * known one by one, in an array of a fixed length, as there may be no memory when one is added.
 *
 * <p>Written under the buffer's lock.
 */
final class AbortedClaims {
    /** A stack has to end within a few instructions for each of them: as many do not happen within one backlog. */
    private static final int MAX_KNOWN = 256;

    private final long[] sequences = new long[MAX_KNOWN];
    /** Volatile: read without the lock, too. */
    private volatile long count;

    /** Adds the sequence of a claim. Under the lock. */
    void add(long sequence) {
        long before = count;
        sequences[(int) (before % MAX_KNOWN)] = sequence;
        count = before + 1;
    }

    /** Returns how many there were. Needs no lock. */
    long count() {
        return count;
    }

    /** Returns how many there are from a sequence to another one, exclusive. Under the lock. */
    long countBetween(long from, long to) {
        long found = 0;
        for (int i = 0; i < Math.min(count, MAX_KNOWN); i++) {
            found += sequences[i] >= from && sequences[i] < to ? 1 : 0;
        }
        return found;
    }
}
