package io.asynclog.autoconfigure.actuate;

import static io.asynclog.autoconfigure.AwaitDeadline.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogger;
import io.asynclog.LogReceipt;
import io.asynclog.autoconfigure.RecordingSink;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import tools.jackson.databind.JsonNode;

/** What is true of every kind of web application. */
abstract class WebApplicationContract {
    private final WebApplicationType type;
    private WebApplication application;

    WebApplicationContract(WebApplicationType type) {
        this.type = type;
    }

    @BeforeEach
    void start() {
        application = new WebApplication(type, "--spring.application.name=orders");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void theEndpointAnswersInExactlyTheDocumentedShape() {
        assertThat(application.bean(AsyncLogger.class).infoAsync("hello")).succeedsWithin(DEADLINE);
        HttpResponse<String> response = application.get("/actuator/asynclog");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        contentType -> assertThat(contentType).startsWith("application/vnd.spring-boot.actuator"));
        List<String> expected = new ArrayList<>(List.of(
                "state",
                "buffer.storage",
                "buffer.depth",
                "buffer.depthBytes",
                "buffer.heldBytes",
                "buffer.capacityBytes",
                "buffer.highWaterBytes",
                "buffer.oldestAgeMillis",
                "buffer.fullMillis",
                "buffer.waits",
                "buffer.waitedMillis",
                "buffer.segments.used",
                "buffer.segments.free",
                "buffer.segments.max",
                "records.accepted",
                "records.dropped.overflow",
                "records.dropped.tooLate"));
        expected.addAll(sinkFields("sinks.console."));
        expected.addAll(sinkFields("sinks.audit."));
        assertThat(fields(application.json("/actuator/asynclog"), "")).containsExactlyElementsOf(expected);
    }

    @Test
    void aSinkIsAnsweredByName() {
        JsonNode sink = application.json("/actuator/asynclog/audit");
        assertThat(fields(sink, "")).containsExactlyElementsOf(sinkFields(""));
        assertThat(sink.get("lastFailure").isNull()).isTrue();
        assertThat(sink.get("state").asString()).isEqualTo("running");
        assertThat(sink.get("since").asString()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
        assertThat(sink.get("lagMillis").isNumber()).isTrue();
    }

    @Test
    void anUnknownSinkIsNotFound() {
        assertThat(application.get("/actuator/asynclog/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void theEndpointOnlyReads() {
        assertThat(application.post("/actuator/asynclog/audit", "{}").statusCode())
                .isEqualTo(405);
    }

    @Test
    void everyMeterIsAtThePrometheusEndpoint() {
        assertThat(application.bean(AsyncLogger.class).infoAsync("hello")).succeedsWithin(DEADLINE);
        assertThat(application.get("/actuator/prometheus").body().lines())
                .contains(
                        "asynclog_buffer_depth_records 0.0",
                        "asynclog_records_accepted_records_total 1.0",
                        "asynclog_records_dropped_records_total{reason=\"overflow\"} 0.0",
                        "asynclog_records_dropped_records_total{reason=\"too-late\"} 0.0",
                        "asynclog_sink_depth_records{delivery=\"required\",sink=\"audit\"} 0.0",
                        "asynclog_sink_lag_seconds{delivery=\"required\",sink=\"audit\"} 0.0",
                        "asynclog_sink_flushed_records_total{delivery=\"required\",sink=\"audit\"} 1.0",
                        "asynclog_sink_flushed_records_total{delivery=\"required\",sink=\"console\"} 1.0",
                        "asynclog_sink_failed_records_total{delivery=\"required\",sink=\"audit\"} 0.0",
                        "asynclog_sink_dropped_records_total{delivery=\"required\",reason=\"lagged\",sink=\"audit\"} 0.0",
                        "asynclog_sink_retries_total{delivery=\"required\",sink=\"audit\"} 0.0",
                        "asynclog_sink_state{delivery=\"required\",sink=\"audit\",state=\"running\"} 1.0",
                        "asynclog_sink_state{delivery=\"required\",sink=\"audit\",state=\"stuck\"} 0.0",
                        "asynclog_sink_flush_seconds_count{outcome=\"success\",sink=\"audit\"} 1",
                        "asynclog_sink_flush_seconds_count{outcome=\"failure\",sink=\"audit\"} 0",
                        "asynclog_sink_delivery_seconds_count{sink=\"audit\"} 1")
                .anyMatch(line -> line.startsWith("asynclog_buffer_used_bytes "))
                .anyMatch(line -> line.startsWith("asynclog_buffer_max_bytes "))
                .anyMatch(line -> line.startsWith("# HELP asynclog_sink_delivery_seconds Time from the log call"));
    }

    @Test
    void healthHasAComponentWithDetailsBySink() {
        JsonNode component =
                application.json("/actuator/health").path("components").path("asynclog");
        assertThat(component.path("status").asString()).isEqualTo("UP");
        JsonNode sinks = component.path("components").path("sinks");
        assertThat(sinks.path("details").path("audit").path("state").asString()).isEqualTo("running");
        assertThat(application.get("/actuator/health/asynclog/sinks").statusCode())
                .isEqualTo(200);
        assertThat(application.get("/actuator/health/asynclog/buffer").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aLevelThatIsSetAtTheLoggersEndpointActsAtOnce() {
        AsyncLogger log = application.bean(AsyncLogger.class);
        assertThat(log.debugAsync("too low")).isCompletedWithValue(LogReceipt.DISABLED);
        assertThat(application
                        .post("/actuator/loggers/orders", "{\"configuredLevel\":\"debug\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(log.debugAsync("high enough")).succeedsWithin(DEADLINE).isNotEqualTo(LogReceipt.DISABLED);
        application.post("/actuator/loggers/orders", "{\"configuredLevel\":null}");
        assertThat(log.isDebugEnabled()).isFalse();
    }

    @Test
    void recordsOfTheLastRequestReachTheSinksWhileTheServerStops() throws InterruptedException {
        SlowController controller = application.bean(SlowController.class);
        RecordingSink sink = application.bean(RecordingSink.class);
        CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(() -> application.get("/slow"));
        controller.awaitRequest();
        Thread stopping = new Thread(application::close);
        stopping.start();
        controller.awaitClosing();
        controller.goOn();
        assertThat(answer).succeedsWithin(DEADLINE).satisfies(response -> assertThat(response.statusCode())
                .isEqualTo(200));
        stopping.join();
        assertThat(sink.messages()).containsExactly("answered the last request");
    }

    private static List<String> sinkFields(String prefix) {
        List<String> fields = new ArrayList<>(List.of(
                "state",
                "since",
                "level",
                "delivery",
                "recovered",
                "depth",
                "lagMillis",
                "flushed",
                "failed",
                "dropped.lagged",
                "dropped.skipped",
                "dropped.shutdown",
                "filtered",
                "retries",
                "batches"));
        for (String latency : List.of("flushLatencyMillis", "deliveryLatencyMillis")) {
            for (String figure : List.of("count", "mean", "p50", "p90", "p99", "p999", "max")) {
                fields.add(latency + "." + figure);
            }
        }
        fields.addAll(List.of("lastFailure", "stuckAt"));
        return fields.stream().map(prefix::concat).toList();
    }

    private static List<String> fields(JsonNode node, String prefix) {
        List<String> fields = new ArrayList<>();
        node.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                fields.addAll(fields(field.getValue(), prefix + field.getKey() + "."));
            } else {
                fields.add(prefix + field.getKey());
            }
        });
        return fields;
    }
}
