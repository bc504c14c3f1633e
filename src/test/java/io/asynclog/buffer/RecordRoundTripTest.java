package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.LogRecord;
import io.asynclog.LogRecord.Text;
import io.asynclog.internal.ControlCharacters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;

/** Random records, written by the encoder and read back by the view. A failure names its seed. */
class RecordRoundTripTest {
    private static final int ROUNDS = 500;
    private static final List<Level> LEVELS = List.of(Level.values());
    private static final String CUT_MARK = "...[cut]";

    /** Printable ASCII, controls, two, three and four bytes of UTF-8, and lone surrogates. */
    private static final String[] CHARACTERS = {
        "a", "Z", "0", " ", "~", "{", "}", "\\", "{}", "\n", "\r", "\t", "\u0000", "\u001b", "\u007f", "\u0085", "é",
        "ß", "€", "漢", "\u2028", "\u2029", "\uffff", "😀", "𝄞", "\ud800", "\udc00"
    };

    @Test
    void everyFieldComesBack() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Source source = new Source(new Random(seed), 200);
            LogRecord record = source.write(1 << 20);
            source.assertComplete("seed " + seed, record);
            source.assertComplete("copy, seed " + seed, record.copy());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 1025, 1031, 1500, 4096})
    void longRecordsAreCutAndNeverExceedTheMaximum(int maxRecordSize) {
        int cut = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Source source = new Source(new Random(seed), 3000);
            LogRecord record = source.write(maxRecordSize);
            assertThat(source.recordLength).as("seed " + seed).isLessThanOrEqualTo(maxRecordSize);
            source.assertPrefixes("seed " + seed, record);
            cut += record.truncated() ? 1 : 0;
        }
        assertThat(cut).isGreaterThan(ROUNDS / 4);
    }

    @Test
    void escapingLeavesNoControlCharacterOfAnArgument() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            String argument = text(random, 60);
            RecordEncoder encoder = encoder(1 << 20);
            encoder.message("first line\n{} second\tline {}", 2, argument, "plain", null, null);
            LogRecord record = read(encoder);
            String safe = record.safeMessage();
            assertThat(record.message()).isEqualTo("first line\n" + utf8(argument) + " second\tline plain");
            assertThat(safe).startsWith("first line\n").endsWith(" second\tline plain");
            String escaped = safe.substring("first line\n".length(), safe.length() - " second\tline plain".length());
            assertThat(escaped.codePoints().noneMatch(ControlCharacters::isControl))
                    .as("seed " + seed)
                    .isTrue();
            assertThat(textUtf8(record, Text.SAFE_MESSAGE)).isEqualTo(safe);
        }
    }

    @Test
    void escapingStaysWithinTheMaximumWithManyUnsafeArguments() {
        for (int count = 1; count < 400; count += 7) {
            RecordEncoder encoder = encoder(1024);
            Object[] arguments = new Object[count];
            Arrays.fill(arguments, "\n");
            encoder.message("{}".repeat(count), count, arguments);
            LogRecord record = read(encoder);
            assertThat(encoder.recordLength()).isLessThanOrEqualTo(1024);
            assertThat(record.safeMessage()).doesNotContain("\n");
        }
    }

    @Test
    void messagesAreThoseOfSlf4j() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            String template = text(random, 12);
            Object[] arguments = new Object[random.nextInt(5)];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = argument(random);
            }
            String expected = utf8(MessageFormatter.basicArrayFormat(template, arguments));
            RecordEncoder any = encoder(1 << 20);
            any.message(template, arguments.length, arguments);
            assertThat(read(any).message()).as("seed " + seed).isEqualTo(expected);
            if (arguments.length > 0 && arguments.length <= 4) {
                RecordEncoder few = encoder(1 << 20);
                Object[] padded = Arrays.copyOf(arguments, 4);
                few.message(template, arguments.length, padded[0], padded[1], padded[2], padded[3]);
                assertThat(read(few).message()).as("seed " + seed).isEqualTo(expected);
            }
        }
    }

    @Test
    void cutTextIsFollowedByNothingButTheMark() {
        RecordEncoder encoder = encoder(1024);
        encoder.message("{}{}{}", 3, "x".repeat(300), "€".repeat(1000), "tail", null);
        String message = read(encoder).message();
        assertThat(message).matches("x{300}€+\\.\\.\\.\\[cut]");
        assertThat(encoder.recordLength()).isLessThanOrEqualTo(1024);
    }

    @Test
    void unnamedThreadIsKnownByItsId() {
        RecordEncoder encoder = encoder(1024);
        Thread unnamed = new Thread("");
        encoder.begin(Level.INFO, RecordEncoder.encodeLoggerName("l"), 1, unnamed);
        encoder.message("m");
        assertThat(read(encoder).threadName()).isEqualTo("virtual-" + unnamed.getId());
    }

    @Test
    void longNameOfALoggerIsNotCutWithinACharacter() {
        RecordEncoder encoder = encoder(4096);
        encoder.begin(Level.INFO, RecordEncoder.encodeLoggerName("x" + "é".repeat(300)), 1, Thread.currentThread());
        encoder.message("message");
        assertThat(read(encoder).loggerName()).isEqualTo("x" + "é".repeat(255));
    }

    @Test
    void longNamesAreCut() {
        byte[] logger = RecordEncoder.encodeLoggerName("l".repeat(5000));
        RecordEncoder encoder = encoder(1024);
        encoder.begin(Level.INFO, logger, 1, new Thread("t".repeat(5000)));
        encoder.message("message");
        LogRecord record = read(encoder);
        assertThat(record.loggerName()).hasSize(512);
        assertThat(record.threadName()).hasSize(128).endsWith(CUT_MARK);
        assertThat(record.message()).isEqualTo("message");
    }

    @Test
    void numbersAreWrittenWithoutAString() {
        long[] numbers = {
            0, 1, -1, 9, 10, 99, 100, -100, Integer.MIN_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
        };
        for (long number : numbers) {
            RecordEncoder encoder = encoder(1024);
            encoder.message("{}|{}|{}", 3, number, (int) number, (short) number, null);
            assertThat(read(encoder).message()).isEqualTo(number + "|" + (int) number + "|" + (short) number);
        }
    }

    private static RecordEncoder encoder(int maxRecordSize) {
        RecordEncoder encoder =
                new RecordEncoder(maxRecordSize, new MaskedKeys(Set.of()), 0, new MessageTemplate.Cache());
        encoder.begin(Level.INFO, RecordEncoder.encodeLoggerName("logger"), 1, Thread.currentThread());
        return encoder;
    }

    private static LogRecord read(RecordEncoder encoder) {
        return SegmentBatch.of(encoder).get(0);
    }

    private static String text(Random random, int maxLength) {
        return random.ints(random.nextInt(maxLength + 1), 0, 3 * CHARACTERS.length)
                .mapToObj(i -> i < CHARACTERS.length ? CHARACTERS[i] : Character.toString('a' + i % 26))
                .collect(Collectors.joining());
    }

    private static Object argument(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextLong();
            case 2 -> new int[] {1, 2, random.nextInt()};
            case 3 -> new Object[] {"nested", new String[] {"deeper", null}, 3};
            case 4 -> null;
            default -> text(random, 10);
        };
    }

    /** Returns the text as it survives UTF-8: lone surrogates become question marks. */
    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static String textUtf8(LogRecord record, Text text) {
        byte[] target = new byte[record.utf8Length(text) + 3];
        int length = record.copyUtf8(text, target, 3);
        assertThat(length).isEqualTo(target.length - 3);
        return new String(target, 3, length, StandardCharsets.UTF_8);
    }

    /** What a record is made of. */
    private static final class Source {
        private final Level level;
        private final String loggerName;
        private final String threadName;
        private final String message;
        private final Map<String, String> keyValues = new LinkedHashMap<>();
        private final Map<String, String> context = new LinkedHashMap<>();
        private final String marker;
        private final RuntimeException exception;
        private final long epochNanos;
        private int recordLength;

        Source(Random random, int maxLength) {
            level = LEVELS.get(random.nextInt(LEVELS.size()));
            loggerName = utf8(text(random, 40));
            threadName = "t" + text(random, 20);
            message = text(random, maxLength);
            for (int i = random.nextInt(4); i > 0; i--) {
                keyValues.put("k" + i + text(random, 5), text(random, maxLength / 10));
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                context.put("c" + i, text(random, maxLength / 10));
            }
            marker = random.nextBoolean() ? "m" + text(random, 10) : null;
            exception = random.nextInt(4) == 0 ? new FlatException(text(random, maxLength)) : null;
            epochNanos = random.nextLong();
        }

        LogRecord write(int maxRecordSize) {
            RecordEncoder encoder =
                    new RecordEncoder(maxRecordSize, new MaskedKeys(Set.of()), 0, new MessageTemplate.Cache());
            encoder.begin(level, RecordEncoder.encodeLoggerName(loggerName), epochNanos, new Thread(threadName));
            encoder.message(message);
            keyValues.forEach(encoder::keyValue);
            encoder.context(context);
            if (marker != null) {
                encoder.marker(marker);
            }
            if (exception != null) {
                encoder.exception(exception);
            }
            recordLength = encoder.recordLength();
            return read(encoder);
        }

        void assertComplete(String name, LogRecord record) {
            assertThat(record.truncated()).as(name).isFalse();
            assertThat(record.level()).as(name).isEqualTo(level);
            assertThat(record.epochNanos()).as(name).isEqualTo(epochNanos);
            assertThat(record.timestamp()).as(name).isEqualTo(Instant.EPOCH.plusNanos(epochNanos));
            assertThat(record.loggerName()).as(name).isEqualTo(loggerName);
            assertThat(record.threadName()).as(name).isEqualTo(utf8(threadName));
            assertThat(record.message()).as(name).isEqualTo(utf8(message));
            assertThat(record.safeMessage()).as(name).isEqualTo(utf8(message));
            assertThat(record.keyValues()).as(name).isEqualTo(utf8(keyValues));
            assertThat(record.keyValues().keySet())
                    .as(name)
                    .containsExactlyElementsOf(utf8(keyValues).keySet());
            assertThat(record.context()).as(name).isEqualTo(context.isEmpty() ? Map.of() : utf8(context));
            assertThat(record.marker()).as(name).isEqualTo(marker == null ? null : utf8(marker));
            assertThat(record.exception()).as(name).isEqualTo(exception == null ? null : trace());
            assertThat(textUtf8(record, Text.LOGGER_NAME)).isEqualTo(record.loggerName());
            assertThat(textUtf8(record, Text.THREAD_NAME)).isEqualTo(record.threadName());
            assertThat(textUtf8(record, Text.MESSAGE)).isEqualTo(record.message());
            assertThat(textUtf8(record, Text.MARKER)).isEqualTo(marker == null ? "" : record.marker());
            assertThat(textUtf8(record, Text.EXCEPTION)).isEqualTo(exception == null ? "" : record.exception());
        }

        void assertPrefixes(String name, LogRecord record) {
            assertPrefix(name, record.message(), message);
            record.keyValues().forEach((key, value) -> {
                if (keyValues.containsKey(key)) {
                    assertPrefix(name, value, keyValues.get(key));
                }
            });
            record.context().forEach((key, value) -> assertPrefix(name, value, context.get(key)));
            if (record.exception() != null) {
                assertPrefix(name, record.exception(), trace());
            }
        }

        private static void assertPrefix(String name, String actual, String whole) {
            if (actual.endsWith(CUT_MARK)) {
                assertThat(utf8(whole)).as(name).startsWith(actual.substring(0, actual.length() - CUT_MARK.length()));
            } else {
                assertThat(utf8(whole)).as(name).startsWith(actual);
            }
        }

        private String trace() {
            return utf8(exception + System.lineSeparator()).stripTrailing();
        }

        private static Map<String, String> utf8(Map<String, String> map) {
            Map<String, String> result = new LinkedHashMap<>();
            map.forEach((key, value) -> result.put(utf8(key), utf8(value)));
            return result;
        }

        private static String utf8(String text) {
            return RecordRoundTripTest.utf8(text);
        }
    }

    /** An exception whose trace is its message. */
    private static final class FlatException extends RuntimeException {
        private static final long serialVersionUID = 1;

        FlatException(String message) {
            super(message, null, false, false);
        }
    }
}
