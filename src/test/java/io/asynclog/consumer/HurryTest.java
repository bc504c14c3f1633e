package io.asynclog.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.EngineFixture;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.Cursor;
import io.asynclog.buffer.PushCallback;
import io.asynclog.buffer.RecordEncoder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Who waits for a record, or for room, does not wait for a loop that lingers. */
class HurryTest {
    private static final int SEGMENT_SIZE = 4096;

    private final AsyncBuffer buffer = new AsyncBuffer(
            BufferOptions.defaults()
                    .withSegmentSize(SEGMENT_SIZE)
                    .withMaxSize(2 * SEGMENT_SIZE)
                    .withMaxRecordSize(1024),
            Runnable::run,
            (message, cause) -> {});
    private final AtomicReference<Cursor> opened = new AtomicReference<>();
    private final Thread owner = new Thread(() -> opened.get().linger(TimeUnit.DAYS.toNanos(1)));
    private final Completions completions = new Completions(() -> {}, (message, cause) -> {});

    @BeforeEach
    void linger() {
        opened.set(buffer.openCursor("sink", true, owner, 64));
        completions.follow(List.of(opened.get()));
        owner.start();
        await().atMost(EngineFixture.DEADLINE).until(() -> owner.getState() == Thread.State.TIMED_WAITING);
    }

    @AfterEach
    void end() throws InterruptedException {
        owner.interrupt();
        owner.join();
    }

    @Test
    void loopLooksForARecordThatIsAwaited() throws InterruptedException {
        completions.register(push(), new RecordFuture(Level.INFO));

        assertEnds();
    }

    @Test
    void loopLooksForWhatABarrierWaitsFor() throws InterruptedException {
        completions.registerBarrier(push() + 1, new BarrierFuture());

        assertEnds();
    }

    @Test
    void loopLooksForRecordsWhenTheBufferIsFull() throws InterruptedException {
        long result = 0;
        while (result != AsyncBuffer.PARKED) {
            RecordEncoder record = record();
            result = buffer.tryPush(record);
            if (result == AsyncBuffer.NO_ROOM) {
                result = buffer.pushOrPark(record, new PushCallback() {
                    @Override
                    public void accepted(long sequence) {}

                    @Override
                    public void refused(long reason) {}
                });
            }
        }

        assertEnds();
    }

    @Test
    void loopLingersOnForRecordsThatNobodyWaitsFor() {
        for (int i = 0; i < 5; i++) {
            assertThat(push()).isEqualTo(i);
        }

        assertThat(owner.getState()).isEqualTo(Thread.State.TIMED_WAITING);
    }

    private void assertEnds() throws InterruptedException {
        owner.join(EngineFixture.DEADLINE.toMillis());
        assertThat(owner.isAlive()).isFalse();
    }

    private long push() {
        return buffer.push(record());
    }

    private RecordEncoder record() {
        RecordEncoder record = buffer.leaseEncoder();
        record.begin(Level.INFO, RecordEncoder.encodeLoggerName("logger"), 1, Thread.currentThread());
        record.message("x".repeat(500));
        return record;
    }
}
