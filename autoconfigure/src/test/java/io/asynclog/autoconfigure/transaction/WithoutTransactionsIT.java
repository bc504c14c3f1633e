package io.asynclog.autoconfigure.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogger;
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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application without spring-tx, in a JVM of its own that says which classes it loads. */
class WithoutTransactionsIT {
    @Test
    void nothingOfTheTransactionsIsLoaded(@TempDir Path folder) throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("spring-tx"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(classPath.length())
                .isLessThan(System.getProperty("java.class.path").length());

        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:class+load",
                        "-cp",
                        classPath,
                        Application.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(Files.readString(output))
                .contains("> placed")
                .doesNotContain("> not placed")
                .contains("io.asynclog.autoconfigure.AsyncLogAutoConfiguration ")
                .doesNotContain("io.asynclog.autoconfigure.transaction.AsyncLog")
                .doesNotContain("io.asynclog.autoconfigure.transaction.Spring")
                .doesNotContain("org.springframework.transaction.");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        public static void main(String[] arguments) {
            SpringApplication application = new SpringApplication(Application.class);
            application.setWebApplicationType(WebApplicationType.NONE);
            application.run("--asynclog.console.pattern=> %m%n");
        }

        @Bean
        CommandLineRunner work(AsyncLogger log) {
            return arguments -> {
                log.afterCommit().info("placed");
                log.afterRollback().info("not placed");
            };
        }
    }
}
