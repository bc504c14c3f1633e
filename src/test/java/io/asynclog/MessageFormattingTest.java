package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MessageFormatter;

/**
 * What SLF4J's own {@code MessageFormatterTest} says, said of our loggers, and beside it {@link MessageFormatter}
 * itself.
 */
class MessageFormattingTest {
    private static final Object[] CYCLE = cycle();

    private static Object[] cycle() {
        Object[] outer = {1, null, 3};
        outer[1] = new Object[] {"a", outer};
        return outer;
    }

    static Stream<Arguments> facts() {
        Object[] none = {};
        return Stream.of(
                fact("Hi {}.", "Hi there.", "there"),
                fact("Hi {}.", "Hi null.", (Object) null),
                fact("{}", "null", (Object) null),
                fact("", "", 3),
                fact("Value is {bla} and {}.", "Value is {bla} and 3.", 3),
                fact("Value is {}.", "Value is 3.", 3),
                fact("Value is {", "Value is {", 3),
                fact("{} is larger than 2.", "3 is larger than 2.", 3),
                fact("No subst", "No subst", 3),
                fact("Incorrect {subst", "Incorrect {subst", 3),
                fact("Escaped \\{} subst", "Escaped {} subst", 3),
                fact("{Escaped", "{Escaped", 3),
                fact("\\{}Escaped", "{}Escaped", 3),
                fact("File name is {{}}.", "File name is {App folder.zip}.", "App folder.zip"),
                fact("File name is C:\\\\{}.", "File name is C:\\App folder.zip.", "App folder.zip"),
                fact("x\\\\\\{}y", "x\\\\3y", 3),
                fact("Value {} is smaller than {}.", "Value 1 is smaller than 2.", 1, 2),
                fact("{}{}", "12", 1, 2),
                fact("Val1={}, Val2={", "Val1=1, Val2={", 1, 2),
                fact("Value {} is smaller than \\{}", "Value 1 is smaller than {}", 1, 2),
                fact("Value {} is smaller than \\{} tail", "Value 1 is smaller than {} tail", 1, 2),
                fact("Value \\{} is smaller than {}", "Value {} is smaller than 1", 1, 2),
                fact("Value {} is smaller than \\{", "Value 1 is smaller than \\{", 1, 2),
                fact("Incorrect {} subst \\{}, {}", "Incorrect 1 subst {}, 2", 1, 2),
                fact("Val1={}, Val2={}, Val3={}", "Val1=1, Val2=2, Val3=3", 1, 2, 3),
                fact("{} {} {} {}", "1 2 3 {}", 1, 2, 3),
                fact("{}", "1", 1, 2, 3),
                fact("{} {} {} {} {}", "1 2 3 4 5", 1, 2, 3, 4, 5),
                fact("only text \\{} {}", "only text \\{} {}", none),
                fact("behind the last argument {} \\{} stays", "behind the last argument 1 \\{} stays", 1),
                fact("{}", "[a, b]", (Object) new String[] {"a", "b"}),
                fact("{}{}", "a[1, 2]", "a", new int[] {1, 2}),
                fact("{}", "[1, 2]", (Object) new byte[] {1, 2}),
                fact("{}", "[1, 2]", (Object) new short[] {1, 2}),
                fact("{}", "[1, 2]", (Object) new long[] {1, 2}),
                fact("{}", "[1.5, NaN]", (Object) new float[] {1.5f, Float.NaN}),
                fact("{}", "[1.5, -0.0]", (Object) new double[] {1.5, -0.0}),
                fact("{}", "[true, false]", (Object) new boolean[] {true, false}),
                fact("{}", "[x, y]", (Object) new char[] {'x', 'y'}),
                fact("{}", "[]", (Object) new int[0]),
                fact("{}", "[]", (Object) new Object[0]),
                fact("{}", "[[1, 2], [3]]", (Object) new int[][] {{1, 2}, {3}}),
                fact("{}", "[[a, null], null, [[1.0]]]", (Object)
                        new Object[] {new Object[] {"a", null}, null, new float[][] {{1}}}),
                fact("{}", "[1, [a, [...]], 3]", (Object) CYCLE),
                fact("{}", "[[1], [1]]", (Object) twice(new Object[] {1})),
                fact("{} {} {}", "-9223372036854775808 9223372036854775807 -1", Long.MIN_VALUE, Long.MAX_VALUE, -1),
                fact("{} {} {}", "-128 -32768 0", Byte.MIN_VALUE, Short.MIN_VALUE, 0),
                fact("{} {}", "1.5 c", 1.5, 'c'));
    }

    private static Object[] twice(Object[] array) {
        return new Object[] {array, array};
    }

    private static Arguments fact(String template, String expected, @Nullable Object... args) {
        return Arguments.of(template, expected, args);
    }

    @ParameterizedTest
    @MethodSource("facts")
    void messageIsAsSlf4jSays(String template, String expected, Object[] args) {
        assertThat(MessageFormatter.arrayFormat(template, args).getMessage()).isEqualTo(expected);
        assertThat(messages(template, args)).containsOnly(expected);
    }

