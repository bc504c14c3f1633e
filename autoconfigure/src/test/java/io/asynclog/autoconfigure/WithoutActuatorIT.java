package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogger;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
        assertThat(run(folder, Metered.class, "spring-boot-actuator", "spring-boot-health"))
                .contains("> sink console is running: 1.0")
                .contains("io.asynclog.autoconfigure.metrics.AsyncLogMetricsAutoConfiguration ")
                .doesNotContain("io.asynclog.autoconfigure.actuate.")
                .doesNotContain("io.asynclog.autoconfigure.health.")
                .doesNotContain("org.springframework.boot.actuate.");
    }

    @Test
    void healthNeedsNoActuator(@TempDir Path folder) throws Exception {
        assertThat(run(folder, Healthy.class, "spring-boot-actuator", "micrometer"))
                .contains("> sinks UP {console={state=running,")
                .contains("> buffer UP {engine=running,")
                .contains("io.asynclog.autoconfigure.health.AsyncLogHealthAutoConfiguration ")
                .doesNotContain("io.asynclog.autoconfigure.actuate.")
                .doesNotContain("io.asynclog.autoconfigure.metrics.")
                .doesNotContain("org.springframework.boot.actuate.");
    }

    /**
     * Returns what an application said, and which classes it loaded.
     *
     * @param absent parts of names; a jar whose name contains one is not on its class path
     */
    private static String run(Path folder, Class<?> application, String... absent) throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Arrays.stream(absent)
                        .noneMatch(Path.of(entry).getFileName().toString()::contains))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(System.getProperty("java.class.path")).contains(absent);
        assertThat(classPath).doesNotContain(absent);

        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:class+load",
                        "-cp",
                        classPath,
                        application.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output);
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
