package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * A run that ends when all beans are made, as for an archive of the JVM's classes, is mostly one of an image's build.
 */
class TrainingRunIT {
    @Test
    void leavesNoLogBehindThatEveryCopyOfAnImageWouldGoOnWith(@TempDir Path folder) throws Exception {
        Path directory = folder.resolve("buffer");
        List<String> ignored = ApplicationProcess.run(
                folder, 0, Application.class, "--asynclog.buffer.directory=" + directory, "--asynclog.ack=stored");
        assertThat(directory).doesNotExist();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        public static void main(String[] arguments) {
            System.setProperty("spring.context.exit", "onRefresh");
            SpringApplication application = new SpringApplication(Application.class);
            application.setWebApplicationType(WebApplicationType.NONE);
            application.run(arguments);
            throw new IllegalStateException("The run did not end");
        }
    }
}
