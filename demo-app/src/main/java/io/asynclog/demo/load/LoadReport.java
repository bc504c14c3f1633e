package io.asynclog.demo.load;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What came of a load.
 *
 * @param records records that were logged, fewer than asked for when the application was stopped meanwhile
 * @param threads threads that logged them
 * @param logged the rate at which log calls returned
 * @param flushed the rate up to the moment when every required sink had flushed the last record, or null when that
 *     failed
 * @param flushFailure why it failed, or null when it did not
 * @param ledger what happened to the engine's books meanwhile; records of others are in it, too
 * @param addsUp whether every record was taken or dropped and, where all were flushed, has passed each sink
 */
record LoadReport(
        long records,
        int threads,
        Rate logged,
        @Nullable Rate flushed,
        @Nullable String flushFailure,
        Ledger ledger,
        boolean addsUp) {

    /** How long it took, and how many records that makes in a second. */
    record Rate(double seconds, long recordsPerSecond) {
        static Rate of(long records, long nanos) {
            double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
            return new Rate(Math.round(seconds * 1000) / 1000.0, Math.round(records / seconds));
        }
    }
}
