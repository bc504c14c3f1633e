package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

/**
 * Checks that records arrive as they were logged: each life's behind those of the one before, those of each producer in
 * their order, and none of them missing or twice. As a producer counts from 0 without a gap, its next number is all
 * that may come.
 */
final class Lives {
    private final Map<Integer, long[]> arrived = new HashMap<>();
    private final String where;
    private int latestLife;
    private long count;

    Lives(String where) {
        this.where = where;
    }

    void arrived(Numbered record) {
        assertThat(record.life()).as("%s: life behind %s", where, record).isGreaterThanOrEqualTo(latestLife);
        latestLife = record.life();
        long[] next = arrived.computeIfAbsent(record.life(), life -> new long[Numbered.PRODUCERS]);
        if (next[record.producer()] != record.number()) {
            throw new AssertionError(where + ": " + record.life() + " " + record.producer() + " " + record.number()
                    + " in the place of number " + next[record.producer()]);
        }
        next[record.producer()]++;
        count++;
    }

    /** Fails when a call has returned whose record is not there, or more are there than were logged. */
    void assertComplete(int life, LifeNotes notes) {
        long[] next = arrived.getOrDefault(life, new long[Numbered.PRODUCERS]);
        for (int producer = 0; producer < Numbered.PRODUCERS; producer++) {
            long returned = notes.returned(producer);
            assertThat(next[producer])
                    .as(
                            "%s: records of producer %d in life %d, of which %d had returned",
                            where, producer, life, returned)
                    .isBetween(returned, returned + 1); // the call that was under way, or had just returned
        }
    }

    long count() {
        return count;
    }
}
