package io.asynclog.consumer;

import io.asynclog.buffer.Cursor;
import io.asynclog.buffer.SegmentBatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells a poisonous record from a dead sink: by whether others go through. A record is given up only when one did and
 * it failed again; a dead sink keeps its records. Only a few others are tried in a round, for a dead sink is not to be
 * hammered: the next ones, since poisonous records mostly stand alone, and some picked at random from all that wait, so
 * that no run or pattern of poisonous records looks like a dead sink for ever. What goes through that way comes again
 * in its turn.
 */
final class PoisonSearch {
    private static final int PROBES_NEXT = 3;
    private static final int PROBES_ANYWHERE = 2;
    private static final int PROBES = 7;
    /** How often a record must fail, with the sink known to be alive, to be refused for good. */
    private static final int LAST_ATTEMPTS = 2;

    private final Cursor cursor;
    private final SinkCall call;
    private final Refusals refusals;
    private final BooleanSupplier aborted;

    /**
     * Creates a search.
     *
     * @param aborted whether to decide nothing any more
     */
    PoisonSearch(Cursor cursor, SinkCall call, Refusals refusals, BooleanSupplier aborted) {
        this.cursor = cursor;
        this.call = call;
        this.refusals = refusals;
        this.aborted = aborted;
    }

    /**
     * Decides on the first record of a batch, which has failed alone to the last attempt.
     *
     * @return how many records from the front are settled; 0 when nothing goes through, or when aborted
     */
    int settle(SegmentBatch batch) {
        Proof proof = findProof(batch);
        if (proof == null) {
            return 0;
        }
        return refuseBefore(proof, batch);
    }

    /** Returns whether a few records behind the first, which has failed alone, are tried and one goes through. */
    boolean isSinkAlive(SegmentBatch batch) {
        return findProof(batch) != null;
    }

    /** Tries a few records behind the first, and returns one that went through, or null when none did. */
    private @Nullable Proof findProof(SegmentBatch batch) {
        int tried = 0;
        int next = Math.min(batch.size(), 1 + PROBES_NEXT);
        for (int i = 1; i < next; i++, tried++) {
            if (goesThrough(batch, i)) {
                return new Proof(batch, i, i);
            }
        }
        for (int probes = 0; probes < PROBES_ANYWHERE && next < batch.size(); probes++, tried++) {
            int i = ThreadLocalRandom.current().nextInt(next, batch.size());
            if (goesThrough(batch, i)) {
                return new Proof(batch, i, i);
            }
        }
        if (aborted.getAsBoolean()) {
            return null;
        }
        for (SegmentBatch beyond : cursor.sampleBeyond(PROBES - tried)) {
            if (goesThrough(beyond, 0)) {
                return new Proof(beyond, 0, batch.size());
            }
        }
        return null;
    }

    private boolean goesThrough(SegmentBatch batch, int index) {
        return !aborted.getAsBoolean() && call.flush(batch.early(index)) == null;
    }

    /**
     * Refuses the records of the batch before one that went through, unless they go through as well now: the sink may
     * just have come back, or they were none of the poisonous ones. Then the rest comes again in order. Where several
     * are to be refused, the one that went through is tried again before each further one: a sink that has gone down
     * meanwhile keeps the rest.
     */
    private int refuseBefore(Proof proof, SegmentBatch batch) {
        for (int i = 0; i < proof.doubtful; i++) {
            if (aborted.getAsBoolean()) {
                return i;
            }
            try {
                Throwable failure = lastFailure(batch.slice(i, i + 1));
                if (failure == null) {
                    return i + 1;
                }
                if (aborted.getAsBoolean() || (i > 0 && !goesThrough(proof.batch, proof.index))) {
                    return i;
                }
                refusals.refuse(batch, i, failure);
            } catch (OutOfMemoryError noMemory) {
                if (i == 0) {
                    throw noMemory;
                }
                return i; // what was refused is counted, and must not come again
            }
        }
        return proof.doubtful;
    }

    /** Flushes a record for the last times, and returns null when it goes through. */
    private @Nullable Throwable lastFailure(SegmentBatch record) {
        Throwable failure = call.flush(record);
        for (int attempts = 1; failure != null && attempts < LAST_ATTEMPTS && !aborted.getAsBoolean(); attempts++) {
            failure = call.flush(record.slice(0, 1));
        }
        return failure;
    }

    /**
     * A record that went through, early.
     *
     * @param doubtful how many records of the failing batch lie before it
     */
    private record Proof(SegmentBatch batch, int index, int doubtful) {}
}
