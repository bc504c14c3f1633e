package io.asynclog.autoconfigure.actuate;

import static io.asynclog.autoconfigure.AwaitDeadline.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.FlushFunction;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import io.asynclog.autoconfigure.BlockingSink;
import io.asynclog.autoconfigure.RecordingSink;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class EndpointTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(AsyncLogAutoConfiguration.class, AsyncLogEndpointAutoConfiguration.class))
            .withPropertyValues("asynclog.console.enabled=false");

    private final ApplicationContextRunner exposed =
            runner.withPropertyValues("management.endpoints.web.exposure.include=asynclog");

    @Test
    void isThereWhenExposed() {
        exposed.run(context -> assertThat(context).hasSingleBean(AsyncLogEndpoint.class));
    }

    @Test
    void isAbsentWhenNotExposed() {
        runner.run(context -> assertThat(context).doesNotHaveBean(AsyncLogEndpoint.class));
    }

    @Test
    void isAbsentWhenAccessIsNone() {
        exposed.withPropertyValues("management.endpoint.asynclog.access=NONE")
                .run(context -> assertThat(context).doesNotHaveBean(AsyncLogEndpoint.class));
    }

    @Test
    void isAbsentWithoutActuator() {
        exposed.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("asyncLogEndpoint"));
    }

    @Test
    void isAbsentWithoutAnEngine() {
        exposed.withPropertyValues("asynclog.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(AsyncLogEndpoint.class));
    }

    @Test
    void backsOff() {
        exposed.withUserConfiguration(OwnEndpoint.class).run(context -> assertThat(context)
                .hasSingleBean(AsyncLogEndpoint.class)
                .hasBean("own"));
    }

    @Test
    void reportsWhatBecameOfTheRecords() {
        exposed.withBean("sink", FlushFunction.class, RecordingSink::new)
                .withPropertyValues("asynclog.sinks.sink.level=warn")
                .run(context -> {
                    AsyncLogger log = context.getBean(AsyncLogger.class);
                    log.info("not for the sink");
                    log.warn("for the sink");
                    assertThat(log.flushAsync()).succeedsWithin(DEADLINE);
                    AsyncLogReport report =
                            context.getBean(AsyncLogEndpoint.class).report();
                    assertThat(report.state()).isEqualTo("running");
                    assertThat(report.buffer().storage()).isEqualTo("memory");
                    assertThat(report.buffer().depth()).isZero();
                    assertThat(report.buffer().capacityBytes()).isEqualTo(64 * 1024 * 1024);
                    assertThat(report.buffer().segments().max()).isEqualTo(64);
                    assertThat(report.records().accepted()).isEqualTo(2);
                    AsyncLogReport.Sink sink = report.sinks().get("sink");
                    assertThat(sink.state()).isEqualTo("running");
                    assertThat(sink.delivery()).isEqualTo("required");
                    assertThat(sink.flushed()).isEqualTo(1);
                    assertThat(sink.filtered()).isEqualTo(1);
                    assertThat(sink.flushLatencyMillis().count()).isEqualTo(sink.batches());
                    assertThat(sink.deliveryLatencyMillis().count()).isEqualTo(1);
                    assertThat(sink.deliveryLatencyMillis().max()).isPositive();
                    assertThat(sink.lastFailure()).isNull();
                    assertThat(sink.stuckAt()).isNull();
                });
    }

    @Test
    void reportsWhySinksFail() {
        exposed.withBean("broken", FlushFunction.class, () -> batch -> {
                    throw new IllegalStateException("disk gone");
                })
                .withPropertyValues("asynclog.shutdown-timeout=10ms", "asynclog.sinks.broken.delivery=best-effort")
                .run(context -> {
                    context.getBean(AsyncLogger.class).info("hello");
                    AsyncLogEndpoint endpoint = context.getBean(AsyncLogEndpoint.class);
                    await().untilAsserted(() -> {
                        AsyncLogReport.Sink sink = endpoint.sink("broken");
                        assertThat(sink.state()).isEqualTo("retrying");
                        assertThat(sink.delivery()).isEqualTo("best-effort");
                        assertThat(sink.lastFailure()).isNotNull();
                        assertThat(sink.lastFailure().message())
                                .isEqualTo("java.lang.IllegalStateException: disk gone");
                        assertThat(sink.lastFailure().time()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
                        assertThat(sink.lagMillis()).isPositive();
                    });
                });
    }

    @Test
    void reportsWhereASinkIsStuck() {
        BlockingSink stuck = new BlockingSink();
        exposed.withBean("stuck", FlushFunction.class, () -> stuck)
                .withPropertyValues("asynclog.sinks.stuck.flush-timeout=10ms")
                .run(context -> {
                    context.getBean(AsyncLogger.class).info("hello");
                    AsyncLogEndpoint endpoint = context.getBean(AsyncLogEndpoint.class);
                    await().untilAsserted(() -> {
                        assertThat(endpoint.sink("stuck").state()).isEqualTo("stuck");
                        assertThat(endpoint.sink("stuck").stuckAt()).contains("BlockingSink.flush");
                    });
                    stuck.release();
                });
    }

    @Test
    void hasNoWebExtensionOverJmxAlone() {
        runner.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=asynclog")
                .run(context -> assertThat(context)
                        .hasSingleBean(AsyncLogEndpoint.class)
                        .doesNotHaveBean(AsyncLogEndpointWebExtension.class));
    }

    @Test
    void knowsNoUnknownSink() {
        exposed.run(
                context -> assertThat(context.getBean(AsyncLogEndpoint.class).sink("nobody"))
                        .isNull());
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnEndpoint {
        @Bean
        AsyncLogEndpoint own(AsyncLogManager manager) {
            return new AsyncLogEndpoint(manager);
        }
    }
}
