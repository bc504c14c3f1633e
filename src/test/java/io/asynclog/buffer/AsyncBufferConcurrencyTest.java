package io.asynclog.buffer;

import static io.asynclog.buffer.BufferFixture.options;
import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

@Timeout(120)
class AsyncBufferConcurrencyTest {
    private static final int PRODUCERS = 4;
    private static final int PER_PRODUCER = 20_000;

    @Test
    void everyCursorSeesEveryRecordOnceAndEachThreadsRecordsInOrder() throws Exception {
        BufferFixture fixture = new BufferFixture(options(4));
        List<Reader> readers = List.of(new Reader(fixture, "a"), new Reader(fixture, "b"), new Reader(fixture, "c"));
        List<CompletableFuture<Long>> producers = new ArrayList<>();
        for (int p = 0; p < PRODUCERS; p++) {
            int producer = p;
            producers.add(inThread(() -> {
                for (int i = 0; i < PER_PRODUCER; i++) {
                    if (fixture.push(producer + ":" + i) < 0) {
                        throw new AssertionError("dropped");
                    }
                }
                return (long) PER_PRODUCER;
            }));
        }
        CompletableFuture<Long> background = inThread(() -> {
            while (!fixture.buffer.isClosed()) {
                fixture.runBackground();
                Thread.onSpinWait();
            }
            return 0L;
        });
        for (CompletableFuture<Long> producer : producers) {
            producer.get(60, TimeUnit.SECONDS);
        }
        assertThat(fixture.buffer.close()).isEqualTo(PRODUCERS * PER_PRODUCER);
        background.get(60, TimeUnit.SECONDS);
        for (Reader reader : readers) {
            assertThat(reader.finish()).isEqualTo(PRODUCERS * PER_PRODUCER);
        }
        assertThat(fixture.buffer.accepted()).isEqualTo(PRODUCERS * PER_PRODUCER);
        assertThat(fixture.buffer.status().dropped()).isZero();
    }

    @Test
    void nothingIsTakenAfterTheEndThatCloseReturns() throws Exception {
        for (int round = 0; round < 50; round++) {
            BufferFixture fixture = new BufferFixture(options(3));
            Reader reader = new Reader(fixture, "a");
            CountDownLatch running = new CountDownLatch(PRODUCERS);
            List<CompletableFuture<Long>> producers = new ArrayList<>();
            for (int p = 0; p < PRODUCERS; p++) {
                int producer = p;
                producers.add(inThread(() -> pushUntilClosed(fixture, producer, running)));
            }
            running.await();
            long end = fixture.buffer.close();
            long taken = 0;
            for (CompletableFuture<Long> producer : producers) {
                taken += producer.get(30, TimeUnit.SECONDS);
            }
            assertThat(taken).isEqualTo(end);
            assertThat(reader.finish()).isEqualTo(end);
            assertThat(fixture.buffer.nextSequence()).isEqualTo(end);
        }
    }

    @Test
    void droppedAndTakenAddUp() throws Exception {
        BufferFixture fixture = new BufferFixture(options(2).withPolicy(OverflowPolicy.DROP));
        Reader reader = new Reader(fixture, "a");
        List<CompletableFuture<Long>> producers = new ArrayList<>();
        for (int p = 0; p < PRODUCERS; p++) {
            int producer = p;
            producers.add(inThread(() -> {
                long taken = 0;
                for (int i = 0; i < PER_PRODUCER; i++) {
                    Level level = i % 100 == 0 ? Level.ERROR : Level.INFO;
                    taken += fixture.push(level, producer + ":" + i) >= 0 ? 1 : 0;
                }
                return taken;
            }));
        }
        long taken = 0;
        for (CompletableFuture<Long> producer : producers) {
            taken += producer.get(60, TimeUnit.SECONDS);
        }
        long end = fixture.buffer.close();
        assertThat(reader.finish()).isEqualTo(end);
        assertThat(end - reader.reports).isEqualTo(taken);
        assertThat(taken + fixture.buffer.status().dropped()).isEqualTo(PRODUCERS * PER_PRODUCER);
    }

    private static long pushUntilClosed(BufferFixture fixture, int producer, CountDownLatch running) {
        for (int i = 0; ; i++) {
            long sequence = fixture.push(producer + ":" + i);
            if (sequence == AsyncBuffer.CLOSED) {
                return i;
            }
            if (i == 10) {
                running.countDown();
            }
        }
    }

    private static CompletableFuture<Long> inThread(Supplier<Long> body) {
        return CompletableFuture.supplyAsync(body, task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Reads until the buffer is drained and checks what it sees. */
    private static final class Reader {
        private final Thread thread = new Thread(this::run);
        private final AsyncBuffer buffer;
        private final Cursor cursor;
        private final int[] next = new int[PRODUCERS];
        private final CompletableFuture<Long> count = new CompletableFuture<>();
        private long reports;

        Reader(BufferFixture fixture, String name) {
            buffer = fixture.buffer;
            cursor = buffer.openCursor(name, true, thread, 100);
            thread.setDaemon(true);
            thread.start();
        }

        private void run() {
            try {
                long read = 0;
                while (!buffer.isDrained(cursor)) {
                    if (!cursor.read(Level.TRACE, true)) {
                        cursor.sleep(TimeUnit.MINUTES.toNanos(1));
                    } else {
                        read += check(cursor.batch(), read);
                        cursor.pass();
                    }
                }
                count.complete(read);
            } catch (Throwable failure) {
                count.completeExceptionally(failure);
            }
        }

        private int check(SegmentBatch batch, long firstSequence) {
            if (batch == null) {
                return 0;
            }
            long sequence = firstSequence;
            for (LogRecord record : batch) {
                assertThat(record.sequence()).isEqualTo(sequence++);
                if (record.loggerName().length() > 1) {
                    reports++;
                    continue;
                }
                String[] parts = record.message().split(":", 2);
                int producer = Integer.parseInt(parts[0]);
                int number = Integer.parseInt(parts[1]);
                assertThat(number).isGreaterThanOrEqualTo(next[producer]);
                next[producer] = number + 1;
            }
            return batch.size();
        }

        long finish() throws Exception {
            cursor.wake();
            return count.get(30, TimeUnit.SECONDS);
        }
    }
}
