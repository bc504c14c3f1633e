package io.asynclog.autoconfigure.actuate;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.FlushFunction;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import io.asynclog.autoconfigure.BlockingSink;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class HealthTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(AsyncLogAutoConfiguration.class, AsyncLogHealthAutoConfiguration.class))
            .withPropertyValues("asynclog.console.enabled=false");

    @Test
    void isThereUnderItsName() {
        runner.run(context ->
                assertThat(context).hasSingleBean(HealthIndicator.class).hasBean("asynclogHealthIndicator"));
    }

    @Test
    void isAbsentWhenDisabled() {
        runner.withPropertyValues("management.health.asynclog.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
    }

    @Test
    void isAbsentWithoutTheHealthModule() {
        runner.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("asynclogHealthIndicator"));
    }

    @Test
    void isAbsentWithoutAnEngine() {
        runner.withPropertyValues("asynclog.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
    }

    @Test
    void backsOff() {
        runner.withBean("asynclogHealthIndicator", HealthIndicator.class, () -> Health.up()::build)
                .run(context -> assertThat(context.getBean(HealthIndicator.class))
                        .isNotInstanceOf(AsyncLogHealthIndicator.class));
    }

    @Test
    void isUpWithDetailsBySink() {
        runner.withBean("sink", FlushFunction.class, () -> batch -> {}).run(context -> {
            assertThat(context.getBean(AsyncLogger.class).infoAsync("hello")).succeedsWithin(10, SECONDS);
            Health health = context.getBean(HealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsEntry("state", "running").containsEntry("buffer", "ok");
            assertThat(health.getDetails())
                    .containsEntry(
                            "sinks", Map.of("sink", Map.of("state", "running", "delivery", "required", "depth", 0L)));
        });
    }

    @Test
    void isDownWhileARequiredSinkIsStuck() {
        BlockingSink stuck = new BlockingSink();
        runner.withBean("stuck", FlushFunction.class, () -> stuck)
                .withPropertyValues("asynclog.sinks.stuck.flush-timeout=10ms")
                .run(context -> {
                    HealthIndicator indicator = context.getBean(HealthIndicator.class);
                    context.getBean(AsyncLogger.class).info("hello");
                    await().untilAsserted(() -> {
                        assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
                        assertThat(indicator.health().getDetails().get("sinks").toString())
                                .contains("state=stuck", "stuckAt=", "BlockingSink.flush");
                    });
                    stuck.release();
                    await().untilAsserted(() ->
                            assertThat(indicator.health().getStatus()).isEqualTo(Status.UP));
                });
    }

    @Test
    void isUpWhileABestEffortSinkIsStuck() {
        BlockingSink stuck = new BlockingSink();
        runner.withBean("stuck", FlushFunction.class, () -> stuck)
                .withPropertyValues(
                        "asynclog.sinks.stuck.flush-timeout=10ms", "asynclog.sinks.stuck.delivery=best-effort")
                .run(context -> {
                    HealthIndicator indicator = context.getBean(HealthIndicator.class);
                    context.getBean(AsyncLogger.class).info("hello");
                    await().untilAsserted(() -> assertThat(
                                    indicator.health().getDetails().get("sinks").toString())
                            .contains("state=stuck"));
                    assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
                    stuck.release();
                });
    }

    @Test
    void isDownWhileTheBufferIsFull() {
        BlockingSink slow = new BlockingSink();
        runner.withBean("slow", FlushFunction.class, () -> slow)
                .withPropertyValues(
                        "asynclog.buffer.segment-size=4KB",
                        "asynclog.buffer.max-size=8KB",
                        "asynclog.max-record-size=1KB",
                        "asynclog.buffer.overflow.policy=drop")
                .run(context -> {
                    HealthIndicator indicator = context.getBean(HealthIndicator.class);
                    AsyncLogger log = context.getBean(AsyncLogger.class);
                    for (int i = 0; i < 1000; i++) {
                        log.info("record {}", i);
                    }
                    assertThat(context.getBean(AsyncLogManager.class)
                                    .status()
                                    .buffer()
                                    .dropped())
                            .isPositive();
                    assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
                    assertThat(indicator.health().getDetails()).containsEntry("buffer", "full");
                    slow.release();
                    await().untilAsserted(() ->
                            assertThat(indicator.health().getStatus()).isEqualTo(Status.UP));
                });
    }
}
