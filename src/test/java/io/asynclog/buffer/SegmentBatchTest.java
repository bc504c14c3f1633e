package io.asynclog.buffer;

import static io.asynclog.buffer.BufferFixture.numbers;
import static io.asynclog.buffer.BufferFixture.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asynclog.LogRecord;
import io.asynclog.LogRecord.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.event.Level;

class SegmentBatchTest {
    private final BufferFixture fixture = new BufferFixture(options(4));
    private final Cursor cursor = fixture.cursor("a", true);

    @BeforeEach
    void readFourRecords() {
        fixture.pushQuarters(4);
        cursor.read(Level.TRACE, true);
    }

    @Test
    void hasItsRecordsInOrder() {
        SegmentBatch batch = cursor.batch();
        assertThat(batch.size()).isEqualTo(4);
        assertThat(BufferFixture.tags(cursor)).isEqualTo(numbers(0, 3));
        assertThat(batch.sequence(2)).isEqualTo(2);
        assertThat(batch.epochNanos(2)).isEqualTo(1);
        assertThat(batch.get(3).sequence()).isEqualTo(3);
    }

    @Test
    void recordsThatComeOneAtATimeAreEscapedEachForItself() {
        cursor.pass();
        for (String argument : List.of("a\tb", "c\td")) {
            RecordEncoder record = fixture.buffer.leaseEncoder();
            record.begin(Level.INFO, RecordEncoder.encodeLoggerName("l"), 1, Thread.currentThread());
            record.message("{}", 1, argument, null, null, null);
            fixture.buffer.push(record);
            fixture.buffer.releaseEncoder(record);
        }
        cursor.read(Level.TRACE, true);
        List<String> messages = new ArrayList<>();
        cursor.batch().oneAtATime().forEach(record -> messages.add(record.safeMessage()));
        assertThat(messages).containsExactly("a\\tb", "c\\td");
    }

    @Test
    void sliceHasItsPartOfTheRecordsAndALeaseOfItsOwn() {
        SegmentBatch batch = cursor.batch();
        SegmentBatch slice = batch.slice(1, 4).slice(1, 2);
        LogRecord record = slice.get(0);
        assertThat(slice.size()).isEqualTo(1);
        assertThat(record.sequence()).isEqualTo(2);
        LogRecord whole = batch.get(2);
        slice.release();
        assertThatThrownBy(record::sequence).isInstanceOf(IllegalStateException.class);
        assertThat(whole.sequence()).isEqualTo(2);
    }

    @Test
    void oneAtATimeTheRecordsAreTheSameInOneObject() {
        SegmentBatch slice = cursor.batch().slice(1, 4);
        List<Long> sequences = new ArrayList<>();
        Set<LogRecord> objects = Collections.newSetFromMap(new IdentityHashMap<>());
        for (LogRecord record : slice.oneAtATime()) {
            sequences.add(record.sequence());
            objects.add(record);
        }
        assertThat(sequences).containsExactly(1L, 2L, 3L);
        assertThat(objects).hasSize(1);
        slice.release();
        assertThatThrownBy(() -> objects.iterator().next().sequence()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void iteratorEnds() {
        Iterator<LogRecord> records = cursor.batch().slice(0, 1).iterator();
        records.next();
        assertThat(records.hasNext()).isFalse();
        assertThatThrownBy(records::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void recordsTellWhetherSomebodyWaitsForThem() {
        RecordEncoder awaited = fixture.record(Level.INFO, "awaited");
        awaited.markAwaited();
        fixture.buffer.push(awaited);
        assertThat(cursor.batch().isAwaited(0)).isFalse();
        cursor.pass();
        cursor.read(Level.TRACE, true);
        assertThat(cursor.batch().isAwaited(0)).isTrue();
    }

    @Test
    void recordThrowsWhenUsedAfterTheFlush() {
        LogRecord record = cursor.batch().get(0);
        List<Runnable> uses = new ArrayList<>(List.of(
                record::sequence,
                record::timestamp,
                record::epochNanos,
                record::level,
                record::loggerName,
                record::threadName,
                record::message,
                record::safeMessage,
                record::keyValues,
                record::context,
                record::marker,
                record::exception,
                record::truncated,
                record::copy));
        cursor.batch().release();
        for (Runnable use : uses) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("copy()");
        }
        assertThat(record.toString()).contains("released");
    }

    @ParameterizedTest
    @EnumSource(Text.class)
    void textsThrowWhenUsedAfterTheFlush(Text text) {
        LogRecord record = cursor.batch().get(0);
        cursor.batch().release();
        assertThatThrownBy(() -> record.utf8Length(text)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> record.copyUtf8(text, new byte[4096], 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void copyOutlivesTheFlushAndTheMemory() {
        LogRecord copy = cursor.batch().get(0).copy();
        String message = copy.message();
        cursor.batch().release();
        cursor.pass();
        for (int i = 0; i < 10; i++) {
            fixture.pushQuarters(4);
            BufferFixture.drain(cursor);
        }
        assertThat(copy.message()).isEqualTo(message).startsWith("0:");
        assertThat(copy.copy()).isSameAs(copy);
        assertThat(copy.toString()).contains("INFO", "0:");
    }

    @Test
    void batchOfOneRecordInNoBuffer() {
        SegmentBatch batch = SegmentBatch.of(fixture.record(Level.WARN, "alone"));
        assertThat(batch.size()).isEqualTo(1);
        assertThat(batch.get(0).message()).isEqualTo("alone");
        assertThat(batch.get(0).level()).isEqualTo(Level.WARN);
        assertThat(batch.sequence(0)).isEqualTo(-1);
    }

    @Test
    void encoderKeepsNamesNoLongerThanTheyHold() {
        RecordEncoder record = fixture.buffer.leaseEncoder();
        byte[] orders = RecordEncoder.encodeLoggerName("orders");
        byte[] refunds = RecordEncoder.encodeLoggerName("refunds");
        Thread first = new Thread("");
        Thread second = new Thread("");

        assertThat(names(record, orders, first)).isEqualTo("orders virtual-" + first.getId());
        assertThat(names(record, orders, second)).isEqualTo("orders virtual-" + second.getId());
        assertThat(names(record, refunds, second)).isEqualTo("refunds virtual-" + second.getId());
        second.setName("renamed");
        assertThat(names(record, refunds, second)).isEqualTo("refunds renamed");
        assertThat(names(record, refunds, second)).isEqualTo("refunds renamed");
    }

    private static String names(RecordEncoder record, byte[] logger, Thread caller) {
        record.begin(Level.INFO, logger, 1, caller);
        record.message("any");
        LogRecord read = SegmentBatch.of(record).get(0);
        return read.loggerName() + " " + read.threadName();
    }
}
