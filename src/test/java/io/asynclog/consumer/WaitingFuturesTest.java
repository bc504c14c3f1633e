package io.asynclog.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.Cursor;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class WaitingFuturesTest {
    private final AsyncBuffer buffer = new AsyncBuffer(BufferOptions.defaults(), Runnable::run, (message, cause) -> {});
    private final Cursor away = buffer.openCursor("away", true, Thread.currentThread(), 64);
    private final WaitingFutures waiting = new WaitingFutures();

    @BeforeEach
    void follow() {
        waiting.follow(List.of(away));
    }

    private RecordFuture add(long sequence) {
        RecordFuture future = new RecordFuture(Level.INFO);
        future.sequence = sequence;
        waiting.add(future);
        return future;
    }

    private void fail(RecordFuture future) {
        waiting.failWaitingFor(away, new IllegalStateException("away"));
        assertThat(waiting.pollReady()).isSameAs(future);
    }

    @Test
    void nothingIsLeftInLineOfAFutureThatFailedEarly() {
        fail(add(0));
        assertThat(waiting.pollReady()).isNull();
        assertThat(waiting.mayHaveAny()).isFalse();
    }

    @Test
    void refusalOfARecordWhoseFutureHasFailedIsNotNoted() {
        fail(add(7));
        waiting.recordsFailed("away", 7, List.of(7L), new IllegalStateException("refused"));
        RecordFuture again = add(7); // which would find the note, if there was one
        waiting.end();
        waiting.follow(List.of());
        assertThat(waiting.pollReady()).isSameAs(again);
        again.resolve();
        assertThat(again).isNotCompletedExceptionally();
    }

    @Test
    void refusalThatWasNotedBeforeIsNamedByTheFailure() {
        RecordFuture future = add(7);
        waiting.recordsFailed("refusing", 7, List.of(7L), new IllegalStateException("refused"));
        fail(future);
        future.resolve();
        assertThat(future).isCompletedExceptionally();
        assertThat(future.handle((receipt, failure) -> failure.getMessage()).join())
                .contains("refusing", "away");
    }
}
