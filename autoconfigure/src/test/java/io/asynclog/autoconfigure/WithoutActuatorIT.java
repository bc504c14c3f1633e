package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogger;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Applications that have meters, or health, and no Actuator, each in a JVM of its own that says which classes it loads.
 */
class WithoutActuatorIT {
    @Test
    void metersNeedNoActuator(@TempDir Path folder) throws Exception {
        assertThat(ApplicationWithout.run(folder, Metered.class, "spring-boot-actuator", "spring-boot-health"))
                .contains("> sink console is running: 1.0")
                .contains("io.asynclog.autoconfigure.metrics.AsyncLogMetricsAutoConfiguration ")
                .doesNotContain("io.asynclog.autoconfigure.actuate.")
                .doesNotContain("io.asynclog.autoconfigure.health.")
                .doesNotContain("org.springframework.boot.actuate.");
    }

    @Test
    void healthNeedsNoActuator(@TempDir Path folder) throws Exception {
        assertThat(ApplicationWithout.run(folder, Healthy.class, "spring-boot-actuator", "micrometer"))
                .contains("> sinks UP {console={state=running,")
                .contains("> buffer UP {engine=running,")
                .contains("io.asynclog.autoconfigure.health.AsyncLogHealthAutoConfiguration ")
                .doesNotContain("io.asynclog.autoconfigure.actuate.")
                .doesNotContain("io.asynclog.autoconfigure.metrics.")
                .doesNotContain("org.springframework.boot.actuate.");
    }

    private static void start(Class<?> source) {
        SpringApplication application = new SpringApplication(source);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.run("--asynclog.console.pattern=> %m%n");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Metered {
        public static void main(String[] arguments) {
            start(Metered.class);
        }

        @Bean
        SimpleMeterRegistry registry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        CommandLineRunner work(AsyncLogger log, MeterRegistry registry) {
            return arguments -> log.info(
                    "sink console is running: {}",
                    registry.get("asynclog.sink.state")
                            .tags("sink", "console", "state", "running")
                            .gauge()
                            .value());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Healthy {
        public static void main(String[] arguments) {
            start(Healthy.class);
        }

        @Bean
        CommandLineRunner work(AsyncLogger log, CompositeHealthContributor asynclogHealthContributor) {
            return arguments -> asynclogHealthContributor.stream().forEach(part -> {
                if (part.contributor() instanceof HealthIndicator indicator) {
                    log.info("{} {}", part.name(), indicator.health());
                }
            });
        }
    }
}
