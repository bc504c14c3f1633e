package io.asynclog.started;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

/**
 * Knows nothing of asynclog, and stands in a package of its own: what Spring Boot finds by scanning it scans in the
 * packages of applications.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StartedApplication {
    /** The line begins with it that says whether asynclog is there, the milliseconds since the start, and the MiB. */
    public static final String READY = "READY ";

    /** Starts, says how long that took, and ends. */
    public static void main(String[] arguments) throws IOException {
        SpringApplication application = new SpringApplication(StartedApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        ConfigurableApplicationContext context =
                application.run("--logging.level.root=warn", "--spring.main.banner-mode=off");
        System.out.println(READY
                + ClassUtils.isPresent("io.asynclog.AsyncLogManager", context.getClassLoader())
                + " "
                + ManagementFactory.getRuntimeMXBean().getUptime()
                + " "
                + residentMiB());
        context.close();
    }

    private static long residentMiB() throws IOException {
        Path status = Path.of("/proc/self/status");
        return !Files.exists(status)
                ? 0
                : Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                        .sum();
    }
}
