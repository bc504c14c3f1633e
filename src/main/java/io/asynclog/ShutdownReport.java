package io.asynclog;

import java.time.Duration;
import java.util.Map;

/**
 * What became of the records of an engine that was shut down.
 *
 * @param accepted records taken since the start
 * @param duration how long the shutdown took
 * @param sinks by sink, in the order of their registration
 */
public record ShutdownReport(long accepted, Duration duration, Map<String, SinkReport> sinks) {
    /**
     * What became of the records at one sink; they add up to those accepted.
     *
     * @param flushed records it flushed
     * @param failed records it refused for good
     * @param skipped records it was not given because it lagged, or by its level
     * @param lost records that were left when the time was over
     */
    public record SinkReport(long flushed, long failed, long skipped, long lost) {}

    /** Returns whether no record was left to any sink. */
    public boolean isComplete() {
        return sinks.values().stream().allMatch(sink -> sink.lost() == 0);
    }
}
