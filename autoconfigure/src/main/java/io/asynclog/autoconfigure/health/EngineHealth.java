package io.asynclog.autoconfigure.health;

import io.asynclog.AsyncLogStatus;
import io.asynclog.autoconfigure.Notation;
import io.asynclog.buffer.BufferStatus;
import io.asynclog.buffer.RecoveryStatus;
import io.asynclog.consumer.Delivery;
import io.asynclog.consumer.SinkStatus;
import java.time.Duration;
import java.time.Instant;
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

    /**
     * A receiver that is restarted is away for a moment, and a sink tries it every ten seconds. As long as a flush may
     * take before it counts as stuck: whether a receiver hangs or refuses is the same trouble.
     */
    static final Duration FAILING_FOR = Duration.ofSeconds(30);

    private final @Nullable Supplier<AsyncLogStatus> status;
    private final Duration fullFor;
    private final Duration failingFor;

    /**
     * Makes the health of an engine. Safe for any number of threads, as {@code status} is.
     *
     * @param status asked anew for each part, or null where the engine is switched off: its parts are there all the
     *     same, for Spring Boot does not start with a health group that lacks one of its members
     */
    public EngineHealth(@Nullable Supplier<AsyncLogStatus> status) {
        this(status, FULL_FOR, FAILING_FOR);
    }

    /**
     * Makes the health of an engine.
     *
     * @param fullFor for how long the buffer may be full and yet be up
     * @param failingFor for how long a required sink may fail and yet be up
     */
    EngineHealth(@Nullable Supplier<AsyncLogStatus> status, Duration fullFor, Duration failingFor) {
        this.status = status;
        this.fullFor = fullFor;
        this.failingFor = failingFor;
    }

    /**
     * The health of a part.
     *
     * @param status the code of one that Spring Boot has: {@code UP}, {@code DOWN} or {@code OUT_OF_SERVICE}
     * @param details by their names, in the order in which they are shown; to be changed by nobody
     */
    public record Part(String status, Map<String, Object> details) {}

    /**
     * Says "down" when the buffer has been full for long, or its directory was deleted, and "out of service" when the
     * engine has stopped.
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

    /** Says "down" when a required sink is stuck, or has failed for long without a success. */
    public Part sinks() {
        if (status == null) {
            return new Part("UP", Map.of());
        }
        AsyncLogStatus engine = status.get();
        boolean down = engine.sinks().stream().anyMatch(this::isDown);
        return new Part(down ? "DOWN" : "UP", details(engine));
    }

    private boolean isDown(SinkStatus sink) {
        return sink.delivery() == Delivery.REQUIRED
                && switch (sink.state()) {
                    case STUCK -> true;
                    case RETRYING -> sink.since().plus(failingFor).compareTo(Instant.now()) <= 0;
                    default -> false;
                };
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
