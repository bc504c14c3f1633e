package io.asynclog.autoconfigure;

import static io.asynclog.autoconfigure.AwaitDeadline.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogger;
import io.asynclog.ErrorHandler;
import io.asynclog.FlushFunction;
import io.asynclog.FlushListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Beans that the engine calls may need a logger, and so the engine. */
class BeansThatLogTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(AsyncLogAutoConfiguration.class))
            .withPropertyValues("asynclog.console.enabled=false", "asynclog.shutdown-timeout=100ms");

    @Test
    void anErrorHandlerMayDependOnALogger() {
        runner.withBean(Troubles.class)
                .withBean("broken", FlushFunction.class, () -> batch -> {
                    throw new IllegalStateException("no");
                })
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(AsyncLogger.class).info("hello");
                    await().untilAsserted(() -> assertThat(context.getBean(Troubles.class).messages)
                            .anyMatch(message -> message.contains("broken")));
                });
    }

    @Test
    void aFlushListenerMayDependOnALogger() {
        runner.withBean(Flushes.class)
                .withBean("sink", FlushFunction.class, RecordingSink::new)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(AsyncLogger.class).infoAsync("hello"))
                            .succeedsWithin(DEADLINE);
                    await().untilAsserted(() ->
                            assertThat(context.getBean(Flushes.class).sinks).containsExactly("sink"));
                });
    }

    @Test
    void aFlushListenerThatFailsIsReportedAndTheOthersAreTold() {
        List<String> reported = new CopyOnWriteArrayList<>();
        runner.withBean(ErrorHandler.class, () -> (message, cause) -> reported.add(message + ": " + cause))
                .withBean("failing", FlushListener.class, FailingListener::new)
                .withBean(Flushes.class)
                .withBean("sink", FlushFunction.class, RecordingSink::new)
                .run(context -> {
                    context.getBean(AsyncLogger.class).info("hello");
                    await().untilAsserted(() -> assertThat(reported)
                            .singleElement()
                            .asString()
                            .contains("'sink'")
                            .contains("no meter"));
                    assertThat(context.getBean(Flushes.class).sinks).containsExactly("sink");
                });
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void whatIsToldBeforeTheErrorHandlerIsThereGoesToStandardError(CapturedOutput output) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        ErrorHandler late = new LateErrorHandler(beans.getBeanProvider(ErrorHandler.class));
        List<String> heard = new CopyOnWriteArrayList<>();
        late.report("none so far", null);
        await().untilAsserted(() -> assertThat(output.getErr()).contains("asynclog: none so far"));
        beans.registerBeanDefinition("errors", new RootBeanDefinition(ErrorHandler.class, () -> {
            late.report("in the making", null);
            return (message, cause) -> heard.add(message);
        }));
        late.report("there", null);
        await().untilAsserted(() -> assertThat(output.getErr()).contains("asynclog: in the making"));
        assertThat(heard).containsExactly("there");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void whatTheErrorHandlerFailsToTakeGoesToStandardError(CapturedOutput output) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerBeanDefinition("errors", new RootBeanDefinition(ErrorHandler.class, () -> (message, cause) -> {
            throw new IllegalStateException("closed");
        }));
        new LateErrorHandler(beans.getBeanProvider(ErrorHandler.class)).report("lost", null);
        await().untilAsserted(() -> assertThat(output.getErr()).contains("asynclog: lost"));
    }

    static final class Troubles implements ErrorHandler {
        final List<String> messages = new CopyOnWriteArrayList<>();

        Troubles(AsyncLogger log) {
            log.info("troubles are counted");
        }

        @Override
        public void onError(String message, @Nullable Throwable cause) {
            messages.add(message);
        }
    }

    static final class Flushes implements FlushListener {
        final List<String> sinks = new CopyOnWriteArrayList<>();
        private final AsyncLogger log;

        Flushes(AsyncLogger log) {
            this.log = log;
        }

        @Override
        public void flushed(String sink, long flushNanos, long deliveryNanos) {
            sinks.add(sink);
        }

        @Override
        public void flushFailed(String sink, long flushNanos) {
            log.warn("{} failed", sink);
        }
    }

    private static final class FailingListener implements FlushListener {
        @Override
        public void flushed(String sink, long flushNanos, long deliveryNanos) {
            throw new IllegalStateException("no meter");
        }

        @Override
        public void flushFailed(String sink, long flushNanos) {}
    }
}
