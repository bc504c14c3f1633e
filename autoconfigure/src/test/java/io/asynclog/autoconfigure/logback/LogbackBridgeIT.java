package io.asynclog.autoconfigure.logback;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.autoconfigure.ApplicationProcess;
import jakarta.annotation.PreDestroy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that knows Logback only, in a JVM of its own, with Spring Boot's own console. */
class LogbackBridgeIT {
    private static final int RECORDS = 20_000;

    @Test
    void everyLineIsOnTheConsoleOnceAndInTheFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("app.log");
        List<String> console = ApplicationProcess.run(
                folder, 0, Application.class, "--asynclog.logback.enabled=true", "--asynclog.file.path=" + file);
        List<String> lines =
                IntStream.range(0, RECORDS).mapToObj(i -> "line " + i).toList();

        assertThat(messages(console, "com.example.Shop")).startsWith("created").endsWith("destroyed");
        assertThat(messages(console, "com.example.Shop"))
                .filteredOn(message -> message.startsWith("line "))
                .containsExactlyElementsOf(lines);
        assertThat(console).filteredOn(line -> line.contains("Starting ")).hasSize(1);
        assertThat(console).filteredOn(line -> line.contains("Started ")).hasSize(1);
        assertThat(console)
                .filteredOn(line -> line.contains("asynclog is down: "))
                .hasSize(1);

        List<String> written = Files.readAllLines(file);
        assertThat(messages(written, "com.example.Shop")).containsExactlyElementsOf(lines);
        assertThat(written).filteredOn(line -> line.contains("Started ")).hasSize(1);
    }

    private static List<String> messages(List<String> lines, String logger) {
        return lines.stream()
                .filter(line -> line.contains(" " + logger + " "))
                .map(line -> line.substring(line.indexOf(" : ") + 3))
                .toList();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        public static void main(String[] arguments) {
            SpringApplication application = new SpringApplication(Application.class);
            application.setWebApplicationType(WebApplicationType.NONE);
            application.run(arguments);
        }

        @Bean
        Shop shop() {
            return new Shop();
        }
    }

    static final class Shop implements CommandLineRunner {
        private final Logger log = LoggerFactory.getLogger("com.example.Shop");

        Shop() {
            log.info("created");
        }

        @Override
        public void run(String... arguments) {
            for (int i = 0; i < RECORDS; i++) {
                log.info("line {}", i);
            }
        }

        @PreDestroy
        void close() {
            log.info("destroyed");
        }
    }
}
