package io.asynclog.autoconfigure.transaction;

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

/** An application without spring-tx, in a JVM of its own that says which classes it loads. */
class WithoutTransactionsIT {
    @Test
    void nothingOfTheTransactionsIsLoaded(@TempDir Path folder) throws Exception {
        assertThat(ApplicationWithout.run(folder, Application.class, "spring-tx"))
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
