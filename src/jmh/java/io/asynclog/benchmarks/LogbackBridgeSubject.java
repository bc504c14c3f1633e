package io.asynclog.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.asynclog.AsyncLogManager;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import io.asynclog.autoconfigure.logback.AsyncLogLogbackAutoConfiguration;
import io.asynclog.autoconfigure.logback.AsyncLogLogbackBridgeAutoConfiguration;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Logback's loggers, whose records asynclog takes: what becomes of a service that changes nothing but a property. */
final class LogbackBridgeSubject implements Subject {
    private final Logger logger = LoggerFactory.getLogger(OrderLine.LOGGER);
    private final AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext();
    private final AsyncLogManager manager;

    private LogbackBridgeSubject(Path file) {
        LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
        logback.reset(); // its own console
        logback.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        application
                .getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "benchmark",
                        Map.of(
                                "asynclog.logback.enabled",
                                true,
                                "asynclog.console.enabled",
                                false,
                                "asynclog.file.path",
                                file.toString(),
                                "asynclog.file.pattern",
                                OrderLine.PATTERN,
                                "asynclog.file.max-file-size",
                                Long.MAX_VALUE + "B")));
        application.register(
                AsyncLogLogbackAutoConfiguration.class,
                AsyncLogAutoConfiguration.class,
                AsyncLogLogbackBridgeAutoConfiguration.class);
        application.refresh();
        manager = application.getBean(AsyncLogManager.class);
    }

    static Setup memory() {
        return Setup.of(
                "asynclog-logback",
                Libraries.named("logback-classic") + "; asynclog.logback.enabled, buffer of 64 MB in memory",
                (file, buffer) -> new LogbackBridgeSubject(file));
    }

    @Override
    public void log(String user, Integer order, Integer cents, String address) {
        logger.info(OrderLine.MESSAGE, user, order, cents, address);
    }

    @Override
    public void drain() {
        manager.flushAsync().join();
    }

    @Override
    public void close() {
        application.close();
    }
}
