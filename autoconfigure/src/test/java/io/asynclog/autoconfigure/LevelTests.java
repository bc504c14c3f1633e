package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.asynclog.AsyncLogger;
import io.asynclog.FlushFunction;
import io.asynclog.LogReceipt;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class LevelTests {
    private static final String NAME = "orders";

    private final LoggingSystem logging = LoggingSystem.get(LevelTests.class.getClassLoader());
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(AsyncLogAutoConfiguration.class))
            .withPropertyValues("asynclog.console.enabled=false", "spring.application.name=" + NAME);

    @AfterEach
    void resetLevel() {
        logging.setLogLevel(NAME, null);
    }

    @Test
    void aChangeInTheApplicationsLoggingActsAtOnce() {
        RecordingSink sink = new RecordingSink();
        runner.withBean("sink", FlushFunction.class, () -> sink).run(context -> {
            AsyncLogger log = context.getBean(AsyncLogger.class);
            logging.setLogLevel(NAME, LogLevel.INFO);
            log.debug("too low");
            logging.setLogLevel(NAME, LogLevel.DEBUG);
            log.debug("high enough");
            logging.setLogLevel(NAME, LogLevel.OFF);
            log.error("off");
        });
        assertThat(sink.messages()).containsExactly("high enough");
    }

    @Test
    void everyLevelIsAskedFor() {
        runner.run(context -> {
            AsyncLogger log = context.getBean(AsyncLogger.class);
            for (Level lowest : Level.values()) {
                logging.setLogLevel(NAME, LogLevel.valueOf(lowest.name()));
                for (Level level : Level.values()) {
                    assertThat(log.isEnabledForLevel(level))
                            .as("%s at %s", level, lowest)
                            .isEqualTo(level.toInt() >= lowest.toInt());
                }
            }
        });
    }

    @Test
    void aDisabledRecordIsReceiptedAsSuch() {
        runner.run(context -> {
            logging.setLogLevel(NAME, LogLevel.WARN);
            assertThat(context.getBean(AsyncLogger.class).infoAsync("hello")).isCompletedWithValue(LogReceipt.DISABLED);
        });
    }

    @Test
    void askingForTheLevelCostsNoMemory() {
        runner.run(context -> {
            AsyncLogger log = context.getBean(AsyncLogger.class);
            logging.setLogLevel(NAME, LogLevel.WARN);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long smallest = Long.MAX_VALUE;
            for (int round = 0; round < 20; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 10_000; i++) {
                    log.info("order {} of {}", "a", "b");
                }
                smallest = Math.min(smallest, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(smallest).isLessThan(10_000);
        });
    }
}