    @Test
    void boxedValueIsAsItsOwnToString() {
        Random random = new Random(1);
        List<Object> values = new ArrayList<>(List.of(
                0.0,
                -0.0,
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                Double.MIN_VALUE,
                -Double.MAX_VALUE,
                1e7,
                1e-3,
                0x1.52d02c7e14af6p77));
        values.addAll(List.of(0f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, -Float.MAX_VALUE, 0.1f));
        values.addAll(List.of('a', 'ä', '€', '\n', '\u2028', true, false));
        for (int i = 0; i < 20_000; i++) {
            values.add(Double.longBitsToDouble(random.nextLong()));
            values.add(Float.intBitsToFloat(random.nextInt()));
            values.add(random.nextInt(1_000_000_000) / 100.0);
        }
        try (EngineFixture engine = new EngineFixture()) {
            values.forEach(value -> engine.log.info("{}", value));
            engine.flushed();
            assertThat(engine.sink.messages())
                    .containsExactlyElementsOf(
                            values.stream().map(Object::toString).toList());
        }
    }

    @Test
    void halfACharacterIsAQuestionMark() {
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.info("{}{}", Character.MIN_HIGH_SURROGATE, Character.MIN_LOW_SURROGATE);
            assertThat(engine.only().message()).isEqualTo("??");
        }
    }

    /** Logs a template in each way that takes so many arguments. */
    private static List<String> messages(String template, @Nullable Object[] args) {
        try (EngineFixture engine = new EngineFixture()) {
            logInEachWay(engine.log, template, args);
            engine.flushed();
            return engine.sink.messages();
        }
    }

    private static void logInEachWay(AsyncLogger log, String template, @Nullable Object[] args) {
        log.info(template, args);
        log.atInfo().log(template, args);
        EngineFixture.join(log.infoAsync(template, args));
        if (args.length == 0) {
            log.info(template);
        } else if (args.length == 1) {
            log.info(template, args[0]);
            log.atInfo().log(template, args[0]);
        } else if (args.length == 2) {
            log.info(template, args[0], args[1]);
            log.atInfo().log(template, args[0], args[1]);
        } else if (args.length == 3) {
            log.info(template, args[0], args[1], args[2]);
        }
    }

    @Test
    void randomTemplatesGiveWhatSlf4jGives() {
        Random random = new Random(7);
        String[] pieces = {"{}", "{", "}", "\\", "\\\\", "a", " ", "{}{}", "\\{}", "\\\\{}", "é", "\n"};
        Object[] values = {"s", 7, null, 1L, new int[] {1}, new Object[] {"x", new long[] {2}}, 'c', 2.5, "{}"};
        List<String> expected = new ArrayList<>();
        try (EngineFixture engine = new EngineFixture()) {
            for (int round = 0; round < 5_000; round++) {
                StringBuilder template = new StringBuilder();
                for (int i = random.nextInt(9); i > 0; i--) {
                    template.append(pieces[random.nextInt(pieces.length)]);
                }
                Object[] args = new Object[random.nextInt(6)];
                Arrays.setAll(args, i -> values[random.nextInt(values.length)]);
                String message =
                        MessageFormatter.arrayFormat(template.toString(), args).getMessage();
                expected.add(message);
                engine.log.info(template.toString(), args);
                if (args.length == 1) {
                    expected.add(message);
                    engine.log.info(template.toString(), args[0]);
                } else if (args.length == 2) {
                    expected.add(message);
                    engine.log.info(template.toString(), args[0], args[1]);
                } else if (args.length == 3) {
                    expected.add(message);
                    engine.log.info(template.toString(), args[0], args[1], args[2]);
                }
            }
            engine.flushed();
            assertThat(engine.sink.messages()).isEqualTo(expected);
        }
    }

    @Test
    void throwableAsLastArgumentIsTheExceptionAndFillsNoPlaceholder() {
        Throwable failure = new IllegalStateException("boom");
        Object[][] cases = {
            {failure}, {1, failure}, {1, 2, failure}, {1, 2, 3, failure}, {1, failure, 3}, {failure, failure}
        };
        for (Object[] args : cases) {
            FormattingTuple slf4j = MessageFormatter.arrayFormat("{} {} {} {}", args);
            try (EngineFixture engine = new EngineFixture()) {
                logInEachWay(engine.log, "{} {} {} {}", args);
                assertThat(engine.flushed()).allSatisfy(record -> {
                    assertThat(record.message()).isEqualTo(slf4j.getMessage());
                    assertThat(record.exception() != null).isEqualTo(slf4j.getThrowable() != null);
                });
            }
        }
    }

    @Test
    void nullTemplateIsTheTextNull() {
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.info((String) null);
            engine.log.info((String) null, 1);
            engine.log.info((String) null, 1, 2);
            engine.log.info((String) null, 1, 2, 3);
            engine.log.info((String) null, new Object[] {1, 2, 3, 4});
            engine.log.info((String) null, new IllegalStateException("boom"));
            assertThat(engine.flushed())
                    .extracting(LogRecord::message)
                    .hasSize(6)
                    .containsOnly("null");
        }
    }

    @Test
    void nullArrayOfArgumentsLeavesTheTemplateAsItIs() {
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.info("a {} \\{}", (Object[]) null);
            assertThat(engine.only().message()).isEqualTo("a {} \\{}");
        }
    }

    @Test
    void textWithoutArgumentsIsNoTemplate() {
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.info("a {} \\{} %s ${jndi:ldap://x}", new IllegalStateException("boom"));
            assertThat(engine.only().message()).isEqualTo("a {} \\{} %s ${jndi:ldap://x}");
            assertThat(engine.only().exception()).startsWith("java.lang.IllegalStateException: boom");
        }
    }
}
