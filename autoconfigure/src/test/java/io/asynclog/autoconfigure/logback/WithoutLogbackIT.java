package io.asynclog.autoconfigure.logback;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogger;
import io.asynclog.autoconfigure.ApplicationWithout;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.BeansException;
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

    @Test
    void itsLoggersCannotBeBroughtAlong(@TempDir Path folder) throws Exception {
        assertThat(ApplicationWithout.run(folder, Bridged.class, "logback"))
                .contains(
                        "Property 'asynclog.logback.enabled' is 'true'. The loggers of LoggerFactory are not Logback's: ")
                .doesNotContain("> started");
    }

    static final class Bridged {
        public static void main(String[] arguments) {
            System.setProperty("asynclog.logback.enabled", "true");
            try {
                Application.main(arguments);
            } catch (BeansException failure) { // which there is no logger to tell of
                System.out.println(failure.getMessage());
            }
        }
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
