package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.RecordEncoder;
import io.asynclog.consumer.LogConsumer;
import io.asynclog.consumer.RecordFuture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class AwaitedPushesTest {
    private final RecordedErrors errors = new RecordedErrors();
    private final AsyncBuffer buffer = new AsyncBuffer(
            BufferOptions.defaults()
                    .withSegmentSize(4096)
                    .withMaxSize(2 * 4096)
                    .withMaxRecordSize(1024)
                    .withMaxWait(Duration.ofMinutes(5)),
            Runnable::run,
            errors);

    @Test
    void aPlaceIsWaitedForAsLongAsTheRecordIsParked() {
        buffer.openCursor("slow", true, Thread.currentThread(), 16);
        buffer.cursorsOpened(true);
        try (DefaultTaskScheduler scheduler = new DefaultTaskScheduler(false)) {
            AwaitedPushes pushes = new AwaitedPushes(
                    buffer, new LogConsumer(buffer, errors), scheduler, new LateWriter(sink -> null, errors));
            while (!pushes.push(record(), new RecordFuture(Level.INFO), Ack.FLUSHED)) {
                assertThat(pushes.placed()).isDone();
            }

            CompletableFuture<Long> placed = pushes.placed();
            assertThat(placed).isNotDone();
            long end = buffer.close(); // which refuses the record
            assertThat(placed).isCompletedWithValue(end);
        } finally {
            buffer.release();
        }
    }

    private RecordEncoder record() {
        RecordEncoder record = buffer.leaseEncoder();
        record.begin(Level.INFO, RecordEncoder.encodeLoggerName("l"), 1, Thread.currentThread());
        record.message("m");
        return record;
    }
}
