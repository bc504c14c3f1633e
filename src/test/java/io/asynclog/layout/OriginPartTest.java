package io.asynclog.layout;

import static io.asynclog.layout.PatternLayoutTest.print;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.asynclog.LogRecord;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.RecordEncoder;
import io.asynclog.buffer.SegmentBatch;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** What is printed once and copied must look as if it had been printed anew, as it is for a copy of the record. */
class OriginPartTest {
    private static final int RECORDS = 5_000;
    private static final Instant BEGIN = Instant.parse("2026-03-29T00:59:58Z");

    private final AsyncBuffer buffer = new AsyncBuffer(BufferOptions.defaults(), Runnable::run, (message, cause) -> {
        throw new IllegalStateException(message, cause);
    });

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%t] %logger : %m%n",
                "%d{HH:mm:ss.SSSSSSXXX,UTC} %5p --- [%15.15t] %-40.40logger{39} : %m%n",
                "[%t] %c{1} %d{SSS} %d{ss.SSS} %p: %m%n",
                "%t%c",
                "%t %d{HH:mm:ss}",
                "%c %d{SSSSSSSSS}",
                "%m %40(%p %t) %t %d{ss}",
            })
    void recordIsPrintedLikeItsCopy(String pattern) {
        Random random = new Random(4711);
        PatternLayout shared = new PatternLayout("test", pattern, false);
        Random origins = new Random(0);
        for (int i = 0; i < RECORDS; i++) {
            origins.setSeed(random.nextInt(4) == 0 ? random.nextInt(40 * 60) : i / 3); // some come often, some in a row
            LogRecord record = record(
                    Level.intToLevel(10 * origins.nextInt(5)),
                    "com.example.Class" + origins.nextInt(60),
                    "t" + origins.nextInt(40),
                    BEGIN.plusNanos(i * 200_000L - random.nextInt(5_000_000)));

            String anew = print(new PatternLayout("test", pattern, false), record.copy());

            assertThat(print(shared, record)).isEqualTo(anew);
        }
    }

    @Test
    void timesBeforeTheEpochArePrintedToo() {
        PatternLayout layout = new PatternLayout("test", "%c %d{HH:mm:ss.SSS,UTC}", false);
        Instant time = Instant.EPOCH.minusNanos(1);

        assertThat(print(layout, record(Level.INFO, "a", "t", time))).isEqualTo("a 23:59:59.999");
        assertThat(print(layout, record(Level.INFO, "a", "t", time.minusMillis(1))))
                .isEqualTo("a 23:59:59.998");
    }

    @Test
    void namesThatJoinAlikeAreToldApart() {
        PatternLayout layout = new PatternLayout("test", "%c|%t", false);

        assertThat(print(layout, record("ab", "c"))).isEqualTo("ab|c");
        assertThat(print(layout, record("a", "bc"))).isEqualTo("a|bc");
        assertThat(print(layout, record("", "abc"))).isEqualTo("|abc");
        assertThat(print(layout, record("a", "bd"))).isEqualTo("a|bd");
    }

    @Test
    void levelsAreToldApart() {
        PatternLayout layout = new PatternLayout("test", "%c %p", false);

        assertThat(print(layout, record(Level.INFO, "a", "t", BEGIN))).isEqualTo("a INFO");
        assertThat(print(layout, record(Level.WARN, "a", "t", BEGIN))).isEqualTo("a WARN");
    }

    @Test
    void moreOriginsThanThereArePlacesForMakeNoGarbage() {
        PatternLayout layout = new PatternLayout("test", "%d{HH:mm:ss.SSS} [%t] %c: %m%n", false);
        List<LogRecord> records = IntStream.range(0, RECORDS)
                .mapToObj(thread -> record("com.example.Class", "virtual-" + thread))
                .toList();
        ByteOutput out = new ByteOutput();
        long unused = allocatedToPrint(layout, records, out);

        assertThat(allocatedToPrint(layout, records, out)).isLessThan(RECORDS * 8L);
    }

    @Test
    void levelsOfOneOriginDoNotTakeEachOthersPlaces() {
        PatternLayout layout = new PatternLayout("test", "%d{HH:mm:ss.SSS} %p [%t] %c: %m%n", false);
        List<LogRecord> records = IntStream.range(0, RECORDS)
                .mapToObj(i -> record(Level.intToLevel(10 * (i % 5)), "com.example.Class", "main", BEGIN))
                .toList();
        ByteOutput out = new ByteOutput();
        long unused = allocatedToPrint(layout, records, out);

        assertThat(allocatedToPrint(layout, records, out)).isLessThan(RECORDS * 8L);
    }

    private static long allocatedToPrint(PatternLayout layout, List<LogRecord> records, ByteOutput out) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (LogRecord record : records) {
            layout.append(record, out);
            out.clear();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private LogRecord record(String logger, String thread) {
        return record(Level.INFO, logger, thread, BEGIN);
    }

    private LogRecord record(Level level, String logger, String thread, Instant time) {
        RecordEncoder record = buffer.leaseEncoder();
        try {
            record.begin(
                    level,
                    RecordEncoder.encodeLoggerName(logger),
                    ChronoUnit.NANOS.between(Instant.EPOCH, time),
                    new Thread(() -> {}, thread));
            record.message("message");
            return SegmentBatch.of(record).get(0);
        } finally {
            buffer.releaseEncoder(record);
        }
    }
}
