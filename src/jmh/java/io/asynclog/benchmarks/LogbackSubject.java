package io.asynclog.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logback, with the appender that one of the configuration files {@code logback-*.xml} names. */
final class LogbackSubject implements Subject {
    private static final String LOGSTASH = "logback-logstash.xml";

    private final String configuration;
    private final Path file;
    private final boolean flushesBatches;
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger logger = LoggerFactory.getLogger(OrderLine.LOGGER);

    private LogbackSubject(String configuration, Path file) {
        this.configuration = configuration;
        this.file = file;
        flushesBatches = configuration.equals(LOGSTASH);
        configure();
    }

    static Setup synchronous() {
        return setup(
                        "logback-sync",
                        "; FileAppender with immediateFlush=true, Spring Boot's default",
                        "logback-sync.xml")
                .withShare(0.25)
                .thatIsDurable();
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
                LOGSTASH);
    }

    private static Setup setup(String name, String settings, String configuration) {
        return Setup.of(
                name,
                Libraries.named("logback-classic") + settings,
                (file, buffer) -> new LogbackSubject(configuration, file));
    }

    @Override
    public void log(String user, Integer order, Integer cents, String address) {
        logger.info(OrderLine.MESSAGE, user, order, cents, address);
    }

    /**
     * Logback's own appenders do not tell when they are done, unless they are stopped; others are put in their place
     * then. Logstash's would take 50 ms to stop, but flushes by itself.
     */
    @Override
    public void drain() {
        if (flushesBatches) {
            FileEnd.await(file, logger::info);
        } else {
            context.reset();
        }
    }

    @Override
    public void resume() {
        if (!flushesBatches) {
            configure();
        }
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
    public void close() {
        context.stop();
    }
}
