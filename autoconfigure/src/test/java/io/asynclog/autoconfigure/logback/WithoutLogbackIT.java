package io.asynclog.autoconfigure.logback;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogger;
import io.asynclog.autoconfigure.ApplicationWithout;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application without Logback, in a JVM of its own that says which classes it loads. */
class WithoutLogbackIT {
    @Test
    void nothingOfLogbackIsLoaded(@TempDir Path folder) throws Exception {
        assertThat(ApplicationWithout.run(folder, Application.class, "logback"))
                .contains("> started")
                .contains("io.asynclog.autoconfigure.AsyncLogAutoConfiguration ")
                .doesNotContain("io.asynclog.autoconfigure.logback.AsyncLog")
                .doesNotContain("io.asynclog.autoconfigure.logback.Logback")
                .doesNotContain("ch.qos.logback.");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        public static void main(String[] arguments) {
            SpringApplication application = new SpringApplication(Application.class);
            application.setWebApplicationType(WebApplicationType.NONE);
            application.run();
        }

        @Bean
        CommandLineRunner work(AsyncLogger log) {
            return arguments -> {
                log.info("to nobody: without an implementation of SLF4J no level is enabled");
                System.out.println("> started");
            };
        }
    }
}
