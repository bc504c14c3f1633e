package io.asynclog.autoconfigure.health;

import io.asynclog.AsyncLogStatus;
import io.asynclog.autoconfigure.Notation;
import io.asynclog.buffer.BufferStatus;
import io.asynclog.buffer.RecoveryStatus;
import io.asynclog.consumer.Delivery;
import io.asynclog.consumer.SinkStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The health of an engine in two parts, since they mean different things to an orchestrator. A sink that is stuck is
 * seldom the instance's own fault, and the buffer holds out for a while: {@code sinks} is for people. A buffer that is
 * full for long is what requests feel: {@code buffer} is fit for a readiness group.
 *
 * <p>Knows none of Spring Boot's classes of health, which have moved from 3.5 to 4.
 */
public final class EngineHealth {
    /** A burst fills the buffer for a moment, which is what the overflow policy is there for. */
    static final Duration FULL_FOR = Duration.ofSeconds(10);

    private final @Nullable Supplier<AsyncLogStatus> status;
    private final Duration fullFor;

    /**
     * Makes the health of an engine. Safe for any number of threads, as {@code status} is.
     *
     * @param status asked anew for each part, or null where the engine is switched off: its parts are there all the
     *     same, for Spring Boot does not start with a health group that lacks one of its members
     */
    public EngineHealth(@Nullable Supplier<AsyncLogStatus> status) {
        this(status, FULL_FOR);
    }

    /**
     * Makes the health of an engine.
     *
     * @param fullFor for how long the buffer may be full and yet be up
     */
    EngineHealth(@Nullable Supplier<AsyncLogStatus> status, Duration fullFor) {
        this.status = status;
        this.fullFor = fullFor;
    }

    /**
     * The health of a part.
     *
     * @param status the code of one that Spring Boot has: {@code UP}, {@code DOWN} or {@code OUT_OF_SERVICE}
     * @param details by their names, in the order in which they are shown; to be changed by nobody
     */
    public record Part(String status, Map<String, Object> details) {}

    /**
     * Says "down" when the buffer has been full for long, or its directory was deleted, and "out of service" when it is
     * closed.
     */
    public Part buffer() {
        if (status == null) {
            return new Part("UP", Map.of("engine", "disabled"));
        }
        AsyncLogStatus engine = status.get();
        BufferStatus buffer = engine.buffer();
        RecoveryStatus recovery = buffer.recovery();
        boolean directoryLost = recovery != null && recovery.directoryLost();
        boolean full = buffer.fullNanos() > 0;
        boolean down = directoryLost || buffer.fullNanos() > TimeUnit.NANOSECONDS.convert(fullFor);
        boolean stopped = engine.state() == AsyncLogStatus.State.STOPPED;
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("engine", Notation.word(engine.state()));
        details.put("buffer", directoryLost ? "directory-lost" : full ? "full" : "ok");
        details.put("fullMillis", Notation.millis(buffer.fullNanos()));
        details.put("heldBytes", buffer.heldBytes());
        details.put("capacityBytes", buffer.capacityBytes());
        if (full) {
            details.put("sinks", details(engine));
        }
        return new Part(down ? "DOWN" : stopped ? "OUT_OF_SERVICE" : "UP", details);
    }

    /** Says "down" when a required sink is stuck. */
    public Part sinks() {
        if (status == null) {
            return new Part("UP", Map.of());
        }
        AsyncLogStatus engine = status.get();
        boolean stuck = engine.sinks().stream().anyMatch(EngineHealth::isStuck);
        return new Part(stuck ? "DOWN" : "UP", details(engine));
    }

    private static boolean isStuck(SinkStatus sink) {
        return sink.delivery() == Delivery.REQUIRED && sink.state() == SinkStatus.State.STUCK;
    }

    private static Map<String, Object> details(AsyncLogStatus engine) {
        Map<String, Object> details = new LinkedHashMap<>();
        engine.sinks().forEach(sink -> details.put(sink.name(), details(sink)));
        return details;
    }

    private static Map<String, Object> details(SinkStatus sink) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("state", Notation.word(sink.state()));
        detail.put("since", sink.since().toString());
        detail.put("delivery", Notation.word(sink.delivery()));
        detail.put("depth", sink.depth());
        detail.put("lagMillis", Notation.millis(sink.lagNanos()));
        if (sink.lastFailure() != null) {
            detail.put(
                    "lastFailure",
                    sink.lastFailure().time() + " " + sink.lastFailure().message());
        }
        if (sink.stuckAt() != null) {
            detail.put("stuckAt", sink.stuckAt());
        }
        return detail;
    }
}
