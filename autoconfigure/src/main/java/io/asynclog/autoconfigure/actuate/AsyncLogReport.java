package io.asynclog.autoconfigure.actuate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.asynclog.AsyncLogStatus;
import io.asynclog.autoconfigure.Notation;
import io.asynclog.buffer.BufferStatus;
import io.asynclog.buffer.RecoveryStatus;
import io.asynclog.consumer.LatencySummary;
import io.asynclog.consumer.SinkStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The answer of the {@code asynclog} endpoint. All figures count from the start of the engine. Times are in
 * milliseconds.
 *
 * @param state {@code starting}, {@code running}, {@code stopping} or {@code stopped}
 * @param buffer the buffer
 * @param records what became of the records
 * @param sinks the sinks by name
 * @param recovery what an earlier process left, or null when the buffer is memory
 */
public record AsyncLogReport(
        String state,
        Buffer buffer,
        Records records,
        Map<String, Sink> sinks,
        @Nullable Recovery recovery) implements OperationResponseBody {
    static AsyncLogReport of(AsyncLogStatus status) {
        Map<String, Sink> sinks = new LinkedHashMap<>();
        status.sinks().forEach(sink -> sinks.put(sink.name(), Sink.of(sink)));
        BufferStatus buffer = status.buffer();
        return new AsyncLogReport(
                Notation.word(status.state()),
                Buffer.of(buffer, status.depth()),
                new Records(buffer.accepted(), new Dropped(buffer.dropped(), status.tooLate())),
                sinks,
                Recovery.of(status));
    }

    /**
     * The buffer.
     *
     * @param storage where it is: {@code memory} or {@code mapped}
     * @param depth records that some sink has still to pass
     * @param depthBytes bytes from the oldest of them to the newest record
     * @param heldBytes bytes from the oldest record that a required sink has still to pass to the newest; what only
     *     best-effort sinks have still to pass is given up when the room is needed
     * @param capacityBytes bytes that all segments may take together
     * @param highWaterBytes the largest {@code depthBytes} so far
     * @param oldestAgeMillis how long ago the first record that some sink has still to pass was logged, 0 when there is
     *     none
     * @param fullMillis for how long it has been full, 0 when it is not
     * @param waits log calls that had to wait for room, those that still do included
     * @param waitedMillis for how long they waited together, without those that still do
     * @param segments its segments
     */
    public record Buffer(
            String storage,
            long depth,
            long depthBytes,
            long heldBytes,
            long capacityBytes,
            long highWaterBytes,
            double oldestAgeMillis,
            double fullMillis,
            long waits,
            double waitedMillis,
            Segments segments) {
        static Buffer of(BufferStatus status, long depth) {
            return new Buffer(
                    status.recovery() == null ? "memory" : "mapped",
                    depth,
                    status.depthBytes(),
                    status.heldBytes(),
                    status.capacityBytes(),
                    status.highWaterBytes(),
                    Notation.millis(status.oldestAgeNanos()),
                    Notation.millis(status.fullNanos()),
                    status.waits(),
                    Notation.millis(status.waitedNanos()),
                    new Segments(status.segmentsUsed(), status.segmentsFree(), status.segmentsMax()));
        }
    }

    /**
     * The segments of the buffer.
     *
     * @param used segments that hold records
     * @param free segments kept ready
     * @param max segments there may be
     */
    public record Segments(int used, int free, int max) {}

    /**
     * What became of the records.
     *
     * @param accepted records the buffer has taken
     * @param dropped records the buffer has not taken
     */
    public record Records(long accepted, Dropped dropped) {}

    /**
     * Records the buffer has not taken, by reason.
     *
     * @param overflow the buffer was full
     * @param tooLate they were logged after shutdown, or still waited for room in the buffer then, and were written at
     *     once to console and file
     */
    public record Dropped(long overflow, long tooLate) {}

    /**
     * What an earlier process left in a buffer in mapped files.
     *
     * @param directory where the files are
     * @param directoryLost whether the directory was deleted while the engine runs
     * @param unfinished records whose log calls had not returned when it ended; they are not lost
     * @param damaged records that cannot be read any more
     * @param absentSinks records kept for sinks that are not there any more, by name
     */
    public record Recovery(
            String directory, boolean directoryLost, long unfinished, long damaged, Map<String, Long> absentSinks) {
        static @Nullable Recovery of(AsyncLogStatus status) {
            RecoveryStatus found = status.buffer().recovery();
            if (found == null) {
                return null;
            }
            return new Recovery(
                    found.directory().toString(),
                    found.directoryLost(),
                    found.unfinished(),
                    found.damaged(),
                    status.buffer().absentSinks());
        }
    }

    /**
     * A sink. Its figures add up: the records accepted by the buffer, with those recovered, are those flushed, failed,
     * dropped for each reason, filtered, and its depth.
     *
     * @param state {@code starting}, {@code running}, {@code retrying}, {@code paused}, {@code stuck} or
     *     {@code stopped}
     * @param since when that state began, in ISO 8601, to the second
     * @param level level below which records do not go to it
     * @param delivery {@code required} or {@code best-effort}
     * @param recovered records that an earlier process had left for it
     * @param depth records it has still to pass
     * @param lagMillis how long ago the first record that it has still to pass was logged, 0 when there is none
     * @param flushed records it has flushed
     * @param failed records it refused for good
     * @param dropped records it was not given
     * @param filtered records that were not meant for it: below its level, or logged by the thread of a sink where it
     *     logs itself
     * @param retries rounds of delivery after a failed attempt; taking a batch apart is one round
     * @param batches flushes that succeeded
     * @param flushLatencyMillis durations of single flushes that succeeded
     * @param deliveryLatencyMillis durations from log call to the end of the flush, by record; in a flush of more than
     *     64 records at most 64 are measured, each of which stands for those that follow it
     * @param lastFailure the latest failure, or null when there was none
     * @param stuckAt where its thread stands when it is stuck, else null
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Sink(
            String state,
            String since,
            String level,
            String delivery,
            long recovered,
            long depth,
            double lagMillis,
            long flushed,
            long failed,
            NotGiven dropped,
            long filtered,
            long retries,
            long batches,
            Latency flushLatencyMillis,
            Latency deliveryLatencyMillis,
            @Nullable Failure lastFailure,
            @Nullable String stuckAt)
            implements OperationResponseBody {
        static Sink of(SinkStatus status) {
            return new Sink(
                    Notation.word(status.state()),
                    status.since().toString(),
                    status.level().name(),
                    Notation.word(status.delivery()),
                    status.recovered(),
                    status.depth(),
                    Notation.millis(status.lagNanos()),
                    status.flushed(),
                    status.failed(),
                    NotGiven.of(status.dropped()),
                    status.filtered(),
                    status.retries(),
                    status.batches(),
                    Latency.of(status.flushLatency()),
                    Latency.of(status.deliveryLatency()),
                    status.lastFailure() == null ? null : Failure.of(status.lastFailure()),
                    status.stuckAt());
        }
    }

    /**
     * Records a sink was not given, by reason.
     *
     * @param lagged it is a best-effort one, lagged, and the buffer needed the room
     * @param skipped somebody asked for that
     * @param shutdown they were left when the time of the shutdown was over
     */
    public record NotGiven(long lagged, long skipped, long shutdown) {
        static NotGiven of(SinkStatus.Dropped dropped) {
            return new NotGiven(dropped.lagged(), dropped.skipped(), dropped.shutdown());
        }
    }

    /**
     * A distribution of durations in milliseconds, all 0 while the count is.
     *
     * @param count how many durations
     * @param mean their mean
     * @param p50 the 50th percentile
     * @param p90 the 90th percentile
     * @param p99 the 99th percentile
     * @param p999 the 99.9th percentile
     * @param max the longest
     */
    public record Latency(long count, double mean, double p50, double p90, double p99, double p999, double max) {
        static Latency of(LatencySummary summary) {
            return new Latency(
                    summary.count(),
                    Notation.millis(summary.meanNanos()),
                    Notation.millis(summary.p50Nanos()),
                    Notation.millis(summary.p90Nanos()),
                    Notation.millis(summary.p99Nanos()),
                    Notation.millis(summary.p999Nanos()),
                    Notation.millis(summary.maxNanos()));
        }
    }

    /**
     * A flush that failed.
     *
     * @param time when, in ISO 8601
     * @param message what was thrown
     */
    public record Failure(String time, String message) {
        static Failure of(SinkStatus.Failure failure) {
            return new Failure(failure.time().toString(), failure.message());
        }
    }
}
