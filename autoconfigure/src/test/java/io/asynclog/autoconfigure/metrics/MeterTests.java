package io.asynclog.autoconfigure.metrics;

import static io.asynclog.autoconfigure.AwaitDeadline.DEADLINE;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.FlushFunction;
import io.asynclog.FlushListener;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import io.asynclog.autoconfigure.BlockingSink;
import io.asynclog.autoconfigure.RecordingSink;
import io.asynclog.consumer.SinkStatus;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

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

    /** Such as that of the management on a port of its own, of which Spring tells the context above. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void areRegisteredOnceThoughThereIsAContextBelow(CapturedOutput output) {
        runner.run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            int before = registry.getMeters().size();
            try (AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
                child.setParent(context);
                child.refresh();
            }
            assertThat(registry.getMeters()).hasSize(before);
        });
        assertThat(output).doesNotContain("already registered");
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
                        if (!id.getName().equals("asynclog.sink.state")) { // 1 or 0
                            assertThat(id.getBaseUnit()).as(id.getName()).isNotBlank();
                        }
                    })
                    .filteredOn(id -> !id.getName().equals("asynclog.sink.state"))
                    .extracting(id -> id.getName()
                            + id.getConventionTags(registry.config().namingConvention()))
                    .containsExactlyInAnyOrder(
                            "asynclog.buffer.depth[]",
                            "asynclog.buffer.used[]",
                            "asynclog.buffer.held[]",
                            "asynclog.buffer.max[]",
                            "asynclog.buffer.high.water[]",
                            "asynclog.buffer.oldest.age[]",
                            "asynclog.buffer.waits[]",
                            "asynclog.records.accepted[]",
                            "asynclog.records.damaged[]",
                            "asynclog.records.dropped[tag(reason=overflow)]",
                            "asynclog.records.dropped[tag(reason=too-late)]",
                            "asynclog.sink.depth[tag(delivery=required), tag(sink=sink)]",
                            "asynclog.sink.recovered[tag(delivery=required), tag(sink=sink)]",
                            "asynclog.sink.lag[tag(delivery=required), tag(sink=sink)]",
                            "asynclog.sink.flushed[tag(delivery=required), tag(sink=sink)]",
                            "asynclog.sink.failed[tag(delivery=required), tag(sink=sink)]",
                            "asynclog.sink.dropped[tag(delivery=required), tag(reason=lagged), tag(sink=sink)]",
                            "asynclog.sink.dropped[tag(delivery=required), tag(reason=shutdown), tag(sink=sink)]",
                            "asynclog.sink.dropped[tag(delivery=required), tag(reason=skipped), tag(sink=sink)]",
                            "asynclog.sink.filtered[tag(delivery=required), tag(sink=sink)]",
                            "asynclog.sink.retries[tag(delivery=required), tag(sink=sink)]",
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
                            .succeedsWithin(DEADLINE);
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
                    await().untilAsserted(() -> {
                        assertThat(flushes(registry, "success").count()).isEqualTo(1);
                        assertThat(flushes(registry, "failure").count()).isEqualTo(1);
                    });
                    Timer delivery = registry.get("asynclog.sink.delivery").timer();
                    assertThat(delivery.count()).isEqualTo(1);
                    assertThat(delivery.totalTime(SECONDS)).isBetween(0.0005, 10.0); // the shortest pause
                });
    }

    @Test
    void tellOfCallersThatWaitForRoom() {
        BlockingSink slow = new BlockingSink();
        runner.withBean("slow", FlushFunction.class, () -> slow)
                .withPropertyValues(
                        "asynclog.buffer.segment-size=4KB",
                        "asynclog.buffer.max-size=8KB",
                        "asynclog.max-record-size=1KB",
                        "asynclog.buffer.overflow.max-wait=10ms")
                .run(context -> {
                    FunctionTimer waits = context.getBean(MeterRegistry.class)
                            .get("asynclog.buffer.waits")
                            .functionTimer();
                    assertThat(waits.count()).isZero();
                    AsyncLogger log = context.getBean(AsyncLogger.class);
                    for (int i = 0; i < 1000; i++) {
                        log.info("record {}", i); // one of them waits, as the sink does not move
                    }
                    await().untilAsserted(() -> {
                        assertThat(waits.count()).isEqualTo(1);
                        assertThat(waits.totalTime(MILLISECONDS)).isBetween(5.0, 10_000.0);
                    });
                    slow.release();
                });
    }

    @Test
    void sayWhyASinkWasNotGivenRecords() {
        BlockingSink late = new BlockingSink();
        runner.withBean("late", FlushFunction.class, () -> late)
                .withBean("needed", FlushFunction.class, () -> batch -> {})
                .withPropertyValues(
                        "asynclog.buffer.segment-size=4KB",
                        "asynclog.buffer.max-size=8KB",
                        "asynclog.max-record-size=1KB",
                        "asynclog.sinks.late.delivery=best-effort")
                .run(context -> {
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    for (int i = 0; i < 1000; i++) {
                        context.getBean(AsyncLogger.class).info("record {}", i);
                    }
                    late.release();
                    await().untilAsserted(() ->
                            assertThat(dropped(registry, "lagged")).isPositive());
                    assertThat(dropped(registry, "skipped")).isZero();
                    assertThat(dropped(registry, "shutdown")).isZero();
                });
    }

    private static double dropped(MeterRegistry registry, String reason) {
        return registry.get("asynclog.sink.dropped")
                .tags("sink", "late", "reason", reason)
                .functionCounter()
                .count();
    }

    @Test
    void sayHowMuchIsDoneForTheSink() {
        runner.withBean("needed", FlushFunction.class, () -> batch -> {})
                .withBean("extra", FlushFunction.class, () -> batch -> {})
                .withPropertyValues("asynclog.sinks.extra.delivery=best-effort")
                .run(context -> assertThat(context.getBean(MeterRegistry.class)
                                .find("asynclog.sink.depth")
                                .gauges())
                        .extracting(gauge -> gauge.getId().getTag("sink") + " "
                                + gauge.getId().getTag("delivery"))
                        .containsExactlyInAnyOrder("needed required", "extra best-effort"));
    }

    @Test
    void aSinkIsInOneState() {
        BlockingSink stuck = new BlockingSink();
        runner.withBean("stuck", FlushFunction.class, () -> stuck)
                .withPropertyValues("asynclog.sinks.stuck.flush-timeout=10ms")
                .run(context -> {
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    await().untilAsserted(() -> assertThat(states(registry)).containsExactly("running"));
                    context.getBean(AsyncLogger.class).info("hello");
                    await().untilAsserted(() -> assertThat(states(registry)).containsExactly("stuck"));
                    assertThat(registry.find("asynclog.sink.state").gauges()).hasSize(SinkStatus.State.values().length);
                    assertThat(registry.get("asynclog.sink.lag").timeGauge().value(NANOSECONDS))
                            .isPositive();
                    assertThat(registry.get("asynclog.buffer.oldest.age")
                                    .timeGauge()
                                    .value(NANOSECONDS))
                            .isPositive();
                    stuck.release();
                });
    }

    @Test
    void everyTimerHasTheBucketsThatAreConfigured() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AsyncLogAutoConfiguration.class,
                        AsyncLogMetricsAutoConfiguration.class,
                        MetricsAutoConfiguration.class))
                .withBean(MeterRegistry.class, () -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
                .withBean("sink", FlushFunction.class, () -> batch -> {})
                .withPropertyValues(
                        "asynclog.console.enabled=false",
                        "management.metrics.distribution.percentiles-histogram.asynclog.sink=true",
                        "management.metrics.distribution.slo.asynclog.sink.delivery=7ms,77ms")
                .run(context -> {
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    for (String outcome : List.of("success", "failure")) {
                        assertThat(buckets(flushes(registry, outcome)))
                                .hasSizeGreaterThan(50)
                                .noneMatch(nanos -> nanos < 10_000)
                                .anyMatch(nanos -> nanos < 1_000_000);
                    }
                    assertThat(buckets(registry.get("asynclog.sink.delivery").timer()))
                            .hasSizeGreaterThan(50)
                            .contains(7_000_000.0, 77_000_000.0);
                });
    }

    @Test
    void timersHaveNoBucketsByThemselves() {
        runner.withBean("sink", FlushFunction.class, () -> batch -> {})
                .run(context -> assertThat(buckets(flushes(context.getBean(MeterRegistry.class), "success")))
                        .isEmpty());
    }

    @Test
    void flushesBeforeTheSinksAreKnownCountToo() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        FlushMeters flushes = new FlushMeters();
        flushes.flushed("early", 1, 2); // no registry is there
        flushes.bindTo(registry);
        flushes.flushed("early", 3, 4);
        flushes.bindSink(registry, "early");
        flushes.flushed("early", 5, 6);
        assertThat(flushes(registry, "success").totalTime(NANOSECONDS)).isEqualTo(8);
        assertThat(registry.get("asynclog.sink.delivery").timer().totalTime(NANOSECONDS))
                .isEqualTo(10);
    }

    @Test
    void aRegistryThatFailsHarmsNoSink() {
        List<String> heard = new CopyOnWriteArrayList<>();
        RecordingSink sink = new RecordingSink();
        MeterFilter broken = new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                if (id.getName().equals("asynclog.sink.flush")) {
                    throw new IllegalStateException("no such registry");
                }
                return id;
            }
        };
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        registry.config().meterFilter(broken);
        FlushMeters flushes = new FlushMeters();
        flushes.bindTo(registry);
        try (AsyncLogManager manager = AsyncLogManager.builder()
                .sink("sink", sink)
                .flushListener(flushes)
                .errorHandler((message, cause) -> heard.add(message + " " + cause))
                .build()) {
            manager.initialize();
            assertThat(manager.getLogger("l").infoAsync("1")).succeedsWithin(DEADLINE);
            assertThat(manager.getLogger("l").infoAsync("2")).succeedsWithin(DEADLINE);
        }
        assertThat(sink.messages()).containsExactly("1", "2");
        assertThat(heard).hasSize(1).first().asString().contains("'sink'", "no such registry");
    }

    @Test
    void everyListenerThatIsABeanHearsOfFlushes() {
        List<String> heard = new CopyOnWriteArrayList<>();
        FlushListener own = new FlushListener() {
            @Override
            public void flushed(String sink, long flushNanos, long deliveryNanos) {
                heard.add(sink);
            }

            @Override
            public void flushFailed(String sink, long flushNanos) {}
        };
        runner.withBean("sink", FlushFunction.class, () -> batch -> {})
                .withBean("own", FlushListener.class, () -> own)
                .run(context -> {
                    assertThat(context.getBean(AsyncLogger.class).infoAsync("hello"))
                            .succeedsWithin(DEADLINE);
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    await().untilAsserted(() -> {
                        assertThat(heard).containsExactly("sink");
                        assertThat(flushes(registry, "success").count()).isEqualTo(1);
                    });
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

    private static Timer flushes(MeterRegistry registry, String outcome) {
        return registry.get("asynclog.sink.flush").tag("outcome", outcome).timer();
    }

    private static List<Double> buckets(Timer timer) {
        return Stream.of(timer.takeSnapshot().histogramCounts())
                .map(CountAtBucket::bucket)
                .toList();
    }

    private static List<String> states(MeterRegistry registry) {
        return registry.find("asynclog.sink.state").gauges().stream()
                .filter(gauge -> gauge.value() == 1)
                .map(gauge -> gauge.getId().getTag("state"))
                .toList();
    }
}
