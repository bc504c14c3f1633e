package io.asynclog.layout;

import static io.asynclog.layout.PatternLayoutTest.print;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's input cannot make up a line, whatever way it comes in. */
class ForgingTest {
    private static final String INPUT =
            "x\n\r\t\u001b[2J\u0000\u007f\u0085\u009f\u00a0\u2028\u2029\u202e\u2066\u00e9\uD83D\uDE00";
    private static final String ESCAPED =
            "x\\n\\r\\t\\u001b[2J\\u0000\\u007f\\u0085\\u009f\u00a0\\u2028\\u2029\\u202e\\u2066\u00e9\uD83D\uDE00";

    @ParameterizedTest
    @ValueSource(strings = {"%t", "%c", "%c{200}", "%marker", "%X{key}", "%200t", "%-200.200c"})
    void controlCharactersOfNamesAndValuesAreEscaped(String pattern) {
        FakeRecord record =
                new FakeRecord().thread(INPUT).logger(INPUT).marker(INPUT).context("key", INPUT);

        assertThat(print(pattern, record).trim()).isEqualTo(ESCAPED);
        assertThat(print(pattern, record).trim()).isEqualTo(ESCAPED);
    }

    @Test
    void controlCharactersOfKeysAreEscaped() {
        FakeRecord record = new FakeRecord().context(INPUT, INPUT).keyValue(INPUT, INPUT);

        assertThat(print("%X", record)).isEqualTo(ESCAPED + "=" + ESCAPED);
        assertThat(print("%kvp", record)).isEqualTo(ESCAPED + "=\"" + ESCAPED + "\"");
        assertThat(print("%X{none:-a\u2028b}", record)).isEqualTo("a\\u2028b");
    }

    @Test
    void messageIsPrintedInItsSafeForm() {
        FakeRecord record = new FakeRecord().message("template\nhas lines, \n").safeMessage("template\nhas lines, \\n");

        assertThat(print("%m", record)).isEqualTo("template\nhas lines, \\n");
    }

    @Test
    void widthCountsEscapesAsTheyArePrinted() {
        assertThat(print("%6.6t|", new FakeRecord().thread("a\n"))).isEqualTo("   a\\n|");
        assertThat(print("%.3t|", new FakeRecord().thread("abc\n"))).isEqualTo("c\\n|");
    }

    @Test
    void stackTraceOfTheJvmStaysAsItIs() {
        String trace = """
                java.lang.IllegalStateException: boom
                	at a.B.c(B.java:1)
                	Suppressed: java.io.IOException: x
                		at d.E.f(E.java:2)
                	Caused by: java.lang.Error
                		... 1 more
                Caused by: java.lang.Error: y
                	... 1 more""";

        assertThat(print("%m%n", new FakeRecord().exception(trace)))
                .isEqualTo("hello" + System.lineSeparator() + trace + System.lineSeparator());
    }

    @Test
    void linesOfAnExceptionsMessageAreIndented() {
        FakeRecord record = new FakeRecord()
                .exception("java.lang.Error: a\n2026-01-01 INFO forged\r\nCaused by: b\n\nCaused b\n\tat x\nü");

        assertThat(print("%ex", record))
                .isEqualTo("java.lang.Error: a\n\t2026-01-01 INFO forged\r\nCaused by: b\n\n\tCaused b\n\tat x\n\tü"
                        + System.lineSeparator());
    }

    @Test
    void controlCharactersOfAStackTraceAreEscaped() {
        FakeRecord record =
                new FakeRecord().exception("java.lang.Error: \rforged \u001b[2J \u2028forged \u0085 \u00e9 \t.");

        assertThat(print("%ex", record))
                .isEqualTo("java.lang.Error: \\rforged \\u001b[2J \\u2028forged \\u0085 \u00e9 \t."
                        + System.lineSeparator());
    }

    @Test
    void exceptionComesLastUnlessThePatternSaysWhere() {
        String end = System.lineSeparator();
        FakeRecord record = new FakeRecord().exception("java.lang.Error: x");

        assertThat(print("%m;", record)).isEqualTo("hello;java.lang.Error: x" + end);
        assertThat(print("%m %ex;", record)).isEqualTo("hello java.lang.Error: x" + end + ";");
        assertThat(print("%(%exception) %m", record)).isEqualTo("java.lang.Error: x" + end + " hello");
        assertThat(print("%m;%throwable", record)).isEqualTo("hello;java.lang.Error: x" + end);
        assertThat(print("%m%n%wEx", record)).isEqualTo("hello" + end + end + "java.lang.Error: x" + end + end);
        assertThat(print("%m%nopex", record)).isEqualTo("hello");
        assertThat(print("%m%nopexception", record)).isEqualTo("hello");
        assertThat(print("%m %ex%wEx;", new FakeRecord())).isEqualTo("hello ;");
    }
}
