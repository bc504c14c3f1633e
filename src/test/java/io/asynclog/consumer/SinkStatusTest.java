package io.asynclog.consumer;

import static io.asynclog.EngineFixture.CLOCK_STEP_NANOS;
import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.EngineFixture.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.CollectingSink;
import io.asynclog.EngineFixture;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Since when a sink is in its state, and how far behind it is. */
class SinkStatusTest {
    private static final SinkOptions FAST =
            SinkOptions.defaults().withRetry(new RetryOptions(2, Duration.ofMillis(1), Duration.ofMillis(4)));

    @Test
    void aStateLastsFromItsFirstFailureToItsLast() {
        AtomicBoolean down = new AtomicBoolean();
        CollectingSink sink = new CollectingSink().doFirst(batch -> {
            if (down.get()) {
                throw new IOException("down");
            }
        });
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().sink("faulty", sink, FAST))) {
            join(engine.log.infoAsync("1"));
            SinkStatus healthy = engine.sinkStatus("faulty");
            assertThat(healthy.state()).isEqualTo(SinkStatus.State.RUNNING);

            down.set(true);
            Instant broken = Instant.now();
            engine.log.info("2");
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("faulty").retries() > 3);
            SinkStatus retrying = engine.sinkStatus("faulty");
            assertThat(retrying.state()).isEqualTo(SinkStatus.State.RETRYING);
            assertThat(retrying.since()).isBetween(broken, Instant.now()).isAfterOrEqualTo(healthy.since());
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("faulty").retries() > 6);
            assertThat(engine.sinkStatus("faulty").since()).isEqualTo(retrying.since());

            Instant mended = Instant.now();
            down.set(false);
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("faulty").state() == SinkStatus.State.RUNNING);
            assertThat(engine.sinkStatus("faulty").since()).isBetween(mended, Instant.now());
        }
    }

    @Test
    void aSinkIsBehindByWhatWaitsBehindItsBatchToo() {
        CountDownLatch gate = new CountDownLatch(1);
        CollectingSink sink = new CollectingSink().doFirst(batch -> gate.await());
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().sink("gated", sink))) {
            assertThat(engine.sinkStatus("gated").lagNanos()).isZero();
            long before = System.nanoTime();
            engine.log.info("at hand");
            await().atMost(DEADLINE).until(() -> !engine.sink.records().isEmpty());
            engine.log.info("waits");
            assertLagSince(before, engine, "gated");
            gate.countDown();
            engine.flushed();
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("gated").depth() == 0);
            assertThat(engine.sinkStatus("gated").lagNanos()).isZero();
        }
    }

    @Test
    void aPausedSinkIsBehindByWhatItHasNotRead() {
        try (EngineFixture engine = new EngineFixture()) {
            join(engine.log.infoAsync("before"));
            Instant paused = Instant.now();
            engine.pause("collecting");
            SinkStatus first = engine.sinkStatus("collecting");
            assertThat(first.state()).isEqualTo(SinkStatus.State.PAUSED);
            assertThat(first.since()).isBetween(paused, Instant.now());
            assertThat(first.lagNanos()).isZero();
            long before = System.nanoTime();
            engine.log.info("waits");
            SinkStatus later = engine.sinkStatus("collecting");
            assertThat(later.since()).isEqualTo(first.since());
            assertLagSince(before, engine, "collecting");
            engine.manager.sinkControl("collecting").resume();
            engine.flushed();
            assertThat(engine.sinkStatus("collecting").state()).isEqualTo(SinkStatus.State.RUNNING);
        }
    }

    private static void assertLagSince(long nanoTime, EngineFixture engine, String sink) {
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(engine.sinkStatus(sink).lagNanos())
                        .isBetween(1L, System.nanoTime() - nanoTime + CLOCK_STEP_NANOS));
    }

    @Test
    void whatWasLostAtShutdownIsNotBehind() {
        CountDownLatch never = new CountDownLatch(1);
        AsyncLogManager manager = AsyncLogManager.builder()
                .sink("hanging", batch -> never.await())
                .errorHandler((message, cause) -> {})
                .build();
        manager.initialize();
        manager.getLogger("l").info("lost");
        manager.shutdown(Duration.ZERO);
        SinkStatus status = manager.status().sinks().get(0);
        assertThat(status.dropped()).isEqualTo(new SinkStatus.Dropped(0, 0, 1));
        assertThat(status.lagNanos()).isZero();
    }
}
