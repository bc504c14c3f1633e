package io.asynclog.autoconfigure.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.autoconfigure.BlockingSink;
import io.asynclog.autoconfigure.actuate.WebApplication;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What an orchestrator's probes are told while a sink hangs and the buffer is full. */
class ProbesIT {
    private static final String[] SMALL = {
        "--management.endpoint.health.probes.enabled=true",
        "--asynclog.buffer.segment-size=4KB",
        "--asynclog.buffer.max-size=8KB",
        "--asynclog.max-record-size=1KB",
        "--asynclog.buffer.overflow.policy=drop",
        "--asynclog.sinks.hanging.flush-timeout=10ms",
        "--asynclog.shutdown-timeout=1s"
    };

    private WebApplication application;

    @AfterEach
    void stop() {
        application.beans(BlockingSink.class).forEach(BlockingSink::release);
        application.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void onlyReadinessAndOnlyWhenItIsToldToLooksAtTheBuffer(WebApplicationType type) {
        start(type, "readinessState,asynclog/buffer");
        assertThat(statusOf("readiness")).isEqualTo(200);

        fill();
        assertThat(statusOf("readiness")).isEqualTo(503);
        String answer = application.get("/actuator/health/readiness").body();
        assertThat(answer).contains("\"buffer\":\"full\"", "\"hanging\":{\"state\":\"", "\"since\":\"2");
        assertThat(statusOf("liveness")).isEqualTo(200);
        await().untilAsserted(() -> assertThat(statusOf("asynclog/sinks")).isEqualTo(503));
        assertThat(statusOf("liveness")).isEqualTo(200);

        application.bean(BlockingSink.class).release();
        await().untilAsserted(() -> assertThat(statusOf("readiness")).isEqualTo(200));
    }

    @Test
    void byItselfNoProbeLooksAtTheEngine() {
        start(WebApplicationType.SERVLET, "");
        fill();
        await().untilAsserted(() -> assertThat(statusOf("asynclog/sinks")).isEqualTo(503));
        assertThat(statusOf("asynclog/buffer")).isEqualTo(503);
        assertThat(statusOf("readiness")).isEqualTo(200);
        assertThat(statusOf("liveness")).isEqualTo(200);
    }

    @Test
    void aSinkThatHangsLeavesReadinessAloneWhileTheBufferHasRoom() {
        start(WebApplicationType.SERVLET, "readinessState,asynclog/buffer");
        application.bean(AsyncLogger.class).info("hello");
        await().untilAsserted(() -> assertThat(statusOf("asynclog/sinks")).isEqualTo(503));
        assertThat(statusOf("readiness")).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void anEngineThatIsSwitchedOffLeavesReadinessAlone(WebApplicationType type) {
        application = new WebApplication(
                type,
                "--asynclog.enabled=false",
                "--management.endpoint.health.probes.enabled=true",
                "--management.endpoint.health.group.readiness.include=readinessState,asynclog/buffer");
        HttpResponse<String> readiness = application.get("/actuator/health/readiness");
        assertThat(readiness.statusCode()).isEqualTo(200);
        assertThat(readiness.body()).contains("\"engine\":\"disabled\"");
    }

    private void start(WebApplicationType type, String readiness) {
        String[] arguments = SMALL.clone();
        if (!readiness.isEmpty()) {
            arguments = Arrays.copyOf(SMALL, SMALL.length + 1);
            arguments[SMALL.length] = "--management.endpoint.health.group.readiness.include=" + readiness;
        }
        application = new WebApplication(type, new Class<?>[] {Hanging.class}, arguments);
    }

    private int statusOf(String group) {
        return application.get("/actuator/health/" + group).statusCode();
    }

    private void fill() {
        AsyncLogger log = application.bean(AsyncLogger.class);
        for (int i = 0; i < 1000; i++) {
            log.info("record {}", i);
        }
    }

    /** A sink that hangs, and a buffer that counts as full for long at once. */
    @Configuration(proxyBeanMethods = false)
    @Import(WebApplication.Application.class)
    static class Hanging {
        @Bean
        BlockingSink hanging() {
            return new BlockingSink();
        }

        @Bean
        CompositeHealthContributor asynclogHealthContributor(AsyncLogManager manager) {
            return AsyncLogHealthAutoConfiguration.contributor(
                    new EngineHealth(manager::status, Duration.ZERO, Duration.ZERO));
        }
    }
}
