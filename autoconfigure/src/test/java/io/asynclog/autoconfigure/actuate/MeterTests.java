package io.asynclog.autoconfigure.actuate;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.FlushFunction;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MeterTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    AsyncLogAutoConfiguration.class,
                    AsyncLogMetricsAutoConfiguration.class,
                    MetricsAutoConfiguration.class))
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withPropertyValues("asynclog.console.enabled=false");

    @Test
    void areAbsentWithoutMicrometer() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(AsyncLogAutoConfiguration.class, AsyncLogMetricsAutoConfiguration.class))
                .withPropertyValues("asynclog.console.enabled=false")
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("asyncLogMeters"));
    }

    @Test
    void areAbsentWithoutAnEngine() {
        runner.withPropertyValues("asynclog.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(AsyncLogMeters.class));
    }

    @Test
    void harmNothingWithoutARegistry() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(AsyncLogAutoConfiguration.class, AsyncLogMetricsAutoConfiguration.class))
                .withPropertyValues("asynclog.console.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(MeterBinder.class));
    }

    @Test
    void allAreRegisteredWithDescriptionAndUnit() {
        runner.withBean("sink", FlushFunction.class, () -> batch -> {}).run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.getMeters())
                    .extracting(Meter::getId)
                    .filteredOn(id -> id.getName().startsWith("asynclog."))
                    .allSatisfy(id -> {
                        assertThat(id.getDescription()).as(id.getName()).isNotBlank();
                        assertThat(id.getBaseUnit()).as(id.getName()).isNotBlank();
                    })
                    .extracting(id -> id.getName()
                            + id.getConventionTags(registry.config().namingConvention()))
                    .containsExactlyInAnyOrder(
                            "asynclog.buffer.depth[]",
                            "asynclog.buffer.used[]",
                            "asynclog.buffer.max[]",
                            "asynclog.records.accepted[]",
                            "asynclog.records.damaged[]",
                            "asynclog.records.dropped[tag(reason=overflow)]",
                            "asynclog.records.dropped[tag(reason=tooLate)]",
                            "asynclog.sink.depth[tag(sink=sink)]",
                            "asynclog.sink.recovered[tag(sink=sink)]",
                            "asynclog.sink.lag[tag(sink=sink)]",
                            "asynclog.sink.flushed[tag(sink=sink)]",
                            "asynclog.sink.failed[tag(sink=sink)]",
                            "asynclog.sink.retries[tag(sink=sink)]",
                            "asynclog.sink.flush[tag(outcome=failure), tag(sink=sink)]",
                            "asynclog.sink.flush[tag(outcome=success), tag(sink=sink)]",
                            "asynclog.sink.delivery[tag(sink=sink)]");
        });
    }

    @Test
    void showTheEnginesFigures() {
        AtomicInteger failures = new AtomicInteger(1);
        runner.withBean("flaky", FlushFunction.class, () -> batch -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("not yet");
                    }
                })
                .withPropertyValues("asynclog.sinks.flaky.retry.initial-delay=1ms")
                .run(context -> {
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    assertThat(context.getBean(AsyncLogger.class).infoAsync("hello"))
                            .succeedsWithin(10, SECONDS);
                    await().untilAsserted(() -> {
                        assertThat(registry.get("asynclog.sink.flushed")
                                        .functionCounter()
                                        .count())
                                .isEqualTo(1);
                        assertThat(registry.get("asynclog.sink.retries")
                                        .functionCounter()
                                        .count())
                                .isEqualTo(1);
                        assertThat(registry.get("asynclog.records.accepted")
                                        .functionCounter()
                                        .count())
                                .isEqualTo(1);
                    });
                    assertThat(registry.get("asynclog.buffer.max").gauge().value())
                            .isEqualTo(64 * 1024 * 1024);
                    assertThat(registry.get("asynclog.sink.depth").gauge().value())
                            .isZero();
                    assertThat(flushes(registry, "success").count()).isEqualTo(1);
                    assertThat(flushes(registry, "failure").count()).isEqualTo(1);
                    FunctionTimer delivery =
                            registry.get("asynclog.sink.delivery").functionTimer();
                    assertThat(delivery.count()).isEqualTo(1);
                    assertThat(delivery.totalTime(SECONDS)).isBetween(0.0005, 10.0); // the shortest pause
                });
    }

    @Test
    void thatAreReadInARowShowOneMoment() {
        try (AsyncLogManager manager = AsyncLogManager.builder().build()) {
            AtomicLong nanos = new AtomicLong();
            RecentStatus status = new RecentStatus(manager, nanos::get);
            assertThat(status.get()).isSameAs(status.get());
            nanos.addAndGet(99_000_000);
            assertThat(status.get()).isSameAs(status.get());
            Object before = status.get();
            nanos.addAndGet(2_000_000);
            assertThat(status.get()).isNotSameAs(before);
        }
    }

    private static FunctionTimer flushes(MeterRegistry registry, String outcome) {
        return registry.get("asynclog.sink.flush").tag("outcome", outcome).functionTimer();
    }
}
