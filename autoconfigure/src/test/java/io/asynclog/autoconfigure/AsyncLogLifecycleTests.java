package io.asynclog.autoconfigure;

import static io.asynclog.autoconfigure.AwaitDeadline.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogStatus;
import io.asynclog.AsyncLogger;
import io.asynclog.ErrorHandler;
import io.asynclog.FlushFunction;
import io.asynclog.LogBatch;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class AsyncLogLifecycleTests {
    private static final String QUIET = "asynclog.console.enabled=false";

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AsyncLogAutoConfiguration.class));

    @Test
    void comesUpBeforeAndGoesDownAfterEverythingElse() {
        runner.withPropertyValues(QUIET).run(context -> {
            AsyncLogLifecycle lifecycle = context.getBean(AsyncLogLifecycle.class);
            assertThat(lifecycle.getPhase()).isEqualTo(Integer.MIN_VALUE + 1000);
            assertThat(lifecycle.isPauseable()).isFalse();
            assertThat(lifecycle.isAutoStartup()).isTrue();
            assertThat(lifecycle.isRunning()).isTrue();
        });
    }

    @Test
    void flushesWhileWhatASinkUsesIsStillRunning() {
        Stopping closing = new Stopping(Integer.MAX_VALUE);
        Stopping client = new Stopping(0);
        List<String> messages = new CopyOnWriteArrayList<>();
        FlushFunction sink = batch -> {
            await().until(() -> !closing.isRunning());
            await().until(() -> !client.isRunning() || isRunning("asynclog-flush"));
            batch.forEach(record -> messages.add(record.message() + (client.isRunning() ? "" : " too late")));
        };
        runner.withPropertyValues(QUIET)
                .withBean("closing", Stopping.class, () -> closing)
                .withBean("client", Stopping.class, () -> client)
                .withBean("sink", FlushFunction.class, () -> sink)
                .run(context -> context.getBean(AsyncLogger.class).info("hello"));
        assertThat(messages).containsExactly("hello");
    }

    private static boolean isRunning(String thread) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(running -> running.getName().equals(thread));
    }

    @Test
    void aSinkThatHangsTakesTheTimeOfTheShutdownOnce() {
        BlockingSink blocked = new BlockingSink();
        runner.withPropertyValues(QUIET, "asynclog.shutdown-timeout=1100ms")
                .withBean("sink", FlushFunction.class, () -> blocked)
                .run(context -> {
                    context.getBean(AsyncLogger.class).info("hello");
                    AsyncLogLifecycle lifecycle = context.getBean(AsyncLogLifecycle.class);
                    lifecycle.flushEarly();
                    assertThat(lifecycle.shutdownTimeout()).isEqualTo(Duration.ofSeconds(1));
                    blocked.release();
                });
    }

    @Test
    void aFlushOfAPausedSinkDoesNotWaitForItsResumption() {
        RecordingSink sink = new RecordingSink();
        runner.withPropertyValues(QUIET, "asynclog.shutdown-timeout=1h")
                .withBean("sink", FlushFunction.class, () -> sink)
                .run(context -> {
                    context.getBean(AsyncLogManager.class).sinkControl("sink").pause();
                    context.getBean(AsyncLogger.class).info("hello");
                    context.getBean(AsyncLogLifecycle.class).flushEarly();
                    assertThat(sink.messages()).containsExactly("hello");
                });
    }

    @Test
    void aFlushWaitsForABestEffortSinkThatGoesOn() {
        RecordingSink sink = new RecordingSink();
        CountDownLatch begin = new CountDownLatch(1);
        runner.withPropertyValues(QUIET, "asynclog.sinks.slow.delivery=best-effort", "asynclog.sinks.slow.batch-size=1")
                .withBean("slow", FlushFunction.class, () -> batch -> {
                    begin.await();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // slow, and moving
                    sink.flush(batch);
                })
                .run(context -> {
                    AsyncLogger log = context.getBean(AsyncLogger.class);
                    for (int i = 0; i < 20; i++) {
                        log.info("record {}", i);
                    }
                    begin.countDown();
                    context.getBean(AsyncLogLifecycle.class).flushEarly();
                    assertThat(sink.messages()).hasSize(20);
                });
    }

    @Test
    void aFlushDoesNotWaitForABestEffortSinkThatFails() {
        FaultySink sink = new FaultySink();
        sink.fail("no");
        runner.withPropertyValues(QUIET, "asynclog.shutdown-timeout=1h", "asynclog.sinks.faulty.delivery=best-effort")
                .withBean("faulty", FlushFunction.class, () -> sink)
                .run(context -> {
                    context.getBean(AsyncLogger.class).info("hello");
                    assertThat(CompletableFuture.runAsync(context.getBean(AsyncLogLifecycle.class)::flushEarly))
                            .succeedsWithin(DEADLINE);
                    sink.mend();
                });
    }

    @Test
    void aFlushDoesNotWaitForABestEffortSinkThatTakesNothing() {
        BlockingSink sink = new BlockingSink();
        runner.withPropertyValues(QUIET, "asynclog.shutdown-timeout=1h", "asynclog.sinks.hanging.delivery=best-effort")
                .withBean("hanging", FlushFunction.class, () -> sink)
                .run(context -> {
                    context.getBean(AsyncLogger.class).info("hello");
                    assertThat(CompletableFuture.runAsync(context.getBean(AsyncLogLifecycle.class)::flushEarly))
                            .succeedsWithin(DEADLINE);
                    sink.release();
                });
    }

    @Test
    void stopCallsBackFromAThreadOfItsOwn() {
        runner.withPropertyValues(QUIET).run(context -> {
            AsyncLogLifecycle lifecycle = context.getBean(AsyncLogLifecycle.class);
            CompletableFuture<Thread> stopped = new CompletableFuture<>();
            lifecycle.stop(() -> stopped.complete(Thread.currentThread()));
            assertThat(stopped).succeedsWithin(DEADLINE).isNotEqualTo(Thread.currentThread());
            assertThat(lifecycle.isRunning()).isFalse();
        });
    }

    @Test
    void recordsLoggedWhileBeansAreCreatedComeOut() {
        RecordingSink sink = new RecordingSink();
        runner.withPropertyValues(QUIET)
                .withBean("sink", FlushFunction.class, () -> sink)
                .withBean(Early.class)
                .run(context -> {});
        assertThat(sink.messages()).containsExactly("being created");
    }

    @Test
    void everyRecordLoggedBeforeTheContextClosesComesOut() {
        RecordingSink sink = new RecordingSink();
        runner.withPropertyValues(QUIET)
                .withBean("sink", FlushFunction.class, () -> sink)
                .run(context -> {
                    AsyncLogger log = context.getBean(AsyncLogger.class);
                    for (int i = 0; i < 10_000; i++) {
                        log.info("record {}", i);
                    }
                });
        assertThat(sink.messages()).hasSize(10_000).endsWith("record 9999");
    }

    @Test
    void aSinkMayItselfDependOnALogger(CapturedOutput output) {
        runner.withUserConfiguration(SinkThatLogs.class).run(context -> {
            assertThat(context).hasNotFailed();
            AsyncLogger log = context.getBean(AsyncLogger.class);
            log.info("hello");
            assertThat(log.flushAsync()).succeedsWithin(DEADLINE);
            assertThat(context.getBean(AsyncLogManager.class).status().sinks())
                    .extracting(sink -> sink.name())
                    .containsExactly("console", "audit");
        });
        assertThat(output).containsOnlyOnce("audited hello");
    }

    @Test
    void recordsOfPreDestroyMethodsStillComeOut(CapturedOutput output) {
        runner.withBean(Late.class).run(context -> assertThat(output).doesNotContain("good bye"));
        assertThat(output).containsOnlyOnce("good bye");
    }

    @Test
    void anEngineThatIsStartedAgainSaysThatItStaysStopped(CapturedOutput output) {
        runner.withPropertyValues(QUIET).run(context -> {
            AsyncLogLifecycle lifecycle = context.getBean(AsyncLogLifecycle.class);
            lifecycle.stop();
            lifecycle.start();
            assertThat(output).contains("asynclog was stopped and does not start again");
            assertThat(output).containsOnlyOnce("asynclog is up");
        });
    }

    @Test
    void sinksAreDestroyedAfterTheLastFlush() {
        List<String> events = new CopyOnWriteArrayList<>();
        runner.withPropertyValues(QUIET)
                .withBean("closing", ClosingSink.class, () -> new ClosingSink(events))
                .run(context -> context.getBean(AsyncLogger.class).info("hello"));
        assertThat(events).containsExactly("hello", "closed");
    }

    @Test
    void recordsComeOutWhenTheContextFailsToStart(CapturedOutput output) {
        List<String> events = new CopyOnWriteArrayList<>();
        runner.withBean("closing", ClosingSink.class, () -> new ClosingSink(events))
                .withBean(Early.class)
                .withBean("failing", InitializingBean.class, () -> () -> {
                    throw new IllegalStateException("cannot start");
                })
                .run(context -> assertThat(context).hasFailed());
        assertThat(output).containsOnlyOnce(": being created");
        assertThat(events).containsExactly("being created", "closed");
    }

    @Test
    void recordsComeOutOnTheConsoleWhenAnotherSinkCannotBeOpened(CapturedOutput output) {
        runner.withBean(Early.class)
                .withPropertyValues("asynclog.sinks.nobody.level=warn")
                .run(context -> assertThat(context).hasFailed());
        assertThat(output).containsOnlyOnce(": being created");
    }

    @Test
    void contextsHaveEnginesOfTheirOwn() {
        RecordingSink one = new RecordingSink();
        RecordingSink other = new RecordingSink();
        runner.withPropertyValues(QUIET)
                .withBean("sink", FlushFunction.class, () -> one)
                .run(first -> {
                    runner.withPropertyValues(QUIET)
                            .withBean("sink", FlushFunction.class, () -> other)
                            .run(second -> second.getBean(AsyncLogger.class).info("to the second"));
                    first.getBean(AsyncLogger.class).info("to the first");
                });
        assertThat(one.messages()).containsExactly("to the first");
        assertThat(other.messages()).containsExactly("to the second");
    }

    @Test
    void aRefreshDrainsTheEngineAndMakesANewOne() {
        List<String> events = new CopyOnWriteArrayList<>();
        try (AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext()) {
            TestPropertyValues.of(QUIET).applyTo(context.getEnvironment());
            context.register(AsyncLogAutoConfiguration.class);
            context.addBeanFactoryPostProcessor(beans -> ((BeanDefinitionRegistry) beans)
                    .registerBeanDefinition(
                            "closing", new RootBeanDefinition(ClosingSink.class, () -> new ClosingSink(events))));
            context.refresh();
            AsyncLogManager first = context.getBean(AsyncLogManager.class);
            context.getBean(AsyncLogger.class).info("before");
            context.refresh();
            assertThat(first.status().state()).isEqualTo(AsyncLogStatus.State.STOPPED);
            assertThat(events).containsExactly("before", "closed");
            context.getBean(AsyncLogger.class).info("after");
        }
        assertThat(events).containsExactly("before", "closed", "after", "closed");
    }

    @Test
    void aChildContextSharesTheEngineOfItsParent() {
        RecordingSink sink = new RecordingSink();
        runner.withPropertyValues(QUIET)
                .withBean("sink", FlushFunction.class, () -> sink)
                .run(parent -> {
                    try (AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
                        child.setParent(parent);
                        child.register(AsyncLogAutoConfiguration.class);
                        child.refresh();
                        child.getBean(AsyncLogger.class).info("from the child");
                    }
                    assertThat(parent.getBean(AsyncLogger.class).infoAsync("the engine still runs"))
                            .succeedsWithin(DEADLINE);
                });
        assertThat(sink.messages()).containsExactly("from the child", "the engine still runs");
    }

    @Test
    void aShutdownThatLosesRecordsSaysSo() {
        List<String> heard = new CopyOnWriteArrayList<>();
        BlockingSink stuck = new BlockingSink();
        runner.withPropertyValues(QUIET, "asynclog.shutdown-timeout=50ms")
                .withBean("stuck", FlushFunction.class, () -> stuck)
                .withBean(ErrorHandler.class, () -> (message, cause) -> heard.add(message))
                .run(context -> context.getBean(AsyncLogger.class).info("hello"));
        stuck.release();
        assertThat(heard).anySatisfy(message -> assertThat(message)
                .contains("lost by sink: 'stuck' 1")
                .contains("asynclog.shutdown-timeout")
                .doesNotContain("\n"));
    }

    @Test
    void aShutdownThatLosesNothingKeepsQuiet() {
        List<String> heard = new CopyOnWriteArrayList<>();
        runner.withPropertyValues(QUIET)
                .withBean(ErrorHandler.class, () -> (message, cause) -> heard.add(message))
                .withBean("audit", FlushFunction.class, RecordingSink::new)
                .run(context -> context.getBean(AsyncLogger.class).info("hello"));
        assertThat(heard).isEmpty();
    }

    @Test
    void theStartAndTheShutdownAreTellingInOneLineEach(CapturedOutput output) {
        runner.withPropertyValues(
                        "asynclog.buffer.segment-size=4KB",
                        "asynclog.buffer.max-size=2MB",
                        "asynclog.max-record-size=1KB",
                        "asynclog.sinks.console.delivery=best-effort")
                .withBean("audit", FlushFunction.class, RecordingSink::new)
                .run(context -> {
                    assertThat(output.toString().lines().filter(line -> line.contains("asynclog is up")))
                            .singleElement()
                            .asString()
                            .endsWith("asynclog is up: sinks console (best-effort), audit; "
                                    + "buffer of up to 2 MB (512 segments of 4 KB) of memory");
                    context.getBean(AsyncLogger.class).info("hello");
                });
        assertThat(output.toString().lines().filter(line -> line.contains("asynclog is down")))
                .singleElement()
                .asString()
                .containsPattern("asynclog is down: accepted 1, dropped 0 in \\d+ ms: "
                        + "console flushed 1, left 0, lost 0; audit flushed 1, left 0, lost 0$");
    }

    @Test
    void theShutdownLineSaysWhatWasLostAndWhy(CapturedOutput output) {
        BlockingSink stuck = new BlockingSink();
        runner.withPropertyValues(QUIET, "asynclog.shutdown-timeout=50ms")
                .withBean("stuck", FlushFunction.class, () -> stuck)
                .run(context -> context.getBean(AsyncLogger.class).info("hello"));
        stuck.release();
        assertThat(output).contains("stuck flushed 0, left 0, lost 1 {shutdown=1}");
    }

    @Test
    void aLazyApplicationHasItsSinksToo() {
        RecordingSink sink = new RecordingSink();
        runner.withPropertyValues(QUIET)
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withBean("sink", FlushFunction.class, () -> sink)
                .run(context -> context.getBean(AsyncLogger.class).info("hello"));
        assertThat(sink.messages()).containsExactly("hello");
    }

    @Configuration(proxyBeanMethods = false)
    static class SinkThatLogs {
        @Bean
        FlushFunction audit(AsyncLogger log) {
            return batch -> batch.forEach(record -> log.info("audited {}", record.message()));
        }
    }

    private static final class Stopping implements SmartLifecycle {
        private final int phase;
        private volatile boolean running;

        Stopping(int phase) {
            this.phase = phase;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return phase;
        }
    }

    static final class Early {
        Early(ObjectProvider<AsyncLogger> logs) {
            logs.getObject().info("being created");
        }
    }

    static final class Late {
        private final AsyncLogger log;

        Late(AsyncLogger log) {
            this.log = log;
        }

        @PreDestroy
        void close() {
            log.info("good bye");
        }
    }

    static final class ClosingSink implements FlushFunction, AutoCloseable {
        private final List<String> events;

        ClosingSink(List<String> events) {
            this.events = events;
        }

        @Override
        public void flush(LogBatch batch) {
            batch.forEach(record -> events.add(record.message()));
        }

        @Override
        public void close() {
            events.add("closed");
        }
    }
}
