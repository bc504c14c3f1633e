package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.asynclog.consumer.SinkControl;
import io.asynclog.consumer.SinkStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An engine with one collecting sink and every level enabled. */
public final class EngineFixture implements AutoCloseable {
    /** Longer than anything takes that works. */
    public static final Duration DEADLINE = Duration.ofSeconds(20);

    /**
     * How far a time that was told by the clock of records may be from one by {@link System#nanoTime}: that clock is
     * set right once a second, perhaps just between two looks.
     */
    public static final long CLOCK_STEP_NANOS = Duration.ofMillis(10).toNanos();

    public final CollectingSink sink = new CollectingSink();
    public final RecordedErrors errors = new RecordedErrors();
    public final AsyncLogManager manager;
    public final AsyncLogger log;

    public EngineFixture() {
        this(AsyncLogManager.builder());
    }

    public EngineFixture(AsyncLogManager.Builder builder) {
        manager = builder.sink("collecting", sink)
                .levels(name -> level -> true)
                .errorHandler(errors)
                .build();
        log = manager.getLogger("test");
        manager.initialize();
    }

    /** Returns the records so far, once all are flushed. */
    public List<LogRecord> flushed() {
        join(log.flushAsync());
        return sink.records();
    }

    /** Returns the one record that was logged. */
    public LogRecord only() {
        List<LogRecord> records = flushed();
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    /** Returns the record logged last. */
    public LogRecord last() {
        List<LogRecord> records = flushed();
        return records.get(records.size() - 1);
    }

    public static <T> T join(CompletableFuture<T> future) {
        try {
            return future.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new AssertionError("The future failed", failure.getCause());
        } catch (TimeoutException | InterruptedException failure) {
            throw new AssertionError("The future did not complete", failure);
        }
    }

    /** Returns what the future fails with. */
    public static Throwable failureOf(CompletableFuture<?> future) {
        try {
            Object result = future.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            throw new AssertionError("The future did not fail but gave " + result);
        } catch (ExecutionException failure) {
            return failure.getCause();
        } catch (TimeoutException | InterruptedException failure) {
            throw new AssertionError("The future did not complete", failure);
        }
    }

    /** Waits until so much time has passed that {@link #CLOCK_STEP_NANOS} is little beside it. */
    public static void awaitAge(long sinceNanoTime) {
        await().atMost(DEADLINE).until(() -> System.nanoTime() - sinceNanoTime > 5 * CLOCK_STEP_NANOS);
    }

    public SinkStatus sinkStatus(String name) {
        return manager.status().sinks().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Pauses a sink, and returns when its loop is sure to begin no further batch. */
    public SinkControl pause(String name) {
        SinkControl control = manager.sinkControl(name);
        control.pause();
        awaitTurn(name);
        return control;
    }

    /** Returns when the loop of a sink is sure to go by what it was told: it may have begun a turn before. */
    public void awaitTurn(String name) {
        // The loop answers between two batches, and looks whether it is paused, and for what level, before the next.
        SinkControl control = manager.sinkControl(name);
        assertThatIllegalArgumentException().isThrownBy(() -> control.skip(Long.MAX_VALUE, DEADLINE));
    }

    /** Asserts for every sink that each accepted record is accounted for, now that no call is under way. */
    public void assertLedgerIsExact() {
        AsyncLogStatus before = manager.status();
        AsyncLogStatus after = manager.status();
        assertLedgerIsExact(after);
        // The depth of a sink is what its counts leave, that of the buffer a matter of places.
        if (before.buffer().depthBytes() == 0
                && before.buffer().accepted() == after.buffer().accepted()) {
            assertThat(after.sinks())
                    .allSatisfy(sink -> assertThat(sink.depth()).isZero());
        }
    }

    /**
     * Asserts that no sink has counted more than was taken. A depth is what the counts leave, so that they add up
     * always, and one that runs ahead makes it negative; what is left once nothing waits, the caller has to look at.
     */
    public static void assertLedgerIsExact(AsyncLogStatus status) {
        for (SinkStatus sink : status.sinks()) {
            assertThat(sink.flushed() + sink.failed() + sink.dropped().total() + sink.filtered() + sink.depth())
                    .as("records of %s", sink)
                    .isEqualTo(status.buffer().accepted() + sink.recovered());
            assertThat(sink.depth()).as("depth of %s", sink).isNotNegative();
        }
    }

    @Override
    public void close() {
        manager.shutdown(DEADLINE);
    }
}
