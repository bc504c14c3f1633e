package io.asynclog.autoconfigure.actuate;

import io.asynclog.AsyncLogStatus;
import io.asynclog.FlushReport;
import io.asynclog.autoconfigure.Notation;
import io.asynclog.consumer.SinkStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What a flush has achieved.
 *
 * @param outcome {@code flushed} when every required sink has flushed what was logged before, else {@code incomplete}
 * @param sinks how far each sink came
 */
public record FlushAnswer(String outcome, Map<String, Sink> sinks) implements OperationResponseBody {
    static FlushAnswer of(FlushReport report, AsyncLogStatus status) {
        Map<String, Sink> sinks = new LinkedHashMap<>();
        for (SinkStatus sink : status.sinks()) {
            FlushReport.Outcome outcome = report.sinks().getOrDefault(sink.name(), FlushReport.Outcome.PENDING);
            sinks.put(sink.name(), new Sink(Notation.word(outcome), sink.depth()));
        }
        return new FlushAnswer(report.complete() ? "flushed" : "incomplete", sinks);
    }

    /**
     * How far a sink came.
     *
     * @param outcome {@code flushed}; {@code pending} when the time was over; {@code failed} when it refused or skipped
     *     some, or takes nothing at present
     * @param depth records it has still to pass, those logged meanwhile included
     */
    public record Sink(String outcome, long depth) {}
}
