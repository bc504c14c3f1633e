package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.BufferStatus;
import io.asynclog.buffer.OverflowPolicy;
import io.asynclog.consumer.Delivery;
import io.asynclog.consumer.SinkOptions;
import io.asynclog.consumer.SinkStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sixteen producers, a million numbered records each, through a small buffer with sinks that are slower than they. */
class OrderedDeliveryIT {
    private static final int PRODUCERS = 16;
    private static final int RECORDS = Integer.getInteger("stress.records", 1_000_000);
    private static final Duration SHUTDOWN = Duration.ofMinutes(2);

    @ParameterizedTest
    @EnumSource(OverflowPolicy.class)
    void orderOfEachThreadIsKeptNothingIsDoubledAndTheLedgerIsExact(OverflowPolicy policy) throws InterruptedException {
        BufferOptions small = BufferOptions.defaults()
                .withSegmentSize(256 * 1024)
                .withMaxSize(4 * 256 * 1024)
                .withMaxRecordSize(1024)
                .withPolicy(policy)
                .withMaxWait(Duration.ofSeconds(30));
        NumberedSink first = new NumberedSink(50_000);
        NumberedSink second = new NumberedSink(100_000);
        NumberedSink lagging = new NumberedSink(2_000_000);
        AsyncLogManager manager = AsyncLogManager.builder()
                .bufferOptions(small)
                .sink("first", first)
                .sink("second", second)
                .sink("lagging", lagging, SinkOptions.defaults().withDelivery(Delivery.BEST_EFFORT))
                .build();
        manager.initialize();

        produce(manager);
        ShutdownReport report = manager.shutdown(SHUTDOWN);

        AsyncLogStatus status = manager.status();
        EngineFixture.assertLedgerIsExact(status);
        assertThat(report.isComplete()).isTrue();
        BufferStatus buffer = status.buffer();
        // Accepted are also the engine's own reports of drops.
        assertThat(buffer.accepted() + buffer.dropped() - first.foreign).isEqualTo((long) PRODUCERS * RECORDS);
        if (policy == OverflowPolicy.BLOCK) {
            assertThat(buffer.dropped()).isZero();
        }
        for (NumberedSink sink : List.of(first, second)) {
            assertThat(sink.failures).isEmpty();
            assertThat(sink.records).isEqualTo(buffer.accepted());
        }
        assertThat(lagging.failures).isEmpty();
        SinkStatus laggard = status.sinks().get(2);
        assertThat(lagging.records).isEqualTo(laggard.flushed());
        assertThat(laggard.flushed() + laggard.dropped().lagged()).isEqualTo(buffer.accepted());
    }

    private static void produce(AsyncLogManager manager) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> producers = new ArrayList<>();
        for (int producer = 0; producer < PRODUCERS; producer++) {
            // A logger per producer names it in the record; the number is the message.
            AsyncLogger log = manager.getLogger(Integer.toString(producer));
            Thread thread = new Thread(() -> {
                Latches.await(start);
                for (int i = 0; i < RECORDS; i++) {
                    log.info("{}", i);
                }
            });
            thread.start();
            producers.add(thread);
        }
        start.countDown();
        for (Thread thread : producers) {
            thread.join();
        }
    }

    /** Checks that each producer's numbers, and the sequences, only grow, and takes its time. */
    private static final class NumberedSink implements FlushFunction {
        private final long pauseNanos;
        private final int[] last = new int[PRODUCERS];
        private final byte[] text = new byte[1024];
        private final List<String> failures = new ArrayList<>();
        private long lastSequence = -1;
        private long records;
        private long foreign;

        NumberedSink(long pauseNanos) {
            this.pauseNanos = pauseNanos;
            java.util.Arrays.fill(last, -1);
        }

        @Override
        public void flush(LogBatch batch) {
            for (LogRecord record : batch) {
                accept(record);
            }
            LockSupport.parkNanos(pauseNanos); // the work of a slow sink
        }

        private void accept(LogRecord record) {
            records++;
            check(record.sequence() > lastSequence, "sequence " + record.sequence() + " behind " + lastSequence);
            lastSequence = record.sequence();
            int length = record.copyUtf8(LogRecord.Text.LOGGER_NAME, text, 0);
            if (length > 2) {
                foreign++; // a report of dropped records
                return;
            }
            int producer = number(length);
            int number = number(record.copyUtf8(LogRecord.Text.MESSAGE, text, 0));
            check(number > last[producer], "producer " + producer + ": " + number + " behind " + last[producer]);
            last[producer] = number;
        }

        private void check(boolean fulfilled, String failure) {
            if (!fulfilled && failures.size() < 10) {
                failures.add(failure);
            }
        }

        private int number(int length) {
            int number = 0;
            for (int i = 0; i < length; i++) {
                number = 10 * number + (text[i] - '0');
            }
            return number;
        }
    }
}
