package io.asynclog.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.CollectingSink;
import io.asynclog.EngineFixture;
import io.asynclog.FlushListener;
import io.asynclog.RecordedErrors;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.RecordEncoder;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Turns of a loop that fail for another reason than the sink. */
class SinkLoopTroubleTest {
    private static final int RECORDS = 5;

    private final RecordedErrors errors = new RecordedErrors();
    private final AsyncBuffer buffer = new AsyncBuffer(BufferOptions.defaults(), Runnable::run, errors);
    private final Completions completions = new Completions(() -> {
        throw new IllegalStateException("The engine is broken");
    });
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
            completions.register(push(), new RecordFuture()); // whose turn wakes who completes it, which fails
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
        Completions unbroken = new Completions(() -> {});
        SinkLoop loop = new SinkLoop(
                new Sink("sink", sink, SinkOptions.defaults(), false),
                buffer,
                unbroken,
                (name, record, failure) -> {},
                noMemory,
                errors);
        unbroken.follow(List.of(loop.cursor()));
        long ignored = push();
        loop.start();
        loop.begin();
        buffer.close();
        loop.stopWhenDrained();

        assertThat(loop.awaitEnd(EngineFixture.DEADLINE.toNanos())).isTrue();
        assertThat(told).hasValue(1);
        assertThat(sink.records()).hasSize(1);
        assertThat(loop.figures().flushed()).isEqualTo(1);
    }

    private long push() {
        RecordEncoder record = buffer.leaseEncoder();
        record.begin(Level.INFO, RecordEncoder.encodeLoggerName("logger"), 1, Thread.currentThread());
        record.message("m");
        return buffer.push(record);
    }
}
