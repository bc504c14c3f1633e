package io.asynclog.layout;

import static io.asynclog.layout.PatternLayoutTest.print;
import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.LogRecord;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.RecordEncoder;
import io.asynclog.buffer.SegmentBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** Pairs that are read where they lie must look as they do in a copy of the record, which has them in maps. */
class PairsOfViewsTest {
    private static final int RECORDS = 2_000;
    private static final List<String> KEYS =
            List.of("a", "b", "ab", "", "traceId", "spanId", "schlüssel", "ключ", "\uD800", "\uDC00");
    private static final List<String> VALUES =
            List.of("", "1", "a value", "\n\u2028\u0007", "ü\"\\", "-", "x".repeat(40));

    private final AsyncBuffer buffer = new AsyncBuffer(BufferOptions.defaults(), Runnable::run, (message, cause) -> {
        throw new IllegalStateException(message, cause);
    });

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%kvp",
                "%kvp{SINGLE} %X",
                "%X{a} %X{ключ:-none} %X{traceId:-\u0007}",
                "%X{?:-none} is what both lone surrogates become",
                "%correlationId%m",
                "%correlationId{a(2),ab(10),b(1)}",
                "[%marker] %40.50kvp",
            })
    void patternShowsThemLikeThoseOfACopy(String pattern) {
        assertShowsThemLikeThoseOfACopy(new PatternLayout("test", pattern, false));
    }

    @Test
    void jsonShowsThemLikeThoseOfACopy() {
        assertShowsThemLikeThoseOfACopy(new JsonLayout());
    }

    @Test
    void repeatedKeyComesOnceWithItsLastValue() {
        RecordEncoder record = begin();
        record.keyValue("a", 1);
        record.context(Map.of("a", "of the context"));
        record.keyValue("b", 2);
        record.keyValue("a", 3);

        LogRecord view = SegmentBatch.of(record).get(0);

        assertThat(print(new PatternLayout("test", "%kvp %X%nopex", false), view))
                .isEqualTo("a=\"3\" b=\"2\" a=of the context");
    }

    /** On both sides of the number up to which keys are compared with each other. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 40})
    void manyAreShownLikeThoseOfACopy(int count) {
        RecordEncoder record = begin();
        Map<String, String> context = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            record.keyValue("p" + i, i);
            context.put("c" + i, "v" + i);
        }
        record.keyValue("p0", "again");
        record.context(context);

        LogRecord view = SegmentBatch.of(record).get(0);

        assertThat(print(new JsonLayout(), view))
                .isEqualTo(print(new JsonLayout(), view.copy()))
                .contains("{\"p0\":\"again\"", "\"c" + (count - 1) + "\":\"v" + (count - 1) + "\"}");
        PatternLayout pattern = new PatternLayout("test", "%kvp %X %X{c0} %correlationId{c0(2),c14(3)}%n", false);
        assertThat(print(pattern, view)).isEqualTo(print(pattern, view.copy()));
    }

    /** Far more than could be compared with each other, in a record of less than half a megabyte and in one of more. */
    @ParameterizedTest
    @ValueSource(ints = {15_000, 150_000})
    void tensOfThousandsAreShownLikeThoseOfACopy(int count) {
        AsyncBuffer large = new AsyncBuffer(
                BufferOptions.defaults()
                        .withMaxRecordSize(4 << 20)
                        .withSegmentSize(16 << 20)
                        .withMaxSize(64 << 20),
                Runnable::run,
                (message, cause) -> {
                    throw new IllegalStateException(message, cause);
                });
        RecordEncoder record = begin(large);
        for (int i = 0; i < count; i++) {
            record.keyValue("p" + i, i);
        }
        record.keyValue("p0", "again");

        LogRecord view = SegmentBatch.of(record).get(0);

        assertThat(view.keyValues()).hasSizeGreaterThan(count / 2);
        assertThat(print(new JsonLayout(), view))
                .isEqualTo(print(new JsonLayout(), view.copy()))
                .contains("{\"p0\":\"again\",");
    }

    private void assertShowsThemLikeThoseOfACopy(Layout layout) {
        Random random = new Random(4711);
        for (int i = 0; i < RECORDS; i++) {
            LogRecord record = record(random);
            assertThat(print(layout, record)).isEqualTo(print(layout, record.copy()));
        }
    }

    private LogRecord record(Random random) {
        RecordEncoder record = begin();
        for (int i = random.nextInt(6); i > 0; i--) {
            record.keyValue(pick(KEYS, random), pick(VALUES, random));
        }
        Map<String, String> context = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            context.put(pick(KEYS, random), pick(VALUES, random));
        }
        record.context(context);
        for (int i = random.nextInt(3); i > 0; i--) {
            record.marker(pick(VALUES, random));
        }
        return SegmentBatch.of(record).get(0);
    }

    private RecordEncoder begin() {
        return begin(buffer);
    }

    private static RecordEncoder begin(AsyncBuffer buffer) {
        RecordEncoder record = buffer.leaseEncoder();
        record.begin(
                Level.INFO,
                RecordEncoder.encodeLoggerName("test"),
                buffer.clock().epochNanos(),
                Thread.currentThread());
        record.message("{}", 1, "a\nmessage", null, null, null);
        return record;
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
