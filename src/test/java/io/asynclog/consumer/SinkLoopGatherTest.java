package io.asynclog.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.CollectingSink;
import io.asynclog.EngineFixture;
import io.asynclog.RecordedErrors;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.RecordEncoder;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** A loop that finds a further record behind each flush, as where a flush takes as long as it takes for one to come. */
class SinkLoopGatherTest {
    private final RecordedErrors errors = new RecordedErrors();
    private final AsyncBuffer buffer = new AsyncBuffer(BufferOptions.defaults(), Runnable::run, errors);
    private final CollectingSink sink = new CollectingSink();
    private final AtomicReference<Thread> thread = new AtomicReference<>();
    private final AtomicBoolean goesOn = new AtomicBoolean(true);

    @Test
    void letsRecordsComeTogetherThoughOneIsThereAlready() throws InterruptedException {
        sink.doFirst(batch -> {
            thread.set(Thread.currentThread());
            if (goesOn.get()) {
                push();
            }
        });
        Completions completions = new Completions(() -> {}, (message, cause) -> {});
        SinkLoop loop = new SinkLoop(
                new Sink("sink", sink, SinkOptions.defaults(), false),
                buffer,
                completions,
                (name, record, failure) -> {},
                List.of(),
                errors);
        completions.follow(List.of(loop.cursor()));
        push();
        loop.start();
        loop.begin();
        // It finds a record behind each flush, so it would wait for none.
        await().atMost(EngineFixture.DEADLINE).until(() -> {
            Thread running = thread.get();
            return running != null && running.getState() == Thread.State.TIMED_WAITING;
        });

        goesOn.set(false);
        buffer.close();
        loop.stopWhenDrained();
        assertThat(loop.awaitEnd(EngineFixture.DEADLINE.toNanos())).isTrue();
        assertThat(errors.messages()).isEmpty();
    }

    private void push() {
        RecordEncoder record = buffer.leaseEncoder();
        record.begin(Level.INFO, RecordEncoder.encodeLoggerName("logger"), 1, Thread.currentThread());
        record.message("m");
        long ignored = buffer.push(record);
        buffer.releaseEncoder(record);
    }
}
