package io.asynclog.autoconfigure.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.ContextSource;
import io.asynclog.FlushFunction;
import io.asynclog.LogRecord;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class LogbackContextTests {
    private final List<Map<String, String>> contexts = new CopyOnWriteArrayList<>();
    private final FlushFunction sink = batch -> batch.forEach(record -> contexts.add(record.context()));
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(AsyncLogAutoConfiguration.class, AsyncLogLogbackAutoConfiguration.class))
            .withBean("sink", FlushFunction.class, () -> sink)
            .withPropertyValues("asynclog.console.enabled=false");

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void starterReadsTheMdcThroughIt() {
        runner.run(context -> {
            assertThat(context).getBean("asyncLogContextSource").isInstanceOf(LogbackContextSource.class);
            MDC.put("user", "ann");
            context.getBean(AsyncLogger.class).info("a record");
        });
        assertThat(contexts).containsExactly(Map.of("user", "ann"));
    }

    @Test
    void backsOffForOneOfTheApplicationWhichIsUsed() {
        ContextSource own = () -> Map.of("from", "the application");
        runner.withBean("own", ContextSource.class, () -> own).run(context -> {
            assertThat(context).getBean(ContextSource.class).isSameAs(own);
            MDC.put("user", "ann");
            context.getBean(AsyncLogger.class).info("a record");
        });
        assertThat(contexts).containsExactly(Map.of("from", "the application"));
    }

    @Test
    void showsLogbacksMapAsItIsUntilTheThreadChangesIt() {
        LogbackMDCAdapter logback = new LogbackMDCAdapter();
        assertThat(LogbackContextSource.of(logback)).isNull();
        logback.put("user", "ann");
        Map<String, String> before = LogbackContextSource.of(logback);

        assertThat(LogbackContextSource.of(logback)).isSameAs(before);

        logback.put("user", "bob");
        assertThat(before).isEqualTo(Map.of("user", "ann"));
        assertThat(LogbackContextSource.of(logback)).isEqualTo(Map.of("user", "bob"));
    }

    @Test
    void copiesWhatAnotherImplementationHas() {
        MDCAdapter other = new BasicMDCAdapter();
        other.put("user", "ann");

        assertThat(LogbackContextSource.of(other)).isEqualTo(Map.of("user", "ann"));
        assertThat(LogbackContextSource.of(null)).isNull();
    }

    /** In a test of the starter, since the core's own have no implementation of SLF4J. */
    @Test
    void engineThatIsToldOfNoSourceCopiesTheMdc() {
        List<LogRecord> records = new CopyOnWriteArrayList<>();
        try (AsyncLogManager manager = AsyncLogManager.builder()
                .sink("sink", batch -> batch.forEach(record -> records.add(record.copy())))
                .build()) {
            manager.initialize();
            MDC.put("user", "ann");
            manager.getLogger("test").info("with");
            MDC.clear();
            manager.getLogger("test").info("without");
        }
        assertThat(records).extracting(LogRecord::context).containsExactly(Map.of("user", "ann"), Map.of());
    }
}
