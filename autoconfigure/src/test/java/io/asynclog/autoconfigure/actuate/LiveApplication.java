package io.asynclog.autoconfigure.actuate;

import io.asynclog.AsyncLogger;
import io.asynclog.autoconfigure.FaultySink;
import java.net.URI;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** A shop with a live page, whose sinks fail when they are told to. */
final class LiveApplication implements AutoCloseable {
    private static final Map<String, Object> DEFAULTS = Map.of(
            "server.port", "0",
            "spring.application.name", "shop",
            "management.endpoints.web.exposure.include", "asynclog,asyncloglive",
            "asynclog.console.enabled", "false",
            "asynclog.tail.enabled", "true",
            "asynclog.sinks.audit.retry.max-delay", "200ms",
            "asynclog.sinks.search.delivery", "best-effort",
            "asynclog.shutdown-timeout", "100ms");

    private final ConfigurableApplicationContext context;

    LiveApplication(WebApplicationType type, String... arguments) {
        this(type, Shop.class, arguments);
    }

    LiveApplication(WebApplicationType type, Class<?> configuration, String... arguments) {
        SpringApplication application = new SpringApplication(configuration);
        application.setWebApplicationType(type);
        application.setDefaultProperties(DEFAULTS);
        context = application.run(arguments);
    }

    URI page() {
        return uri("/actuator/asyncloglive");
    }

    /** Returns what a path is at the port of the management, or else at the one and only. */
    URI uri(String path) {
        Environment environment = context.getEnvironment();
        String port =
                environment.getProperty("local.management.port", environment.getRequiredProperty("local.server.port"));
        return URI.create("http://localhost:" + port + path);
    }

    AsyncLogReport report() {
        return context.getBean(AsyncLogEndpoint.class).report();
    }

    AsyncLogger log() {
        return context.getBean(AsyncLogger.class);
    }

    FaultySink sink(String name) {
        return context.getBean(name, FaultySink.class);
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {
        @Bean
        FaultySink audit() {
            return new FaultySink();
        }

        @Bean
        FaultySink search() {
            return new FaultySink();
        }
    }
}
