package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogger;
import jakarta.annotation.PreDestroy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application that does its work and exits, in a JVM of its own. */
class CommandLineApplicationIT {
    private static final int RECORDS = 50_000;

    @Test
    void everyLineComesOutOfAnApplicationThatReturnsFromMain(@TempDir Path folder) throws Exception {
        assertThat(run(folder, 0, "return")).containsExactlyElementsOf(expected());
    }

    @Test
    void everyLineComesOutOfAnApplicationThatCallsExit(@TempDir Path folder) throws Exception {
        assertThat(run(folder, 3, "exit")).containsExactlyElementsOf(expected());
    }

    private static List<String> expected() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            lines.add("line " + i);
        }
        lines.add("destroyed");
        return lines;
    }

    /** Returns the engine's lines on standard output, without the application's own. */
    private static List<String> run(Path folder, int exitCode, String end) throws Exception {
        return ApplicationProcess.run(folder, exitCode, Application.class, end).stream()
                .filter(line -> line.startsWith("> "))
                .map(line -> line.substring(2))
                .toList();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        public static void main(String[] arguments) {
            SpringApplication application = new SpringApplication(Application.class);
            application.setWebApplicationType(WebApplicationType.NONE);
            application.run(
                    arguments[0],
                    "--asynclog.console.pattern=> %m%n",
                    "--logging.level.root=warn",
                    "--logging.level.io.asynclog=info");
            if (arguments[0].equals("exit")) {
                System.exit(3);
            }
        }

        @Bean
        CommandLineRunner work(AsyncLogger log) {
            return arguments -> {
                for (int i = 0; i < RECORDS; i++) {
                    log.info("line {}", i);
                }
            };
        }

        @Bean
        Last last(AsyncLogger log) {
            return new Last(log);
        }
    }

    static final class Last {
        private final AsyncLogger log;

        Last(AsyncLogger log) {
            this.log = log;
        }

        @PreDestroy
        void close() {
            log.info("destroyed");
        }
    }
}
