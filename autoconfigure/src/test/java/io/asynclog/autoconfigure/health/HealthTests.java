package io.asynclog.autoconfigure.health;

import static io.asynclog.autoconfigure.AwaitDeadline.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogStatus;
import io.asynclog.AsyncLogger;
import io.asynclog.FlushFunction;
import io.asynclog.autoconfigure.AsyncLogAutoConfiguration;
import io.asynclog.autoconfigure.BlockingSink;
import io.asynclog.autoconfigure.FaultySink;
import io.asynclog.buffer.BufferStatus;
import io.asynclog.consumer.Delivery;
import io.asynclog.consumer.LatencySummary;
import io.asynclog.consumer.SinkStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.util.FileSystemUtils;

class HealthTests {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(AsyncLogAutoConfiguration.class, AsyncLogHealthAutoConfiguration.class))
            .withPropertyValues("asynclog.console.enabled=false");

    @Test
    void isThereUnderItsName() {
        runner.run(context ->
                assertThat(context).hasSingleBean(HealthContributor.class).hasBean("asynclogHealthContributor"));
    }

    @Test
    void isAbsentWhenDisabled() {
        runner.withPropertyValues("management.health.asynclog.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthContributor.class));
    }

    @Test
    void isAbsentWithoutTheHealthModule() {
        runner.withClassLoader(new FilteredClassLoader(CompositeHealthContributor.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("asynclogHealthContributor"));
    }

    /** A health group that has a part of it would else stop the start. */
    @Test
    void isUpWithoutAnEngine() {
        runner.withPropertyValues("asynclog.enabled=false").run(context -> {
            assertThat(context).doesNotHaveBean(AsyncLogManager.class);
            assertThat(health(context, "buffer").getStatus()).isEqualTo(Status.UP);
            assertThat(health(context, "buffer").getDetails()).isEqualTo(Map.of("engine", "disabled"));
            assertThat(health(context, "sinks").getStatus()).isEqualTo(Status.UP);
            assertThat(health(context, "sinks").getDetails()).isEmpty();
        });
    }

    @Test
    void backsOff() {
        runner.withBean("asynclogHealthContributor", HealthIndicator.class, () -> Health.up()::build)
                .run(context -> assertThat(context.getBean(HealthContributor.class))
                        .isNotInstanceOf(CompositeHealthContributor.class));
    }

    @Test
    void isUpWithDetailsBySink() {
        runner.withBean("sink", FlushFunction.class, () -> batch -> {}).run(context -> {
            assertThat(context.getBean(AsyncLogger.class).infoAsync("hello")).succeedsWithin(DEADLINE);
            Health buffer = health(context, "buffer");
            assertThat(buffer.getStatus()).isEqualTo(Status.UP);
            assertThat(buffer.getDetails())
                    .containsEntry("engine", "running")
                    .containsEntry("buffer", "ok")
                    .containsEntry("fullMillis", 0.0)
                    .containsEntry("capacityBytes", 64L * 1024 * 1024)
                    .doesNotContainKey("sinks");
            Health sinks = health(context, "sinks");
            assertThat(sinks.getStatus()).isEqualTo(Status.UP);
            String since = context.getBean(AsyncLogManager.class)
                    .status()
                    .sinks()
                    .get(0)
                    .since()
                    .toString();
            assertThat(sinks.getDetails())
                    .isEqualTo(Map.of(
                            "sink",
                            Map.of(
                                    "state",
                                    "running",
                                    "since",
                                    since,
                                    "delivery",
                                    "required",
                                    "depth",
                                    0L,
                                    "lagMillis",
                                    0.0)));
        });
    }

    @Test
    void bufferOfAnEngineThatWasStoppedIsOutOfService() {
        runner.withPropertyValues("asynclog.console.enabled=false").run(context -> {
            context.getBean(AsyncLogManager.class).close();
            assertThat(health(context, "buffer").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        });
    }

    @Test
    void aFailureIsShownWithItsTime() {
        runner.withBean("broken", FlushFunction.class, () -> batch -> {
                    throw new IllegalStateException("disk gone");
                })
                .withPropertyValues("asynclog.shutdown-timeout=10ms")
                .run(context -> {
                    context.getBean(AsyncLogger.class).info("hello");
                    await().untilAsserted(() -> assertThat(
                                    health(context, "sinks").getDetails().toString())
                            .contains("state=retrying", "since=2", "Z java.lang.IllegalStateException: disk gone"));
                    assertThat(health(context, "sinks").getStatus()).isEqualTo(Status.UP);
                });
    }

    @Test
    void sinksAreDownWhileARequiredOneIsStuck() {
        BlockingSink stuck = new BlockingSink();
        runner.withBean("stuck", FlushFunction.class, () -> stuck)
                .withPropertyValues("asynclog.sinks.stuck.flush-timeout=10ms")
                .run(context -> {
                    context.getBean(AsyncLogger.class).info("hello");
                    await().untilAsserted(() -> {
                        assertThat(health(context, "sinks").getStatus()).isEqualTo(Status.DOWN);
                        assertThat(health(context, "sinks").getDetails().toString())
                                .contains("state=stuck", "stuckAt=", "BlockingSink.flush");
                    });
                    assertThat(health(context, "buffer").getStatus()).isEqualTo(Status.UP);
                    stuck.release();
                    await().untilAsserted(() ->
                            assertThat(health(context, "sinks").getStatus()).isEqualTo(Status.UP));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "REQUIRED,RETRYING,20,UP",
        "REQUIRED,RETRYING,30,DOWN",
        "REQUIRED,RUNNING,3600,UP",
        "REQUIRED,PAUSED,3600,UP",
        "BEST_EFFORT,RETRYING,3600,UP"
    })
    void sinksAreDownWhenARequiredOneHasFailedForThirtySeconds(
            Delivery delivery, SinkStatus.State state, long seconds, String expected) {
        SinkStatus sink = sink(delivery, state, Instant.now().minusSeconds(seconds));
        AsyncLogStatus status = new AsyncLogStatus(AsyncLogStatus.State.RUNNING, buffer(0), 0, 0, List.of(sink));
        assertThat(EngineHealth.FAILING_FOR).isEqualTo(Duration.ofSeconds(30));
        assertThat(new EngineHealth(() -> status).sinks().status()).isEqualTo(expected);
        assertThat(new EngineHealth(() -> status).buffer().status()).isEqualTo("UP");
    }

    /** As in reality: one attempt in vain after the other is one time of failing, which the first success ends. */
    @Test
    void aSinkThatFailsAgainAndAgainIsDownUntilItTakesSomething() {
        FaultySink faulty = new FaultySink();
        faulty.fail("no");
        runner.withBean("faulty", FlushFunction.class, () -> faulty)
                .withPropertyValues(
                        "asynclog.sinks.faulty.retry.initial-delay=1ms", "asynclog.sinks.faulty.retry.max-delay=10ms")
                .run(context -> {
                    EngineHealth health = new EngineHealth(
                            context.getBean(AsyncLogManager.class)::status,
                            EngineHealth.FULL_FOR,
                            Duration.ofMillis(200));
                    context.getBean(AsyncLogger.class).info("hello");
                    await().untilAsserted(
                                    () -> assertThat(health.sinks().status()).isEqualTo("DOWN"));
                    faulty.mend();
                    await().untilAsserted(
                                    () -> assertThat(health.sinks().status()).isEqualTo("UP"));
                });
    }

    private static SinkStatus sink(Delivery delivery, SinkStatus.State state, Instant since) {
        LatencySummary none = new LatencySummary(0, 0, 0, 0, 0, 0, 0);
        SinkStatus.Dropped dropped = new SinkStatus.Dropped(0, 0, 0);
        return new SinkStatus(
                "sink",
                state,
                since,
                Level.TRACE,
                delivery,
                0,
                1,
                0,
                0,
                0,
                dropped,
                0,
                9,
                0,
                9,
                none,
                none,
                null,
                null);
    }

    @Test
    void sinksAreUpWhileABestEffortOneIsStuck() {
        BlockingSink stuck = new BlockingSink();
        runner.withBean("stuck", FlushFunction.class, () -> stuck)
                .withPropertyValues(
                        "asynclog.sinks.stuck.flush-timeout=10ms", "asynclog.sinks.stuck.delivery=best-effort")
                .run(context -> {
                    context.getBean(AsyncLogger.class).info("hello");
                    await().untilAsserted(() -> assertThat(
                                    health(context, "sinks").getDetails().toString())
                            .contains("state=stuck"));
                    assertThat(health(context, "sinks").getStatus()).isEqualTo(Status.UP);
                    stuck.release();
                });
    }

    @Test
    void aFullBufferNamesTheSinksUntilItHasRoom() {
        BlockingSink slow = new BlockingSink();
        runner.withBean("slow", FlushFunction.class, () -> slow)
                .withPropertyValues(
                        "asynclog.buffer.segment-size=4KB",
                        "asynclog.buffer.max-size=8KB",
                        "asynclog.max-record-size=1KB",
                        "asynclog.buffer.overflow.policy=drop")
                .run(context -> {
                    AsyncLogger log = context.getBean(AsyncLogger.class);
                    for (int i = 0; i < 1000; i++) {
                        log.info("record {}", i);
                    }
                    assertThat(context.getBean(AsyncLogManager.class)
                                    .status()
                                    .buffer()
                                    .dropped())
                            .isPositive();
                    Health buffer = health(context, "buffer");
                    assertThat(buffer.getStatus()).isEqualTo(Status.UP); // so far
                    assertThat(buffer.getDetails()).containsEntry("buffer", "full");
                    assertThat(buffer.getDetails().get("sinks").toString()).contains("slow={state=running, since=");
                    slow.release();
                    await().untilAsserted(() ->
                            assertThat(health(context, "buffer").getDetails()).containsEntry("buffer", "ok"));
                });
    }

    @ParameterizedTest
    @CsvSource({"0,UP,ok", "1,UP,full", "10000000000,UP,full", "10000000001,DOWN,full"})
    void theBufferIsDownWhenItHasBeenFullForLongerThanTenSeconds(long fullNanos, String expected, String word) {
        AsyncLogStatus status = new AsyncLogStatus(AsyncLogStatus.State.RUNNING, buffer(fullNanos), 0, 0, List.of());
        EngineHealth.Part health = new EngineHealth(() -> status).buffer();
        assertThat(EngineHealth.FULL_FOR).isEqualTo(Duration.ofSeconds(10));
        assertThat(health.status()).isEqualTo(expected);
        assertThat(health.details())
                .containsEntry("buffer", word)
                .containsEntry("heldBytes", 3L)
                .containsEntry("fullMillis", fullNanos / 1e6);
    }

    private static BufferStatus buffer(long fullNanos) {
        return new BufferStatus(5, 3, 8, 7, 0, 1, 0, 1, 0, 0, 0, 0, fullNanos > 0, fullNanos, null, Map.of());
    }

    @Test
    void theBufferIsDownWhenItsDirectoryWasDeleted(@TempDir Path folder) {
        Path directory = folder.resolve("buffer");
        runner.withBean("sink", FlushFunction.class, () -> batch -> {})
                .withPropertyValues("asynclog.buffer.directory=" + directory, "asynclog.buffer.segment-size=64KB")
                .run(context -> {
                    assertThat(health(context, "buffer").getDetails()).containsEntry("buffer", "ok");
                    await().ignoreExceptions() // a file may be in the making
                            .until(() -> FileSystemUtils.deleteRecursively(directory));
                    await().untilAsserted(() ->
                            assertThat(health(context, "buffer").getStatus()).isEqualTo(Status.DOWN));
                    assertThat(health(context, "buffer").getDetails()).containsEntry("buffer", "directory-lost");
                });
    }

    private static Health health(ApplicationContext context, String part) {
        CompositeHealthContributor contributor = context.getBean(CompositeHealthContributor.class);
        return ((HealthIndicator) contributor.getContributor(part)).health();
    }
}
