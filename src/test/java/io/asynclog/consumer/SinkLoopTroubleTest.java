package io.asynclog.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.CollectingSink;
import io.asynclog.EngineFixture;
import io.asynclog.ErrorHandler;
import io.asynclog.FlushListener;
import io.asynclog.Latches;
import io.asynclog.RecordedErrors;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.RecordEncoder;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Turns of a loop that fail for another reason than the sink. */
class SinkLoopTroubleTest {
    private static final int RECORDS = 5;

    private final RecordedErrors errors = new RecordedErrors();
    private final AsyncBuffer buffer = new AsyncBuffer(BufferOptions.defaults(), Runnable::run, errors);
    private final Completions completions = new Completions(
            () -> {
                throw new IllegalStateException("The engine is broken");
            },
            (message, cause) -> {});
    private final CollectingSink sink = new CollectingSink();

    @Test
    void troubleIsReportedOnceHoweverManyTurnsFail() throws InterruptedException {
        SinkLoop loop = new SinkLoop(
                new Sink("sink", sink, SinkOptions.defaults().withBatchSize(1), false),
                buffer,
                completions,
                (name, record, failure) -> {},
                List.of(),
                errors);
        completions.follow(List.of(loop.cursor()));
        for (int i = 0; i < RECORDS; i++) {
            completions.register(
                    push(), new RecordFuture(Level.INFO)); // whose turn wakes who completes it, which fails
        }
        loop.start();
        loop.begin();
        await().atMost(EngineFixture.DEADLINE)
                .untilAsserted(() -> assertThat(errors.messages()).hasSize(2));
        buffer.close();
        loop.stopWhenDrained();

        assertThat(loop.awaitEnd(EngineFixture.DEADLINE.toNanos())).isTrue();
        assertThat(sink.records()).hasSize(RECORDS);
        assertThat(errors.messages().get(0)).startsWith("The loop of sink 'sink' failed and goes on");
        assertThat(errors.messages().get(1))
                .isEqualTo("The loop of sink 'sink' works again after " + RECORDS + " failures");
    }

    @Test
    void loopGoesOnThoughItsTroubleCannotBeReported() throws InterruptedException {
        SinkLoop loop = new SinkLoop(
                new Sink("sink", sink, SinkOptions.defaults().withBatchSize(1), false),
                buffer,
                completions,
                (name, record, failure) -> {},
                List.of(),
                new ErrorHandler() {
                    @Override
                    public void onError(String message, @Nullable Throwable cause) {}

                    @Override
                    public void report(String message, @Nullable Throwable cause) {
                        throw new OutOfMemoryError("Java heap space"); // as building the message may
                    }
                });
        completions.follow(List.of(loop.cursor()));
        for (int i = 0; i < RECORDS; i++) {
            completions.register(push(), new RecordFuture(Level.INFO));
        }
        loop.start();
        loop.begin();
        buffer.close();
        loop.stopWhenDrained();

        assertThat(loop.awaitEnd(EngineFixture.DEADLINE.toNanos())).isTrue();
        assertThat(sink.records()).hasSize(RECORDS);
        assertThat(buffer.isDrained(loop.cursor())).isTrue();
    }

    @Test
    void batchWhoseListenersCannotBeToldIsNeitherFlushedNorCountedTwice() throws InterruptedException {
        AtomicInteger told = new AtomicInteger();
        List<FlushListener> noMemory = new AbstractList<>() {
            @Override
            public FlushListener get(int index) {
                throw new IndexOutOfBoundsException(index);
            }

            @Override
            public int size() {
                return 0;
            }

            @Override
            public Iterator<FlushListener> iterator() {
                told.incrementAndGet();
                throw new OutOfMemoryError("Java heap space");
            }
        };
        SinkLoop loop = running(noMemory);
        buffer.close();
        loop.stopWhenDrained();

        assertThat(loop.awaitEnd(EngineFixture.DEADLINE.toNanos())).isTrue();
        assertThat(told).hasValue(1);
        assertThat(sink.records()).hasSize(1);
        assertThat(loop.figures().flushed()).isEqualTo(1);
    }

    @Test
    void whatIsFlushedWhenTheLoopIsToldToEndIsPassedToo() throws InterruptedException {
        CountDownLatch inFlush = new CountDownLatch(1);
        sink.doFirst(batch -> {
            inFlush.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException toEnd) {
                // It does, and has flushed its batch.
            }
        });
        SinkLoop loop = running(List.of());
        Latches.await(inFlush);
        loop.abort();

        assertThat(loop.awaitEnd(EngineFixture.DEADLINE.toNanos())).isTrue();
        assertThat(loop.figures().flushed()).isEqualTo(1);
        assertThat(loop.cursor().sequence()).isEqualTo(1);
    }

    @Test
    void whatIsFlushedAfterTheCountingHasEndedIsNeitherCountedNorPassed() throws InterruptedException {
        CountDownLatch inFlush = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        sink.doFirst(batch -> {
            inFlush.countDown();
            Latches.await(goOn); // whoever interrupts it
        });
        SinkLoop loop = running(List.of());
        Latches.await(inFlush);
        loop.abort();
        loop.closeStats();
        goOn.countDown();

        assertThat(loop.awaitEnd(EngineFixture.DEADLINE.toNanos())).isTrue();
        assertThat(loop.figures().flushed()).isZero();
        assertThat(loop.cursor().sequence()).isZero();
    }

    /** Returns a loop that has begun with one record. */
    private SinkLoop running(List<FlushListener> listeners) {
        Completions unbroken = new Completions(() -> {}, (message, cause) -> {});
        SinkLoop loop = new SinkLoop(
                new Sink("sink", sink, SinkOptions.defaults(), false),
                buffer,
                unbroken,
                (name, record, failure) -> {},
                listeners,
                errors);
        unbroken.follow(List.of(loop.cursor()));
        long ignored = push();
        loop.start();
        loop.begin();
        return loop;
    }

    private long push() {
        RecordEncoder record = buffer.leaseEncoder();
        record.begin(Level.INFO, RecordEncoder.encodeLoggerName("logger"), 1, Thread.currentThread());
        record.message("m");
        return buffer.push(record);
    }
}
