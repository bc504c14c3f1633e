package io.asynclog.consumer;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.EngineFixture.failureOf;
import static io.asynclog.EngineFixture.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.CollectingSink;
import io.asynclog.EngineFixture;
import io.asynclog.FlushReport;
import io.asynclog.FlushReport.Outcome;
import io.asynclog.LogFlushException;
import io.asynclog.LogReceipt;
import io.asynclog.ShutdownReport;
import io.asynclog.ShutdownReport.LossReason;
import io.asynclog.buffer.BufferOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

class SinkControlTest {
    private static final BufferOptions SMALL_SEGMENTS =
            BufferOptions.defaults().withSegmentSize(4096).withMaxRecordSize(1024);
    /** Fails once, and is then left alone for longer than any test lasts. */
    private static final SinkOptions PATIENT =
            SinkOptions.defaults().withRetry(new RetryOptions(9, Duration.ofHours(1), Duration.ofHours(1)));

    private final CollectingSink sink = new CollectingSink();
    private final AtomicBoolean down = new AtomicBoolean();

    private EngineFixture engine() {
        return engine(AsyncLogManager.builder(), SinkOptions.defaults());
    }

    private EngineFixture engine(AsyncLogManager.Builder builder, SinkOptions options) {
        sink.doFirst(batch -> {
            if (down.get()) {
                throw new IOException("down");
            }
        });
        return new EngineFixture(builder.sink("told", sink, options));
    }

