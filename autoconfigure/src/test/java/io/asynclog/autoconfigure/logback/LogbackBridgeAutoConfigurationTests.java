package io.asynclog.autoconfigure.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.asynclog.AsyncLogManager;
import io.asynclog.ContextSource;
import io.asynclog.ErrorHandler;
import io.asynclog.FlushFunction;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import io.asynclog.autoconfigure.DisabledAsyncLogAutoConfiguration;
import io.asynclog.autoconfigure.RecordingSink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.ApplicationContextAssert;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;

class LogbackBridgeAutoConfigurationTests {
    private static final Logger logger = LoggerFactory.getLogger("com.example.Shop");

    private final RecordingSink sink = new RecordingSink();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AsyncLogAutoConfiguration.class,
                    DisabledAsyncLogAutoConfiguration.class,
                    AsyncLogLogbackBridgeAutoConfiguration.class))
            .withBean("sink", FlushFunction.class, () -> sink)
            .withPropertyValues("asynclog.console.enabled=false");

    @Test
    void thereIsNoneUnlessItIsSwitchedOn() {
        runner.run(context -> {
            assertThat(context).doesNotHaveBean(LogbackBridge.class);
            logger.warn("to Logback");
        });
        assertThat(sink.messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "yes"})
    void whatLogbacksLoggersLogGoesToTheSinks(String on) {
        runner.withPropertyValues("asynclog.logback.enabled=" + on).run(context -> {
            logger.warn("Order {}", 4711);
            context.getBean(AsyncLogManager.class).flushAsync().join();
            assertThat(sink.messages()).contains("Order 4711");
        });
    }

    @Test
    void runsWhileTheEngineDoes() {
        runner.withPropertyValues("asynclog.logback.enabled=true").run(context -> {
            int engine =
                    context.getBean("asyncLogLifecycle", SmartLifecycle.class).getPhase();
            LogbackBridge bridge = context.getBean(LogbackBridge.class);
            assertThat(bridge.getPhase()).isEqualTo(engine + 1);
            assertThat(bridge.isPauseable()).isTrue(); // so that of cached contexts of tests the running one has it
            assertThat(bridge.isAutoStartup()).isTrue();
            assertThat(bridge.isRunning()).isTrue();
        });
    }

    @Test
    void thereIsNoneWithoutAnEngine() {
        runner.withPropertyValues("asynclog.logback.enabled=true", "asynclog.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LogbackBridge.class));
    }

    @Test
    void thereIsNoneWithoutLogback() {
        runner.withPropertyValues("asynclog.logback.enabled=true")
                .withClassLoader(new FilteredClassLoader(LoggerContext.class))
                .run(context -> assertThat(context).doesNotHaveBean(LogbackBridge.class));
    }

    @Test
    void thereIsNoneWhereAnEngineOfTheApplicationIsNobodysToStart() {
        runner.withPropertyValues("asynclog.logback.enabled=true", "asynclog.enabled=false")
                .withBean(AsyncLogManager.class, () -> AsyncLogManager.builder().build())
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LogbackBridge.class));
    }

    @Test
    void anEngineOfTheApplicationHasOne() {
        RecordingSink own = new RecordingSink();
        runner.withPropertyValues("asynclog.logback.enabled=true")
                .withBean(
                        AsyncLogManager.class,
                        () -> AsyncLogManager.builder().sink("own", own).build())
                .run(context -> logger.warn("to it"));
        assertThat(own.messages()).contains("to it");
    }

    @Test
    void aChildContextHasTheBridgeOfItsParent() {
        runner.withPropertyValues("asynclog.logback.enabled=true").run(parent -> runner.withParent(parent)
                .withPropertyValues("asynclog.logback.enabled=true")
                .run(child -> assertThat(child)
                        .hasNotFailed()
                        .doesNotHaveBean(LogbackBridge.class, ApplicationContextAssert.Scope.NO_ANCESTORS)));
    }

    @Test
    void aContextSourceOfTheApplicationCountsForLogbacksRecordsToo() {
        List<Map<String, String>> contexts = new CopyOnWriteArrayList<>();
        runner.withPropertyValues("asynclog.logback.enabled=true")
                .withBean("own", ContextSource.class, () -> () -> Map.of("tenant", "acme"))
                .withBean(
                        "contexts",
                        FlushFunction.class,
                        () -> batch -> batch.forEach(record -> contexts.add(record.context())))
                .run(context -> logger.warn("a record"));
        assertThat(contexts).isNotEmpty().containsOnly(Map.of("tenant", "acme"));
    }

    /** Agents for traces put their ids there, and not into the MDC of the thread. */
    @Test
    void theContextIsThatOfLogbacksEventsOtherwise() {
        List<Map<String, String>> contexts = new CopyOnWriteArrayList<>();
        ch.qos.logback.classic.Logger target = (ch.qos.logback.classic.Logger) logger;
        runner.withConfiguration(AutoConfigurations.of(AsyncLogLogbackAutoConfiguration.class))
                .withPropertyValues("asynclog.logback.enabled=true")
                .withBean(
                        "contexts",
                        FlushFunction.class,
                        () -> batch -> batch.forEach(record -> contexts.add(record.context())))
                .run(context -> target.callAppenders(
                        new LoggingEvent("", target, ch.qos.logback.classic.Level.INFO, "traced", null, null) {
                            @Override
                            public Map<String, String> getMDCPropertyMap() {
                                return Map.of("trace_id", "803b448a");
                            }
                        }));
        assertThat(contexts).contains(Map.of("trace_id", "803b448a"));
    }

    @Test
    void aSecondApplicationTellsItsErrorHandlerThatItHasNone() {
        List<String> troubles = new CopyOnWriteArrayList<>();
        runner.withPropertyValues("asynclog.logback.enabled=true").run(first -> runner.withPropertyValues(
                        "asynclog.logback.enabled=true")
                .withBean(ErrorHandler.class, () -> (message, cause) -> troubles.add(message))
                .run(second -> assertThat(second.getBean(LogbackBridge.class).isRunning())
                        .isFalse()));
        assertThat(troubles).singleElement().asString().startsWith("Another application in this JVM ");
    }

    /** Its own records would come back to it, flush by flush. */
    @Test
    void aSinkThatLogsIsSparedItsOwnRecords() {
        FlushFunction talkative = batch -> batch.forEach(record -> logger.warn("seen {}", record.message()));
        runner.withPropertyValues("asynclog.logback.enabled=true")
                .withBean("talkative", FlushFunction.class, () -> talkative)
                .run(context -> {
                    AsyncLogManager manager = context.getBean(AsyncLogManager.class);
                    logger.warn("order");
                    manager.flushAsync().join(); // what is logged meanwhile comes behind
                    manager.flushAsync().join();
                    manager.flushAsync().join();
                    assertThat(sink.messages()).contains("order", "seen order").doesNotContain("seen seen order");
                });
    }
}
