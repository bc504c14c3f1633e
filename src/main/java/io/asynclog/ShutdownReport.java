package io.asynclog;

import io.asynclog.consumer.ConsumerStatus;
import io.asynclog.consumer.LogConsumer;
import io.asynclog.consumer.SinkStatus;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of the records of an engine that was shut down.
 *
 * @param accepted records taken since the start
 * @param dropped records that the buffer did not take, because it was full
 * @param duration how long the shutdown took
 * @param sinks by sink, in the order of their registration; under {@code unopened} what was logged for sinks that could
 *     not be started
 */
public record ShutdownReport(long accepted, long dropped, Duration duration, Map<String, SinkReport> sinks) {
    /**
     * Returns the report by the last figures.
     *
     * @param allStarted whether there are no sinks besides these, which could not be started
     */
    static ShutdownReport of(ConsumerStatus status, boolean allStarted, boolean isDurable, Duration duration) {
        Map<String, SinkReport> reports = new LinkedHashMap<>();
        for (SinkStatus sink : status.sinks()) {
            reports.put(sink.name(), SinkReport.of(sink));
        }
        if (!allStarted) {
            reports.put(
                    LogConsumer.UNOPENED, SinkReport.ofUnopened(status.buffer().accepted(), isDurable));
        }
        return new ShutdownReport(
                status.buffer().accepted(), status.buffer().dropped(), duration, Collections.unmodifiableMap(reports));
    }

    /** Why a sink will never get a record. */
    public enum LossReason {
        /** The sink refused it for good. */
        FAILED,
        /** It was skipped, as the sink is a best-effort one and lagged. */
        LAGGED,
        /** Somebody asked for that. */
        SKIPPED,
        /** It was left when the time of the shutdown was over, and the buffer is memory. */
        SHUTDOWN
    }

    /**
     * What became of the records at one sink; they add up to those accepted, and those recovered from an earlier
     * process.
     *
     * @param recovered records that an earlier process had left for it
     * @param flushed records it flushed
     * @param filtered records that were not meant for it: below its level, or logged by the thread of a sink where it
     *     logs itself
     * @param left records that are left in the buffer for the next start; 0 where the buffer is memory
     * @param lost records that it will never get, by reason; reasons with no records are not there
     */
    public record SinkReport(long recovered, long flushed, long filtered, long left, Map<LossReason, Long> lost) {
        private static SinkReport of(SinkStatus sink) {
            SinkStatus.Dropped dropped = sink.dropped();
            Map<LossReason, Long> lost = new EnumMap<>(LossReason.class);
            putIfAny(lost, LossReason.FAILED, sink.failed());
            putIfAny(lost, LossReason.LAGGED, dropped.lagged());
            putIfAny(lost, LossReason.SKIPPED, dropped.skipped());
            putIfAny(lost, LossReason.SHUTDOWN, dropped.shutdown());
            return new SinkReport(
                    sink.recovered(), sink.flushed(), sink.filtered(), sink.depth(), Collections.unmodifiableMap(lost));
        }

        /** Returns what became of the records at the sinks that could not be started. */
        private static SinkReport ofUnopened(long accepted, boolean isDurable) {
            Map<LossReason, Long> lost = new EnumMap<>(LossReason.class);
            putIfAny(lost, LossReason.SHUTDOWN, isDurable ? 0 : accepted);
            return new SinkReport(0, 0, 0, isDurable ? accepted : 0, Collections.unmodifiableMap(lost));
        }

        private static void putIfAny(Map<LossReason, Long> counts, LossReason reason, long count) {
            if (count > 0) {
                counts.put(reason, count);
            }
        }

        /** Returns how many records are lost, for whatever reason. */
        public long lostCount() {
            return lost.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Returns whether the shutdown cost no sink a record: what is left is kept for the next start. */
    public boolean isComplete() {
        return sinks.values().stream().noneMatch(sink -> sink.lost().containsKey(LossReason.SHUTDOWN));
    }

    /** Returns the report in one line. */
    @Override
    public String toString() {
        return "accepted " + accepted + ", dropped " + dropped + " in " + duration.toMillis() + " ms: "
                + sinks.entrySet().stream()
                        .map(sink -> sink.getKey() + " " + describe(sink.getValue()))
                        .collect(Collectors.joining("; "));
    }

    private static String describe(SinkReport sink) {
        return "flushed " + sink.flushed() + ", left " + sink.left() + ", lost " + sink.lostCount()
                + (sink.lost().isEmpty() ? "" : " " + sink.lost().toString().toLowerCase(Locale.ROOT));
    }
}