    private static void log(EngineFixture engine, int count) {
        numbers(0, count).forEach(engine.log::info);
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).collect(Collectors.toList());
    }

    private static void awaitDrained(EngineFixture engine) {
        await().atMost(DEADLINE).until(() -> engine.sinkStatus("told").depth() == 0);
    }

    // ---- pause and resume -------------------------------------------------------------------------------------------

    @Test
    void pausedSinkGetsNothingUntilItIsResumed() {
        try (EngineFixture engine = engine()) {
            SinkControl control = engine.pause("told");
            log(engine, 10);
            await().atMost(DEADLINE).until(() -> engine.sink.records().size() == 10); // the other sink goes on
            assertThat(engine.sinkStatus("told").state()).isEqualTo(SinkStatus.State.PAUSED);
            assertThat(engine.sinkStatus("told").depth()).isEqualTo(10);
            assertThat(sink.records()).isEmpty();

            control.resume();
            awaitDrained(engine);
            assertThat(sink.messages()).isEqualTo(numbers(0, 10));
            assertThat(engine.sinkStatus("told").state()).isEqualTo(SinkStatus.State.RUNNING);
        }
    }

    @Test
    void flushUnderWayEndsBeforeThePause() {
        CountDownLatch flushing = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (EngineFixture engine = engine()) {
            sink.doFirst(batch -> {
                flushing.countDown();
                gate.await();
            });
            CompletableFuture<LogReceipt> first = engine.log.infoAsync("first");
            await().atMost(DEADLINE).until(() -> flushing.getCount() == 0);
            engine.manager.sinkControl("told").pause();
            engine.log.info("second");
            gate.countDown();
            join(first);
            assertThat(sink.messages()).containsExactly("first");
            assertThat(engine.sinkStatus("told").depth()).isEqualTo(1);
        }
    }

    @Test
    void shutdownDrainsAPausedSink() {
        EngineFixture engine = engine();
        engine.pause("told");
        log(engine, 10);
        ShutdownReport report = engine.manager.shutdown(DEADLINE);
        assertThat(report.isComplete()).isTrue();
        assertThat(sink.messages()).isEqualTo(numbers(0, 10));
    }

    @Test
    void pausedBestEffortSinkHoldsNoBuffer() {
        SinkOptions bestEffort = SinkOptions.defaults().withDelivery(Delivery.BEST_EFFORT);
        BufferOptions tiny = SMALL_SEGMENTS.withMaxSize(4 * 4096).withMaxWait(Duration.ofMinutes(1));
        try (EngineFixture engine = engine(AsyncLogManager.builder().bufferOptions(tiny), bestEffort)) {
            engine.pause("told");
            log(engine, 2000);
            assertThat(engine.flushed()).hasSize(2000);
            assertThat(engine.manager.status().buffer().dropped()).isZero();

            engine.manager.sinkControl("told").resume();
            awaitDrained(engine);
            SinkStatus status = engine.sinkStatus("told");
            assertThat(status.dropped().lagged()).isPositive();
            assertThat(status.dropped().skipped()).isZero();
            engine.assertLedgerIsExact();
        }
    }

    // ---- retry ------------------------------------------------------------------------------------------------------

    @Test
    void retryEndsTheDelayAfterAFailure() {
        down.set(true);
        try (EngineFixture engine = engine(AsyncLogManager.builder(), PATIENT)) {
            engine.log.info("m");
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("told").failedFlushes() == 1);
            down.set(false);
            engine.manager.sinkControl("told").retry();
            awaitDrained(engine);
            assertThat(sink.messages()).containsExactly("m");
        }
    }

    @Test
    void retryResumesNoPausedSink() {
        try (EngineFixture engine = engine()) {
            engine.pause("told");
            log(engine, 3);
            engine.manager.sinkControl("told").retry();
            await().atMost(DEADLINE).until(() -> engine.sink.records().size() == 3);
            engine.awaitTurn("told");
            assertThat(engine.sinkStatus("told").state()).isEqualTo(SinkStatus.State.PAUSED);
            assertThat(sink.records()).isEmpty();
        }
    }

    // ---- skip -------------------------------------------------------------------------------------------------------

    @Test
    void skipDropsExactlyTheOldest() throws Exception {
        try (EngineFixture engine = engine()) {
            SinkControl control = engine.pause("told");
            log(engine, 10);
            assertThat(control.skip(4, DEADLINE)).isEqualTo(4);
            SinkStatus status = engine.sinkStatus("told");
            assertThat(status.depth()).isEqualTo(6);
            assertThat(status.dropped()).isEqualTo(new SinkStatus.Dropped(0, 4, 0));
            assertThat(status.state()).isEqualTo(SinkStatus.State.PAUSED);

            control.resume();
            awaitDrained(engine);
            assertThat(sink.messages()).isEqualTo(numbers(4, 10));
            engine.assertLedgerIsExact();
            assertThat(engine.manager.shutdown(DEADLINE).sinks().get("told").lost())
                    .isEqualTo(Map.of(LossReason.SKIPPED, 4L));
        }
    }

    @Test
    void skipGoesOverManySegmentsAndGivesThemBack() throws Exception {
        try (EngineFixture engine = engine(AsyncLogManager.builder().bufferOptions(SMALL_SEGMENTS), PATIENT)) {
            SinkControl control = engine.pause("told");
            log(engine, 5000);
            await().atMost(DEADLINE).until(() -> engine.sink.records().size() == 5000);
            int held = engine.manager.status().buffer().segmentsUsed();
            assertThat(control.skip(4990, DEADLINE)).isEqualTo(4990);
            assertThat(engine.manager.status().buffer().segmentsUsed()).isLessThan(held / 10);
            control.resume();
            awaitDrained(engine);
            assertThat(sink.messages()).isEqualTo(numbers(4990, 5000));
        }
    }

    @Test
    void skipOfMoreThanThereAreDropsNothing() {
        try (EngineFixture engine = engine()) {
            SinkControl control = engine.pause("told");
            log(engine, 10);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> control.skip(11, DEADLINE))
                    .withMessage("Sink 'told' has 10 pending records, fewer than the 11 to be skipped");
            assertThatIllegalArgumentException().isThrownBy(() -> control.skip(Long.MAX_VALUE, DEADLINE));
            assertThat(engine.sinkStatus("told").depth()).isEqualTo(10);
            assertThat(engine.sinkStatus("told").dropped().total()).isZero();
        }
    }

    @Test
    void lagIsNotThatOfARecordThatWasPassedOver() {
        try (EngineFixture engine = engine(AsyncLogManager.builder(), PATIENT)) {
            SinkControl control = engine.manager.sinkControl("told");
            down.set(true);
            long passedOver = System.nanoTime();
            engine.log.info("passed over");
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("told").state() == SinkStatus.State.RETRYING);
            control.level(Level.ERROR);
            control.retry();
            awaitDrained(engine);
            engine.pause("told");
            EngineFixture.awaitAge(passedOver);
            long before = System.nanoTime();
            engine.log.error("waits");

            assertThat(engine.sinkStatus("told").lagNanos())
                    .isLessThanOrEqualTo(System.nanoTime() - before + EngineFixture.CLOCK_STEP_NANOS);
            down.set(false);
        }
    }

    @Test
    void skipOfNothingIsRefused() {
        try (EngineFixture engine = engine()) {
            SinkControl control = engine.manager.sinkControl("told");
            assertThatIllegalArgumentException().isThrownBy(() -> control.skip(0, DEADLINE));
            assertThatIllegalArgumentException().isThrownBy(() -> control.skip(-1, DEADLINE));
        }
    }

    @Test
    void skipCountsRecordsBelowTheSinksLevelToo() throws Exception {
        try (EngineFixture engine = engine()) {
            SinkControl control = engine.pause("told");
            control.level(Level.WARN);
            engine.log.info("low");
            engine.log.warn("high");
            engine.log.warn("next");
            assertThat(control.skip(2, DEADLINE)).isEqualTo(2);
            control.resume();
            awaitDrained(engine);
            assertThat(sink.messages()).containsExactly("next");
            assertThat(engine.sinkStatus("told").dropped().skipped()).isEqualTo(2);
            assertThat(engine.sinkStatus("told").filtered()).isZero();
        }
    }

    @Test
    void skipOfASinkThatIsDownDoesNotWaitForItsNextAttempt() throws Exception {
        down.set(true);
        try (EngineFixture engine = engine(AsyncLogManager.builder(), PATIENT)) {
            log(engine, 5);
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("told").failedFlushes() > 0);
            assertThat(engine.manager.sinkControl("told").skip(5, DEADLINE)).isEqualTo(5);
            assertThat(engine.sinkStatus("told").depth()).isZero();
            engine.assertLedgerIsExact();
        }
    }

    @Test
    void skipThatAFlushKeepsWaitingIsTakenBack() throws Exception {
        CountDownLatch flushing = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (EngineFixture engine = engine()) {
            sink.doFirst(batch -> {
                flushing.countDown();
                gate.await();
            });
            CompletableFuture<LogReceipt> future = engine.log.infoAsync("m");
            flushing.await();
            assertThatThrownBy(() -> engine.manager.sinkControl("told").skip(1, Duration.ofMillis(1)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("'told'")
                    .hasMessageContaining("nothing was dropped");
            gate.countDown();
            join(future);
            join(engine.log.infoAsync("next"));
            assertThat(sink.messages()).containsExactly("m", "next");
            assertThat(engine.sinkStatus("told").dropped().total()).isZero();
        }
    }

    @Test
    void futuresOfSkippedRecordsFailAndTheOthersDoNot() throws Exception {
        try (EngineFixture engine = engine()) {
            SinkControl control = engine.pause("told");
            CompletableFuture<LogReceipt> first = engine.log.infoAsync("first");
            CompletableFuture<Void> barrier = engine.log.flushAsync();
            CompletableFuture<LogReceipt> second = engine.log.infoAsync("second");
            control.skip(1, DEADLINE);
            assertThat(((LogFlushException) failureOf(first)).failures()).containsOnlyKeys("told");
            assertThat(failureOf(first).getCause()).isInstanceOf(CancellationException.class);
            assertThat(failureOf(barrier)).isInstanceOf(LogFlushException.class);
            assertThat(second).isNotDone();
            control.resume();
            join(second);
        }
    }

    @Test
    void futuresDoNotHearOfTheSkipOfABestEffortSink() throws Exception {
        SinkOptions bestEffort = SinkOptions.defaults().withDelivery(Delivery.BEST_EFFORT);
        try (EngineFixture engine = engine(AsyncLogManager.builder(), bestEffort)) {
            SinkControl control = engine.pause("told");
            CompletableFuture<LogReceipt> future = engine.log.infoAsync("m");
            assertThat(control.skip(1, DEADLINE)).isEqualTo(1);
            join(future);
            assertThat(engine.sinkStatus("told").dropped().skipped()).isEqualTo(1);
        }
    }

    @Test
    void skippedRecordsDoNotComeBackWithTheNextProcess(@TempDir Path folder) throws Exception {
        BufferOptions files = BufferOptions.mapped(folder);
        try (EngineFixture engine = engine(AsyncLogManager.builder().bufferOptions(files), PATIENT)) {
            down.set(true);
            log(engine, 10);
            await().atMost(DEADLINE).until(() -> engine.sinkStatus("told").failedFlushes() > 0);
            engine.manager.sinkControl("told").skip(7, DEADLINE);
            engine.manager.shutdown(Duration.ofMillis(10));
        }
        down.set(false);
        try (EngineFixture engine = engine(AsyncLogManager.builder().bufferOptions(files), PATIENT)) {
            assertThat(engine.sinkStatus("told").recovered()).isEqualTo(3);
            awaitDrained(engine);
            assertThat(sink.messages()).isEqualTo(numbers(7, 10));
            engine.assertLedgerIsExact();
        }
    }

    @Test
    void skipOfASinkThatHasStoppedIsRefused() {
        EngineFixture engine = engine();
        SinkControl control = engine.manager.sinkControl("told");
        engine.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> control.skip(1, DEADLINE))
                .withMessageContaining("'told' has stopped");
    }

    @Test
    void skipByTheThreadOfASinkIsRefused() {
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        try (EngineFixture engine = engine()) {
            sink.doFirst(batch -> {
                try {
                    engine.manager.sinkControl("told").skip(1, DEADLINE);
                } catch (IllegalStateException expected) {
                    refusal.set(expected);
                }
            });
            join(engine.log.infoAsync("m"));
            assertThat(refusal.get()).hasMessageContaining("thread of a sink");
        }
    }

    // ---- level ------------------------------------------------------------------------------------------------------

    @Test
    void levelActsFromTheNextBatchOn() {
        try (EngineFixture engine = engine()) {
            SinkControl control = engine.manager.sinkControl("told");
            assertThat(engine.sinkStatus("told").level()).isEqualTo(Level.TRACE);
            join(engine.log.infoAsync("before"));
            control.level(Level.WARN);
            engine.awaitTurn("told");
            assertThat(engine.sinkStatus("told").level()).isEqualTo(Level.WARN);
            join(engine.log.infoAsync("low"));
            join(engine.log.warnAsync("high"));
            control.level(Level.TRACE);
            engine.awaitTurn("told");
            join(engine.log.traceAsync("after"));
            assertThat(sink.messages()).containsExactly("before", "high", "after");
            assertThat(engine.sinkStatus("told").filtered()).isEqualTo(1);
            engine.assertLedgerIsExact();
        }
    }

    // ---- flush ------------------------------------------------------------------------------------------------------

    @Test
    void flushTellsHowFarEachSinkCame() throws InterruptedException {
        AsyncLogManager.Builder builder = AsyncLogManager.builder();
        builder.sink(
                "dead",
                batch -> {
                    throw new IOException("down");
                },
                SinkOptions.defaults().withRetry(new RetryOptions(1, Duration.ofMillis(1), Duration.ofMillis(1))));
        try (EngineFixture engine = engine(builder, SinkOptions.defaults())) {
            log(engine, 100);
            FlushReport report = engine.manager.flush(DEADLINE);
            assertThat(report.complete()).isFalse();
            assertThat(report.sinks())
                    .isEqualTo(Map.of("dead", Outcome.FAILED, "told", Outcome.FLUSHED, "collecting", Outcome.FLUSHED));

            engine.pause("told");
            engine.log.info("more");
            assertThat(engine.manager.flush(Duration.ofMillis(1)).sinks()).containsEntry("told", Outcome.PENDING);
            engine.manager.shutdown(Duration.ofMillis(10));
        }
    }

    @Test
    void flushIsCompleteWhenEveryRequiredSinkIs() throws InterruptedException {
        SinkOptions bestEffort = SinkOptions.defaults().withDelivery(Delivery.BEST_EFFORT);
        try (EngineFixture engine = engine(AsyncLogManager.builder(), bestEffort)) {
            engine.pause("told");
            log(engine, 100);
            FlushReport report = engine.manager.flush(DEADLINE);
            assertThat(report.complete()).isTrue();
            assertThat(report.sinks())
                    .containsEntry("told", Outcome.PENDING)
                    .containsEntry("collecting", Outcome.FLUSHED);
        }
    }

    // ---- names ------------------------------------------------------------------------------------------------------

    @Test
    void unknownSinkIsRefusedByName() {
        try (EngineFixture engine = engine()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.manager.sinkControl("nobody"))
                    .withMessage("There is no sink 'nobody'. The sinks are [told, collecting].");
        }
    }
}
