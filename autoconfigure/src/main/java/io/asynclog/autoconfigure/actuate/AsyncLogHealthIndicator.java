package io.asynclog.autoconfigure.actuate;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogStatus;
import io.asynclog.buffer.RecoveryStatus;
import io.asynclog.consumer.Delivery;
import io.asynclog.consumer.SinkStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Says "down" when a required sink is stuck, the buffer is full, or its directory was deleted: records are then being lost, or
 * soon will be.
 */
final class AsyncLogHealthIndicator extends AbstractHealthIndicator {
    private final AsyncLogManager manager;

    AsyncLogHealthIndicator(AsyncLogManager manager) {
        super("The engine's figures cannot be read");
        this.manager = manager;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        AsyncLogStatus status = manager.status();
        boolean stuck = status.sinks().stream().anyMatch(AsyncLogHealthIndicator::isStuck);
        boolean full = status.buffer().full();
        RecoveryStatus recovery = status.buffer().recovery();
        boolean directoryLost = recovery != null && recovery.directoryLost();
        builder.status(stuck || full || directoryLost ? "DOWN" : "UP")
                .withDetail("state", AsyncLogReport.word(status.state()))
                .withDetail("buffer", directoryLost ? "directory-lost" : full ? "full" : "ok")
                .withDetail("sinks", details(status));
    }

    private static boolean isStuck(SinkStatus sink) {
        return sink.delivery() == Delivery.REQUIRED && sink.state() == SinkStatus.State.STUCK;
    }

    private static Map<String, Object> details(AsyncLogStatus status) {
        Map<String, Object> details = new LinkedHashMap<>();
        for (SinkStatus sink : status.sinks()) {
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("state", AsyncLogReport.word(sink.state()));
            detail.put("delivery", AsyncLogReport.word(sink.delivery()));
            detail.put("depth", sink.depth());
            if (sink.lastFailure() != null) {
                detail.put(
                        "lastFailure",
                        sink.lastFailure().time() + " " + sink.lastFailure().message());
            }
            if (sink.stuckAt() != null) {
                detail.put("stuckAt", sink.stuckAt());
            }
            details.put(sink.name(), detail);
        }
        return details;
    }
}
