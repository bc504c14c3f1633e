package io.asynclog.autoconfigure.actuate;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.FlushReport;
import io.asynclog.autoconfigure.Notation;
import io.asynclog.consumer.SinkControl;
import io.asynclog.consumer.SinkStatus;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * The actions of the endpoint: checks what it is given, does it, and logs what was done and by whom.
 *
 * <p>Throws {@link InvalidEndpointRequestException} when the input is wrong, and {@link IllegalStateException} when it
 * cannot be done now.
 */
final class EndpointActions {
    /** How long a flush under way may keep a skip waiting. */
    private static final Duration SKIP_TIMEOUT = Duration.ofSeconds(5);

    private final AsyncLogManager manager;
    private final AsyncLogger log;

    EndpointActions(AsyncLogManager manager) {
        this.manager = manager;
        log = manager.getLogger(AsyncLogEndpoint.class.getName());
    }

    boolean knows(String sink) {
        return manager.status().sink(sink) != null;
    }

    FlushAnswer flush(@Nullable String action, @Nullable String timeout, String caller) {
        EndpointInput.oneOf(action, EngineAction.class);
        Duration bound = EndpointInput.timeout(timeout);
        FlushReport report;
        try {
            report = manager.flush(bound);
        } catch (InterruptedException interrupt) {
            throw interrupted();
        }
        FlushAnswer answer = FlushAnswer.of(report, manager.status());
        log.info("Flush, asked for by {}: {}", caller, answer.outcome());
        return answer;
    }

    SinkAnswer sink(
            String sink, @Nullable String action, @Nullable String records, @Nullable String level, String caller) {
        if (!knows(sink)) {
            throw EndpointInput.wrong("sink", sink, "There is none of this name.", "Use one of the report's.");
        }
        SinkAction chosen = EndpointInput.oneOf(action, SinkAction.class);
        if (chosen != SinkAction.SKIP) {
            EndpointInput.absent("records", records, "skip");
        }
        if (chosen != SinkAction.LEVEL) {
            EndpointInput.absent("level", level, "level");
        }
        SinkControl control = manager.sinkControl(sink);
        return switch (chosen) {
            case PAUSE -> {
                control.pause();
                yield done(sink, chosen, "", caller);
            }
            case RESUME -> {
                control.resume();
                yield done(sink, chosen, "", caller);
            }
            case RETRY -> {
                control.retry();
                yield done(sink, chosen, "", caller);
            }
            case SKIP -> skip(sink, control, EndpointInput.records(records), caller);
            case LEVEL -> {
                Level lowest = EndpointInput.level(level);
                control.level(lowest);
                yield done(sink, chosen, " " + lowest, caller);
            }
        };
    }

    private SinkAnswer skip(String sink, SinkControl control, long records, String caller) {
        long dropped;
        try {
            dropped = control.skip(records, SKIP_TIMEOUT);
        } catch (IllegalArgumentException tooMany) {
            throw EndpointInput.wrong(
                    "records", Long.toString(records), tooMany.getMessage() + ".", "Look at its depth again.");
        } catch (TimeoutException busy) {
            throw new IllegalStateException(busy.getMessage() + ". Try again when it has ended.", busy);
        } catch (InterruptedException interrupt) {
            throw interrupted();
        }
        SinkAnswer answer = answer(sink, SinkAction.SKIP, dropped);
        log.warn("Skip of sink '{}', asked for by {}: {} records dropped", sink, caller, dropped);
        return answer;
    }

    /** Logs only when the figures are taken: the record is one more for the sink. */
    private SinkAnswer done(String sink, SinkAction action, String detail, String caller) {
        SinkAnswer answer = answer(sink, action, null);
        log.info("Action '{}{}' on sink '{}', asked for by {}", answer.action(), detail, sink, caller);
        return answer;
    }

    private SinkAnswer answer(String sink, SinkAction action, @Nullable Long dropped) {
        SinkStatus status = manager.status().sink(sink);
        if (status == null) {
            throw new IllegalStateException("There is no sink '" + sink + "' any more");
        }
        return new SinkAnswer(sink, Notation.word(action), dropped, AsyncLogReport.Sink.of(status));
    }

    private static IllegalStateException interrupted() {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while waiting for the sinks");
    }

    /** What the engine as a whole can be told. */
    private enum EngineAction {
        FLUSH
    }

    /** What a sink can be told. */
    private enum SinkAction {
        PAUSE,
        RESUME,
        RETRY,
        SKIP,
        LEVEL
    }
}
