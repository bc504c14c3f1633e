package io.asynclog.autoconfigure;

import static io.asynclog.autoconfigure.AwaitDeadline.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogger;
import io.asynclog.FlushFunction;
import io.asynclog.autoconfigure.AsyncLogLifecycleTests.ClosingSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class SinkBeansTests {
    private final ApplicationContextRunner withoutEngine = new ApplicationContextRunner();
    private final ApplicationContextRunner runner = withoutEngine
            .withConfiguration(AutoConfigurations.of(AsyncLogAutoConfiguration.class))
            .withPropertyValues("asynclog.console.enabled=false");

    private final RecordingSink sink = new RecordingSink();
    private final RecordingSink part = new RecordingSink();

    @Test
    void namesAllAndExistingAreTheSameSinks() {
        DefaultListableBeanFactory parent = new DefaultListableBeanFactory();
        parent.registerSingleton("object", sink);
        parent.registerBeanDefinition("above", definition(sink));
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory(parent);
        beans.registerBeanDefinition("local", definition(sink));
        RootBeanDefinition notCandidate = definition(part);
        notCandidate.setAutowireCandidate(false);
        beans.registerBeanDefinition("part", notCandidate);
        SinkBeans sinks = new SinkBeans(beans, "manager");

        assertThat(SinkBeans.names(beans)).containsExactlyInAnyOrder("local", "above", "object");
        assertThat(sinks.existing()).containsOnlyKeys("object");
        assertThat(sinks.all()).containsOnlyKeys("local", "above", "object");
        beans.getBean("part");
        assertThat(sinks.existing()).containsOnlyKeys("local", "above", "object");
    }

    private static RootBeanDefinition definition(FlushFunction function) {
        return new RootBeanDefinition(FlushFunction.class, () -> function);
    }

    @Test
    void aSinkOfAContextAboveTakesItsOptions() {
        withoutEngine.withBean("ticketSink", FlushFunction.class, () -> sink).run(parent -> runner.withParent(parent)
                .withPropertyValues("asynclog.sinks.ticket-sink.level=warn")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    AsyncLogger log = context.getBean(AsyncLogger.class);
                    log.info("hello");
                    log.warn("help");
                    assertThat(log.flushAsync()).succeedsWithin(DEADLINE);
                    assertThat(sink.messages()).containsExactly("help");
                }));
    }

    @Test
    void aSinkOfAContextBelowIsNone() {
        runner.withBean("above", FlushFunction.class, () -> sink).run(parent -> runner.withParent(parent)
                .withBean("below", FlushFunction.class, () -> part)
                .run(child -> {
                    assertThat(child.getBean(AsyncLogger.class).infoAsync("hello"))
                            .succeedsWithin(DEADLINE);
                    assertThat(sink.messages()).containsExactly("hello");
                    assertThat(part.messages()).isEmpty();
                }));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aContextBelowSaysWhatOfItIsIgnored(CapturedOutput output) {
        runner.withBean("above", FlushFunction.class, () -> sink)
                .withPropertyValues("asynclog.sinks.above.level=info")
                .run(parent -> {
                    runner.withParent(parent).run(child -> assertThat(child).hasNotFailed());
                    assertThat(output).doesNotContain("Ignored here");
                    runner.withParent(parent)
                            .withBean("below", FlushFunction.class, () -> part)
                            .withPropertyValues(
                                    "asynclog.masked-keys=pin",
                                    "asynclog.file.path=child.log",
                                    "asynclog.sinks.file.level=warn",
                                    "asynclog.tail.enabled=true",
                                    "asynclog.logback.enabled=true")
                            .run(child -> assertThat(child).hasNotFailed());
                });
        assertThat(output)
                .containsOnlyOnce(
                        "Ignored here: sink 'below', asynclog.masked-keys, asynclog.file, asynclog.sinks.file, asynclog.tail,"
                                + " asynclog.logback.");
    }

    @Test
    void aSinkOfAContextAboveGetsTheRecordsOfAContextThatFailsToStart() {
        withoutEngine.withBean("ticketSink", FlushFunction.class, () -> sink).run(parent -> failing(
                        runner.withParent(parent))
                .withBean("notYetThere", FlushFunction.class, () -> part)
                .run(context -> assertThat(context).hasFailed()));
        assertThat(part.messages()).isEmpty();
        assertThat(sink.messages()).containsExactly("being created");
    }

    @Test
    void aPartOfASinkIsNoSinkInAContextThatFailsToStart() {
        ApplicationContextRunner withPart = runner.withBean("whole", FlushFunction.class, () -> sink)
                .withBean("part", FlushFunction.class, () -> part, bean -> bean.setAutowireCandidate(false));
        failing(withPart)
                .withBean("notYetThere", FlushFunction.class, RecordingSink::new)
                .run(context -> assertThat(context).hasFailed());
        assertThat(sink.messages()).containsExactly("being created");
        assertThat(part.messages()).isEmpty();
    }

    @Test
    void aSinkMayComeAfterABeanThatLogs() {
        List<String> events = new CopyOnWriteArrayList<>();
        runner.withBean("table", Table.class)
                .withBean(
                        "ticketSink",
                        ClosingSink.class,
                        () -> new ClosingSink(events),
                        bean -> bean.setDependsOn("table"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(AsyncLogger.class).info("hello");
                });
        assertThat(events).containsExactly("table made", "hello", "closed");
    }

    static final class Table {
        Table(AsyncLogger log) {
            log.info("table made");
        }
    }

    /** Has the context log and then fail; what is added behind is not created. */
    private static ApplicationContextRunner failing(ApplicationContextRunner runner) {
        return runner.withBean(AsyncLogLifecycleTests.Early.class)
                .withBean("failing", InitializingBean.class, () -> () -> {
                    throw new IllegalStateException("cannot start");
                });
    }
}
