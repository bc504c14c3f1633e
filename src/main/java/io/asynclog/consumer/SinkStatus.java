package io.asynclog.consumer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * The figures of a sink at one moment. They always add up: {@code accepted + recovered = flushed + failed +
 * dropped.total() + filtered + depth}, where accepted is that of the buffer.
 *
 * @param name the sink's name
 * @param state what its loop is doing
 * @param since when that state began, to the second; of a sink that now throws and now hangs, when the first of these
 *     began
 * @param level the level below which records do not go to it
 * @param delivery how much is done for it
 * @param recovered records of an earlier process that it had not passed when that one ended
 * @param depth records it has still to pass
 * @param lagNanos how long ago the first record that it has still to pass was logged, whether or not its loop has come
 *     to it; 0 when there is none
 * @param flushed records it has flushed
 * @param failed records it refused for good, each on its own
 * @param dropped records it was not given, by reason
 * @param filtered records that were not meant for it: below its level, or logged by the thread of a sink where it logs
 *     itself
 * @param retries rounds of delivery after a failed attempt; taking a batch apart is one round
 * @param batches flushes that succeeded
 * @param failedFlushes flushes that threw
 * @param flushLatency durations of single flushes that succeeded
 * @param deliveryLatency durations from log call to the end of the flush, by record; in a flush of more than 64 records
 *     at most 64 are measured, each of which stands for those that follow it
 * @param lastFailure the latest failure, or null when there was none
 * @param stuckAt where its thread stands, when it is stuck
 */
public record SinkStatus(
        String name,
        State state,
        Instant since,
        Level level,
        Delivery delivery,
        long recovered,
        long depth,
        long lagNanos,
        long flushed,
        long failed,
        Dropped dropped,
        long filtered,
        long retries,
        long batches,
        long failedFlushes,
        LatencySummary flushLatency,
        LatencySummary deliveryLatency,
        @Nullable Failure lastFailure,
        @Nullable String stuckAt) {

    /** What the loop of a sink is doing. */
    public enum State {
        /** It has not begun to deliver. */
        STARTING,
        /** It delivers records, or waits for some. */
        RUNNING,
        /** Its last flush failed and is to be tried again; or its loop failed, for want of memory say, and goes on. */
        RETRYING,
        /** It was told to pause, and delivers nothing until it is resumed or the engine is shut down. */
        PAUSED,
        /** A flush takes longer than the sink's flush timeout. */
        STUCK,
        /** Its loop has ended. */
        STOPPED
    }

    /**
     * Records that a sink was not given, by reason.
     *
     * @param lagged left out because the sink is a best-effort one, lagged, and the buffer needed the room
     * @param skipped left out because somebody asked for that
     * @param shutdown left when the time of the shutdown was over, and the buffer is memory
     */
    public record Dropped(long lagged, long skipped, long shutdown) {
        /** Returns how many records that are, for whatever reason. */
        public long total() {
            return lagged + skipped + shutdown;
        }
    }

    /**
     * A flush that failed.
     *
     * @param time when it failed
     * @param message what was thrown, without its stack trace
     */
    public record Failure(Instant time, String message) {}
}
