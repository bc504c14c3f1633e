package io.asynclog.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.demo.DemoClient.Answer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DemoTest
class ActuatorTest {
    @Autowired
    private DemoClient demo;

    @Test
    void theEndpointShowsConsoleFileAndAudit() {
        Answer report = demo.get("/actuator/asynclog");

        assertThat(report.text("$.state")).isEqualTo("running");
        assertThat(report.members("$.sinks")).containsOnlyKeys("console", "file", "audit");
        assertThat(demo.get("/actuator/asynclog/file").status()).isEqualTo(200);
        assertThat(demo.get("/actuator/asynclog/no-such").status()).isEqualTo(404);
    }

    @Test
    void healthMetersAndPrometheusAreThere() {
        assertThat(demo.get("/actuator/health").text("$.components.asynclog.status"))
                .isEqualTo("UP");
        assertThat(demo.get("/actuator/metrics/asynclog.records.accepted").status())
                .isEqualTo(200);
        assertThat(demo.get("/actuator/prometheus").body()).contains("asynclog_sink_flushed_");
    }
}
