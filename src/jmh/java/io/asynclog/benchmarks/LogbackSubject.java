package io.asynclog.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logback, with the appender that one of the configuration files {@code logback-*.xml} names. */
final class LogbackSubject implements Subject {
    private final String configuration;
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger logger = LoggerFactory.getLogger(OrderLine.LOGGER);

    private LogbackSubject(String configuration) {
        this.configuration = configuration;
        configure();
    }

    static Setup synchronous() {
        return setup(
                        "logback-sync",
                        "; FileAppender with immediateFlush=true, Spring Boot's default",
                        "logback-sync.xml")
                .withShare(0.25);
    }

    static Setup asynchronous() {
        return setup(
                "logback-async",
                "; AsyncAppender, queue of 8,192, discardingThreshold=0, FileAppender with immediateFlush=false",
                "logback-async.xml");
    }

    /** Its default is to drop what finds the ring buffer full; here it waits, as all others do. */
    static Setup logstash() {
        return setup(
                "logstash",
                ", " + Libraries.named("logstash-logback-encoder")
                        + "; LoggingEventAsyncDisruptorAppender, ring buffer of 8,192, blocking wait strategy,"
                        + " appendTimeout=-1, FileAppender with immediateFlush=false",
                "logback-logstash.xml");
    }

    private static Setup setup(String name, String settings, String configuration) {
        return Setup.of(
                name,
                Libraries.named("logback-classic") + settings,
                (file, buffer) -> new LogbackSubject(configuration));
    }

    private void configure() {
        URL url = Objects.requireNonNull(LogbackSubject.class.getClassLoader().getResource(configuration));
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        context.reset();
        try {
            configurator.doConfigure(url);
        } catch (JoranException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void log(String user, Integer order, Integer cents, String address) {
        logger.info(OrderLine.MESSAGE, user, order, cents, address);
    }

    /** None of its appenders tells when it is done, unless it is stopped; so they are stopped, and others put in their place. */
    @Override
    public void drain() {
        configure();
    }

    @Override
    public void stop() {
        context.stop();
    }
}
