package io.asynclog.boot35;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.FlushFunction;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** That health comes and goes as it does on Spring Boot 4, whose tests say what it tells. */
class HealthTests {
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(AsyncLogAutoConfiguration.class, AsyncLogBoot35HealthAutoConfiguration.class))
            .withBean("audit", FlushFunction.class, () -> batch -> {})
            .withPropertyValues("asynclog.console.enabled=false");

    @Test
    void isUpWithDetails() {
        runner.run(context -> {
            assertThat(context.getBean(AsyncLogger.class).infoAsync("hello")).succeedsWithin(DEADLINE);
            assertThat(health(context, "buffer").getStatus()).isEqualTo(Status.UP);
            assertThat(health(context, "buffer").getDetails()).containsEntry("buffer", "ok");
            assertThat(health(context, "sinks").getStatus()).isEqualTo(Status.UP);
            assertThat(health(context, "sinks").getDetails()).containsOnlyKeys("audit");
        });
    }

    @Test
    void isOutOfServiceWhenTheEngineWasStopped() {
        runner.run(context -> {
            context.getBean(AsyncLogManager.class).close();
            assertThat(health(context, "buffer").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        });
    }

    @Test
    void isDownWhileASinkIsStuck() {
        CountDownLatch released = new CountDownLatch(1);
        runner.withBean("stuck", FlushFunction.class, () -> batch -> released.await())
                .withPropertyValues("asynclog.sinks.stuck.flush-timeout=10ms")
                .run(context -> {
                    context.getBean(AsyncLogger.class).info("hello");
                    await().atMost(DEADLINE).untilAsserted(() -> assertThat(
                                    health(context, "sinks").getStatus())
                            .isEqualTo(Status.DOWN));
                    released.countDown();
                });
    }

    @Test
    void isAbsentWhenDisabled() {
        runner.withPropertyValues("management.health.asynclog.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthContributor.class));
    }

    @Test
    void isAbsentWithoutActuator() {
        runner.withClassLoader(new FilteredClassLoader(CompositeHealthContributor.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("asynclogHealthContributor"));
    }

    @Test
    void isUpWithoutAnEngine() {
        runner.withPropertyValues("asynclog.enabled=false").run(context -> {
            assertThat(health(context, "buffer").getStatus()).isEqualTo(Status.UP);
            assertThat(health(context, "buffer").getDetails()).isEqualTo(Map.of("engine", "disabled"));
            assertThat(health(context, "sinks").getStatus()).isEqualTo(Status.UP);
        });
    }

    @Test
    void backsOff() {
        runner.withBean("asynclogHealthContributor", HealthIndicator.class, () -> Health.up()::build)
                .run(context -> assertThat(context.getBean(HealthContributor.class))
                        .isNotInstanceOf(CompositeHealthContributor.class));
    }

    private static Health health(ApplicationContext context, String part) {
        CompositeHealthContributor contributor = context.getBean(CompositeHealthContributor.class);
        return ((HealthIndicator) contributor.getContributor(part)).health();
    }
}
