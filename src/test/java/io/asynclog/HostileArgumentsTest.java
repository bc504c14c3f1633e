package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.asynclog.buffer.BufferOptions;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Arguments that do harm, or try to. */
class HostileArgumentsTest {
    private static final String MARK = "...[cut]";

    private static Object withText(Supplier<String> text) {
        return new Object() {
            @Override
            public String toString() {
                return text.get();
            }
        };
    }

    private static String messageOf(String template, Object... args) {
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.info(template, args);
            return engine.only().message();
        }
    }

    @Test
    void toStringThatThrowsHarmsOnlyItsOwnText() {
        Object bad = withText(() -> {
            throw new IllegalStateException("no text");
        });
        assertThat(messageOf("{} {} {}", "a", bad, "b")).isEqualTo("a [FAILED toString()] b");
        assertThat(messageOf("{}", (Object) new Object[] {1, bad, 2})).isEqualTo("[1, [FAILED toString()], 2]");
    }

    @Test
    void toStringThatThrowsAnErrorHarmsOnlyItsOwnText() {
        Object bad = withText(() -> {
            throw new LinkageError("no text");
        });
        assertThat(messageOf("{} {}", bad, "b")).isEqualTo("[FAILED toString()] b");
    }

    @Test
    void toStringWithoutEndHarmsOnlyItsOwnText() {
        Object endless = new Object() {
            @Override
            public String toString() {
                return "x" + this;
            }
        };
        assertThat(messageOf("{} {}", endless, "b")).isEqualTo("[FAILED toString()] b");
    }

    @Test
    void toStringThatReturnsNullIsTheTextNull() {
        assertThat(messageOf("{} {}", withText(() -> null), "b")).isEqualTo("null b");
    }

    @Test
    void toStringThatThrowsHarmsNoKeyValueBesideIt() {
        Object bad = withText(() -> {
            throw new IllegalStateException("no text");
        });
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.atInfo().addKeyValue("bad", bad).addKeyValue("good", 1).log("m");
            assertThat(engine.only().keyValues())
                    .containsEntry("bad", "[FAILED toString()]")
                    .containsEntry("good", "1");
        }
    }

    @Test
    void exceptionThatCannotPrintItselfHarmsOnlyItsOwnText() {
        RuntimeException bad = new RuntimeException() {
            private static final long serialVersionUID = 1L;

            @Override
            public void printStackTrace(PrintWriter writer) {
                throw new IllegalStateException("no trace");
            }
        };
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.info("m", bad);
            assertThat(engine.only().message()).isEqualTo("m");
            assertThat(engine.only().exception()).startsWith("[FAILED printStackTrace() of ");
        }
    }

    @Test
    void toStringThatLogsPutsItsRecordBeforeAndHarmsNothing() {
        try (EngineFixture engine = new EngineFixture()) {
            Object logging = withText(() -> {
                engine.log.info("inner {} {}", "of", "two");
                return "text";
            });
            engine.log.info("outer {} {}", logging, "end");
            engine.flushed();
            assertThat(engine.sink.messages()).containsExactly("inner of two", "outer text end");
        }
    }

    @Test
    void toStringThatAwaitsItsOwnRecordGetsIt() {
        try (EngineFixture engine = new EngineFixture()) {
            Object awaiting = withText(() -> "number "
                    + EngineFixture.join(engine.log.infoAsync("inner")).sequence());
            engine.log.info("outer {}", awaiting);
            engine.flushed();
            assertThat(engine.sink.messages()).containsExactly("inner", "outer number 0");
        }
    }

    @Test
    void textsOfAllKindsComeOutAsTheyWentIn() {
        for (String text : new String[] {
            "日志消息", "😀 und 👩‍👩‍👧", "ÄÖÜß€", "\u0000\u0001", "a\uFFFFb", "x".repeat(600) + "é" + "y".repeat(600)
        }) {
            assertThat(messageOf("{} " + text, text)).isEqualTo(text + " " + text);
        }
    }

    @Test
    void loneSurrogatesBecomeAQuestionMark() {
        for (String text : new String[] {"a\uD83D", "\uDE00b", "a\uD83Db", "\uDE00\uD83D", "\uD83D\uD83D\uDE00"}) {
            String expected = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            assertThat(messageOf("{}", text)).isEqualTo(expected);
            assertThat(messageOf(text + "{}", "")).isEqualTo(expected);
        }
    }

    @Test
    void longMessageIsCutWithAMarkAndStillHasItsException() {
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.info("{}", "x".repeat(1_000_000), new IllegalStateException("boom"));
            LogRecord record = engine.only();
            assertThat(record.truncated()).isTrue();
            assertThat(record.message()).startsWith("xxx").endsWith(MARK).hasSizeBetween(50_000, 65_536);
            assertThat(record.exception()).startsWith("java.lang.IllegalStateException: boom");
        }
    }

    @Test
    void longMessageIsNotCutWithinACharacter() {
        for (int shift = 0; shift < 4; shift++) {
            String message = messageOf("{}", "x".repeat(shift) + "😀".repeat(20_000));
            assertThat(message).endsWith(MARK).doesNotContain("\uFFFD").doesNotContain("?");
        }
    }

    @Test
    void longKeyValuesAreCutAndTheRecordKeepsItsBound() {
        BufferOptions options = BufferOptions.defaults().withMaxRecordSize(2048);
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder().bufferOptions(options))) {
            engine.log
                    .atInfo()
                    .addKeyValue("k".repeat(10_000), "v".repeat(10_000))
                    .addKeyValue("second", "w".repeat(10_000))
                    .setCause(new IllegalStateException("boom"))
                    .log("m {}", "n".repeat(100));
            LogRecord record = engine.only();
            assertThat(record.message()).isEqualTo("m " + "n".repeat(100));
            assertThat(record.truncated()).isTrue();
            assertThat(record.keyValues()).hasSize(2).containsKey("second").allSatisfy((key, value) -> assertThat(value)
                    .endsWith(MARK));
            assertThat(record.exception()).startsWith("java.lang.IllegalStateException: boom");
            assertThat(engine.manager.status().buffer().highWaterBytes()).isLessThanOrEqualTo(2048);
        }
    }

    @Test
    void anArrayIsPrintedNoFurtherThanThereIsRoom() {
        byte[] large = new byte[20_000_000]; // whose whole text would have five times as many characters
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.info("warm up {}", new byte[100_000]);
            assertThat(allocated(() -> engine.log.info("{}", large))).isLessThan(large.length);
            assertThat(engine.last().message()).startsWith("[0, 0, ").endsWith(MARK);
        }
    }

    @Test
    void aStackTraceIsKeptNoFurtherThanThereIsRoom() {
        String line = "x".repeat(1000) + "\n";
        Exception endless = new Exception() {
            @Override
            public void printStackTrace(PrintWriter out) {
                for (int i = 0; i < 20_000; i++) {
                    out.write(line);
                }
            }
        };
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.info("warm up", endless);
            assertThat(allocated(() -> engine.log.info("m", endless))).isLessThan(1_000_000);
            LogRecord record = engine.last();
            assertThat(record.exception()).startsWith(line).endsWith(MARK);
        }
    }

    private static long allocated(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        call.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void hundredsOfKeyValuesAreBoundedToo() {
        try (EngineFixture engine = new EngineFixture()) {
            var event = engine.log.atInfo();
            for (int i = 0; i < 1000; i++) {
                event = event.addKeyValue("key" + i, "v".repeat(200));
            }
            event.log("m");
            assertThat(engine.only().truncated()).isTrue();
            assertThat(engine.only().keyValues()).containsEntry("key0", "v".repeat(200));
        }
    }

    @Test
    void controlCharactersOfArgumentsAreEscapedInTheSafeMessageOnly() {
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.info("a\nb {} c\td {}", "x\r\n2026-01-01 ERROR forged\u001b[31m\u2028\u0085", "\u007f");
            LogRecord record = engine.only();
            assertThat(record.message())
                    .isEqualTo("a\nb x\r\n2026-01-01 ERROR forged\u001b[31m\u2028\u0085 c\td \u007f");
            assertThat(record.safeMessage())
                    .isEqualTo("a\nb x\\r\\n2026-01-01 ERROR forged\\u001b[31m\\u2028\\u0085 c\td \\u007f");
        }
    }

    @Test
    void argumentsWithoutControlCharactersLeaveTheSafeMessageAsItIs() {
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.info("a\nb {} c", "é😀");
            assertThat(engine.only().safeMessage()).isEqualTo("a\nb é😀 c");
        }
    }

    @Test
    void manyUnsafeArgumentsAreAllEscaped() {
        Object[] lines = new Object[200];
        Arrays.fill(lines, "l\n");
        try (EngineFixture engine = new EngineFixture()) {
            engine.log.info("{}".repeat(lines.length), lines);
            assertThat(engine.only().safeMessage()).isEqualTo("l\\n".repeat(lines.length));
        }
    }
}
