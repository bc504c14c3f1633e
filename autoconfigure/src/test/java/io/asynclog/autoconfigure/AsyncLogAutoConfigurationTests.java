package io.asynclog.autoconfigure;

import static io.asynclog.autoconfigure.AwaitDeadline.DEADLINE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.Ack;
import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.ErrorHandler;
import io.asynclog.FlushFunction;
import io.asynclog.LogReceipt;
import io.asynclog.TaskScheduler;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.consumer.LogConsumer;
import io.asynclog.tail.LogTail;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MarkerFactory;
import org.slf4j.event.Level;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class AsyncLogAutoConfigurationTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(AsyncLogAutoConfiguration.class, DisabledAsyncLogAutoConfiguration.class))
            .withPropertyValues("asynclog.console.enabled=false");

    @Test
    void everyBeanIsThereUnderItsName() {
        runner.run(context -> {
            assertThat(context).getBean("asyncLogTaskScheduler").isInstanceOf(TaskScheduler.class);
            assertThat(context).getBean("asyncLogBuffer").isInstanceOf(AsyncBuffer.class);
            assertThat(context).getBean("asyncLogConsumer").isInstanceOf(LogConsumer.class);
            assertThat(context).getBean("asyncLogManager").isInstanceOf(AsyncLogManager.class);
            assertThat(context).getBean("asyncLogLogger").isInstanceOf(AsyncLogger.class);
            assertThat(context.getBeanDefinitionNames())
                    .filteredOn(name -> context.getType(name).getName().startsWith("io.asynclog"))
                    .allMatch(name -> name.startsWith("asyncLog") || name.contains("."));
        });
    }

    @Test
    void inASliceThereIsALoggerWithoutAnEngineUnlessATestAddsOne() {
        ApplicationContextRunner slice = new ApplicationContextRunner()
                .withPropertyValues("spring.boot.enableautoconfiguration=false", "asynclog.sinks.absent.level=warn");
        slice.withConfiguration(AutoConfigurations.of(DisabledAsyncLogAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .doesNotHaveBean(AsyncLogManager.class)
                        .getBean(AsyncLogger.class)
                        .isInstanceOf(PassThroughLogger.class));
        runner.withPropertyValues("spring.boot.enableautoconfiguration=false")
                .run(context ->
                        assertThat(context).getBean(AsyncLogger.class).isNotInstanceOf(PassThroughLogger.class));
    }

    @Test
    void taskSchedulerBacksOff() {
        TaskScheduler own = TaskScheduler.create();
        runner.withBean("own", TaskScheduler.class, () -> own).run(context -> {
            assertThat(context).getBean(TaskScheduler.class).isSameAs(own);
            assertThat(logAndWait(context.getBean(AsyncLogger.class))).isEqualTo(LogReceipt.Status.ACCEPTED);
        });
    }

    @Test
    void bufferBacksOff() {
        AsyncBuffer own = new AsyncBuffer(BufferOptions.defaults(), Runnable::run, (message, cause) -> {});
        runner.withBean("own", AsyncBuffer.class, () -> own).run(context -> {
            assertThat(context).getBean(AsyncBuffer.class).isSameAs(own);
            logAndWait(context.getBean(AsyncLogger.class));
            assertThat(own.accepted()).isEqualTo(1);
        });
    }

    @Test
    void consumerBacksOff() {
        runner.withUserConfiguration(OwnConsumer.class).run(context -> {
            assertThat(context).hasSingleBean(LogConsumer.class).hasBean("ownConsumer");
            logAndWait(context.getBean(AsyncLogger.class));
            LogConsumer consumer = context.getBean(LogConsumer.class);
            // without a required sink the receipt waits for nobody
            await().untilAsserted(() ->
                    assertThat(consumer.status().sinks().get(0).flushed()).isEqualTo(1));
        });
    }

    @Test
    void aConsumerBringsItsBufferWithIt() {
        AsyncBuffer own = new AsyncBuffer(BufferOptions.defaults(), Runnable::run, (message, cause) -> {});
        runner.withBean("own", LogConsumer.class, () -> new LogConsumer(own, (message, cause) -> {}))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(logAndWait(context.getBean(AsyncLogger.class))).isEqualTo(LogReceipt.Status.ACCEPTED);
                    assertThat(own.accepted()).isEqualTo(1);
                    assertThat(context.getBeanFactory().containsSingleton("asyncLogBuffer"))
                            .isFalse();
                });
    }

    @Test
    void managerBacksOffAndIsRunByTheLifecycle() {
        AsyncLogManager own = AsyncLogManager.builder().build();
        runner.withBean("own", AsyncLogManager.class, () -> own).run(context -> {
            assertThat(context).getBean(AsyncLogManager.class).isSameAs(own);
            assertThat(own.status().state().name()).isEqualTo("RUNNING");
        });
        assertThat(own.status().state().name()).isEqualTo("STOPPED");
    }

    @Test
    void anOwnManagerLeavesNothingBehindThatNobodyUses(@TempDir Path folder) {
        Path directory = folder.resolve("buffer");
        runner.withPropertyValues("asynclog.buffer.directory=" + directory, "asynclog.tail.enabled=true")
                .withBean("own", AsyncLogManager.class, () -> AsyncLogManager.builder()
                        .build())
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(LogTail.class);
                    assertThat(context.getBeanFactory().containsSingleton("asyncLogBuffer"))
                            .isFalse();
                    assertThat(context.getBeanFactory().containsSingleton("asyncLogConsumer"))
                            .isFalse();
                    assertThat(directory).doesNotExist();
                });
    }

    @Test
    void anOwnManagerMayHaveBufferAndConsumerOfTheConfigurationAndItsOwnTail(@TempDir Path folder) {
        runner.withPropertyValues("asynclog.buffer.directory=" + folder.resolve("buffer"))
                .withUserConfiguration(OwnManager.class)
                .run(context -> {
                    logAndWait(context.getBean(AsyncLogManager.class).getLogger("own"));
                    assertThat(context.getBean(AsyncBuffer.class).accepted()).isEqualTo(1);
                    assertThat(context).hasSingleBean(LogTail.class).hasBean("ownTail");
                });
    }

    @Test
    void loggerBacksOff() {
        try (AsyncLogManager other = AsyncLogManager.builder().build()) {
            AsyncLogger own = other.getLogger("own");
            runner.withBean("own", AsyncLogger.class, () -> own)
                    .run(context ->
                            assertThat(context).getBean(AsyncLogger.class).isSameAs(own));
        }
    }

    @Test
    void flushFunctionBeansAreSinksUnderTheirBeanNames() {
        RecordingSink audit = new RecordingSink();
        runner.withBean("audit", FlushFunction.class, () -> audit).run(context -> {
            logAndWait(context.getBean(AsyncLogger.class));
            assertThat(audit.messages()).containsExactly("hello");
            assertThat(context.getBean(AsyncLogManager.class).status().sinks())
                    .extracting(sink -> sink.name())
                    .containsExactly("audit");
        });
    }

    @Test
    void errorHandlerBeanHearsOfFailures() {
        List<String> heard = new CopyOnWriteArrayList<>();
        runner.withBean(ErrorHandler.class, () -> (message, cause) -> heard.add(message))
                .withBean("broken", FlushFunction.class, () -> batch -> {
                    throw new IllegalStateException("no");
                })
                .withPropertyValues("asynclog.sinks.broken.retry.max-attempts=1", "asynclog.shutdown-timeout=100ms")
                .run(context -> assertThat(context.getBean(AsyncLogger.class).infoAsync("hello"))
                        .failsWithin(DEADLINE));
        assertThat(heard).anyMatch(message -> message.contains("broken"));
    }

    @Test
    void thereIsNoEngineWhenDisabled() {
        runner.withPropertyValues("asynclog.enabled=false").run(context -> assertThat(context)
                .doesNotHaveBean(AsyncLogManager.class)
                .doesNotHaveBean(AsyncBuffer.class)
                .doesNotHaveBean(LogConsumer.class)
                .doesNotHaveBean(TaskScheduler.class)
                .doesNotHaveBean(AsyncLogLifecycle.class));
    }

    /** As the other properties are read. */
    @ParameterizedTest
    @CsvSource({"0,false", "no,false", "off,false", "FALSE,false", "1,true", "yes,true", "on,true"})
    void thereIsAnEngineOrNoneHoweverItIsSwitched(String value, boolean engine) {
        runner.withPropertyValues("asynclog.enabled=" + value).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(AsyncLogger.class);
            assertThat(context.containsBean("asyncLogManager")).isEqualTo(engine);
        });
    }

    @ParameterizedTest
    @CsvSource({"0,false", "off,false", "1,true", "yes,true"})
    void thereIsATailOrNoneHoweverItIsSwitched(String value, boolean tail) {
        runner.withPropertyValues("asynclog.tail.enabled=" + value).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.containsBean("asyncLogTail")).isEqualTo(tail);
        });
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void loggersPassRecordsOnToTheApplicationsLoggingWhenDisabled(CapturedOutput output) {
        RecordingSink audit = new RecordingSink();
        runner.withPropertyValues("asynclog.enabled=false")
                .withBean("audit", FlushFunction.class, () -> audit)
                .withBean(Shop.class)
                .run(context -> {
                    AsyncLogger log = context.getBean(Shop.class).log;
                    log.info(MarkerFactory.getMarker("m"), "order {} of {}", 17, "Ann");
                    log.warn("{} and {} and {}", 1, 2, 3);
                    log.atInfo().addKeyValue("id", 18).log("fluent");
                    log.error("failed", new IllegalStateException("because"));
                    assertThat(log.infoAsync("awaited {}", 19))
                            .succeedsWithin(DEADLINE)
                            .isEqualTo(LogReceipt.PASSED_ON);
                    assertThat(log.logAsync(Ack.STORED, Level.WARN, "stored {}", 20))
                            .isCompletedWithValue(LogReceipt.PASSED_ON);
                    assertThat(log.logStored(Level.WARN, "waited for {}", 21)).isEqualTo(LogReceipt.PASSED_ON);
                    assertThat(log.flushAsync()).succeedsWithin(DEADLINE);
                });
        assertThat(output)
                .contains(
                        "Shop",
                        "order 17 of Ann",
                        "1 and 2 and 3",
                        "fluent",
                        "because",
                        "awaited 19",
                        "stored 20",
                        "waited for 21");
        assertThat(audit.messages()).isEmpty();
    }

    @Test
    void theEngineNeedsNeitherActuatorNorMicrometerNorAWebServer() {
        runner.withClassLoader(new FilteredClassLoader(
                        "org.springframework.boot.actuate",
                        "org.springframework.boot.health",
                        "io.micrometer",
                        "org.springframework.web",
                        "jakarta.servlet",
                        "com.fasterxml.jackson",
                        "tools.jackson"))
                .run(context -> assertThat(logAndWait(context.getBean(AsyncLogger.class)))
                        .isEqualTo(LogReceipt.Status.ACCEPTED));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void tasksRunOnVirtualThreadsUnlessToldOtherwise() {
        assertThat(taskThread("asynclog.enabled=true")).contains("VirtualThread");
        assertThat(taskThread("spring.threads.virtual.enabled=true")).contains("VirtualThread");
        assertThat(taskThread("spring.threads.virtual.enabled=false")).doesNotContain("VirtualThread");
    }

    @Test
    void tasksRunOnPlatformThreadsWhenVirtualOnesAreSwitchedOff() {
        assertThat(taskThread("spring.threads.virtual.enabled=false")).contains("asynclog-task-");
    }

    private String taskThread(String property) {
        String[] thread = new String[1];
        runner.withPropertyValues(property)
                .run(context -> thread[0] = context.getBean(TaskScheduler.class)
                        .execute(() -> Thread.currentThread().toString())
                        .get(DEADLINE.toSeconds(), SECONDS));
        return thread[0];
    }

    private static LogReceipt.Status logAndWait(AsyncLogger log) throws Exception {
        return log.logAsync(Level.INFO, "hello")
                .get(DEADLINE.toSeconds(), SECONDS)
                .status();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnConsumer {
        @Bean
        LogConsumer ownConsumer(AsyncBuffer buffer) {
            return new LogConsumer(buffer, (message, cause) -> {});
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnManager {
        @Bean
        LogTail ownTail() {
            return new LogTail();
        }

        @Bean
        AsyncLogManager ownManager(AsyncBuffer buffer, LogConsumer consumer, LogTail tail) {
            return AsyncLogManager.builder()
                    .buffer(buffer)
                    .consumer(consumer)
                    .tail(tail)
                    .build();
        }
    }

    static final class Shop {
        final AsyncLogger log;

        Shop(AsyncLogger log) {
            this.log = log;
        }
    }
}
