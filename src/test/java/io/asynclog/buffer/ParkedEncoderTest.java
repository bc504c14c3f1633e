package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.EngineFixture;
import io.asynclog.LogOverflowException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A record that waited for room must not cost its thread the encoder for good. */
class ParkedEncoderTest {
    private final BufferOptions small = BufferOptions.defaults()
            .withSegmentSize(4096)
            .withMaxSize(3 * 4096)
            .withMaxRecordSize(1024)
            .withMaxWait(Duration.ofMinutes(5));
    private final AsyncBuffer buffer = new AsyncBuffer(small, Runnable::run, (message, cause) -> {});
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void encoderComesBackWhenTheRecordHasFoundRoom() throws Exception {
        try (EngineFixture engine = fixture(buffer)) {
            RecordEncoder own = leased(buffer);
            List<CompletableFuture<?>> futures = logUntilParked(engine);
            gate.countDown();
            for (CompletableFuture<?> future : futures) {
                Object ignored = future.get(30, TimeUnit.SECONDS);
            }

            assertThat(leased(buffer)).isSameAs(own);
        }
    }

    @Test
    void encoderComesBackWhenTheRecordIsRefused() {
        AsyncBuffer impatient = new AsyncBuffer(small.withMaxWait(Duration.ofMillis(1)), Runnable::run, (m, c) -> {});
        try (EngineFixture engine = fixture(impatient)) {
            RecordEncoder own = leased(impatient);
            List<CompletableFuture<?>> futures = logUntilParked(engine);

            assertThat(futures.get(futures.size() - 1))
                    .failsWithin(EngineFixture.DEADLINE)
                    .withThrowableThat()
                    .withCauseInstanceOf(LogOverflowException.class);
            // The future fails before the encoder comes back, on a thread of the scheduler. Not looked for so often
            // that it
            // would be taken for lost.
            await().pollInSameThread()
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(EngineFixture.DEADLINE)
                    .until(() -> leased(impatient) == own);
            gate.countDown();
        }
    }

    private EngineFixture fixture(AsyncBuffer buffer) {
        EngineFixture engine = new EngineFixture(
                AsyncLogManager.builder().bufferOptions(buffer.options()).buffer(buffer));
        engine.sink.doFirst(batch -> gate.await());
        return engine;
    }

    private static RecordEncoder leased(AsyncBuffer buffer) {
        RecordEncoder encoder = buffer.leaseEncoder();
        buffer.releaseEncoder(encoder);
        return encoder;
    }

    private static List<CompletableFuture<?>> logUntilParked(EngineFixture engine) {
        List<CompletableFuture<?>> futures = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            futures.add(engine.log.infoAsync("{} {}", i, "x".repeat(200)));
        }
        return futures;
    }
}
