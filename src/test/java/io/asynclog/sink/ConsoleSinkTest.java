package io.asynclog.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.asynclog.layout.FakeRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConsoleSinkTest {
    private static final String END = System.lineSeparator();

    private final PrintStream original = System.out;
    private final String originalEncoding = System.getProperty("stdout.encoding");
    private final ByteArrayOutputStream processOutput = new ByteArrayOutputStream();
    private final Recorder recorder = new Recorder();

    @AfterEach
    void restore() {
        System.setOut(original);
        if (originalEncoding == null) {
            System.clearProperty("stdout.encoding");
        } else {
            System.setProperty("stdout.encoding", originalEncoding);
        }
    }

    @Test
    void batchIsPrintedInOneWrite() throws IOException {
        print(StandardCharsets.UTF_8);
        sink("%m%n").flush(FakeBatch.range(1, 10_000));

        assertThat(recorder.writes).isEqualTo(1);
        assertThat(recorder.bytes.toString(StandardCharsets.UTF_8))
                .startsWith("record 1" + END + "record 2" + END)
                .endsWith("record 10000" + END);
    }

    @Test
    void streamIsLookedUpAtEachFlush() throws IOException {
        ConsoleSink sink = sink("%m%n");
        print(StandardCharsets.UTF_8);
        sink.flush(FakeBatch.range(1, 1));
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        System.setOut(new PrintStream(second, false, StandardCharsets.UTF_8));
        sink.flush(FakeBatch.range(2, 2));

        assertThat(recorder.bytes.toString(StandardCharsets.UTF_8)).isEqualTo("record 1" + END);
        assertThat(second.toString(StandardCharsets.UTF_8)).isEqualTo("record 2" + END);
    }

    @ParameterizedTest
    @CsvSource({"UTF-8,é€", "ISO-8859-1,é?", "windows-1252,é€", "UTF-16BE,é€"})
    void textIsInTheCharsetOfTheStream(String charset, String expected) throws IOException {
        print(Charset.forName(charset));
        sink("%m").flush(FakeBatch.of(new FakeRecord().message("é€")));

        assertThat(recorder.bytes.toString(charset)).isEqualTo(expected);
    }

    @Test
    void textIsUtf8WhereNoLocaleIsSetAndTheStreamIsTakenForAscii() throws IOException {
        print(StandardCharsets.US_ASCII);
        sink("%m").flush(FakeBatch.of(new FakeRecord().message("é€")));

        assertThat(recorder.bytes.toString(StandardCharsets.UTF_8)).isEqualTo("é€");
    }

    @ParameterizedTest
    @EnumSource(value = LineFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "PATTERN")
    void jsonIsUtf8WhateverTheCharsetOfTheStream(LineFormat format) throws IOException {
        print(StandardCharsets.UTF_16);
        new ConsoleSink(ConsoleOptions.defaults().withFormat(format), processOutput)
                .flush(FakeBatch.of(new FakeRecord().message("é€")));

        assertThat(recorder.bytes.toString(StandardCharsets.UTF_8)).contains("\"é€\"");
    }

    @Test
    void byteOrderMarkStandsAtTheBeginningOnly() throws IOException {
        print(StandardCharsets.UTF_16);
        ConsoleSink sink = sink("%m");
        recorder.failing = true;
        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.of(new FakeRecord().message("lost"))));
        sink.flush(FakeBatch.of());
        sink.flush(FakeBatch.of(new FakeRecord().message("é")));
        sink.flush(FakeBatch.of(new FakeRecord().message("€")));

        assertThat(processOutput.toString(StandardCharsets.UTF_16BE)).isEqualTo("\ufeffé€");
    }

    @Test
    void streamThatCannotBeWrittenFailsTheFlush() throws IOException {
        print(StandardCharsets.UTF_8);
        ConsoleSink sink = sink("%m%n");
        recorder.failing = true;

        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.range(1, 1)));
        assertThat(processOutput.size()).isZero();

        sink.flush(FakeBatch.range(1, 1));

        assertThat(processOutput.toString(StandardCharsets.UTF_8)).isEqualTo("record 1" + END);

        restore();
        print(StandardCharsets.UTF_8);
        recorder.failing = false;
        sink.flush(FakeBatch.range(2, 2));

        assertThat(recorder.bytes.toString(StandardCharsets.UTF_8)).isEqualTo("record 2" + END);
    }

    @Test
    void failureOfTheProcessOutputIsSeen() {
        print(StandardCharsets.UTF_8);
        System.out.close();
        recorder.failing = true;
        ConsoleSink sink = new ConsoleSink(options("%m%n", ConsoleOptions.ColorMode.NEVER), recorder);

        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.range(1, 1)));
        assertThatIOException()
                .isThrownBy(() -> sink.flush(FakeBatch.range(1, 1)))
                .withMessage("Broken pipe");
    }

    @Test
    void closeFlushesAndLeavesTheStreamOpen() throws IOException {
        print(StandardCharsets.UTF_8);
        ConsoleSink sink = sink("%m%n");
        System.out.print("before ");
        sink.close();

        assertThat(recorder.bytes.toString(StandardCharsets.UTF_8)).isEqualTo("before ");

        sink.flush(FakeBatch.range(1, 1));

        assertThat(recorder.bytes.toString(StandardCharsets.UTF_8)).isEqualTo("before record 1" + END);
    }

    @Test
    void colorsAreAsChosen() throws IOException {
        print(StandardCharsets.UTF_8);
        new ConsoleSink(options("%clr(%m){red} ", ConsoleOptions.ColorMode.ALWAYS), processOutput)
                .flush(FakeBatch.range(1, 1));
        new ConsoleSink(options("%clr(%m){red} ", ConsoleOptions.ColorMode.NEVER), processOutput)
                .flush(FakeBatch.range(2, 2));

        assertThat(recorder.bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("\u001b[31mrecord 1\u001b[0;39m record 2 ");
    }

    @Test
    void terminalShowsColorsUnlessTheEnvironmentSaysOtherwise() {
        assertThat(Terminal.showsColors(Map.of("TERM", "xterm"), "Linux")).isTrue();
        assertThat(Terminal.showsColors(Map.of(), "Mac OS X")).isTrue();
        assertThat(Terminal.showsColors(Map.of("NO_COLOR", ""), "Linux")).isTrue();
        assertThat(Terminal.showsColors(Map.of("NO_COLOR", "1"), "Linux")).isFalse();
        assertThat(Terminal.showsColors(Map.of("TERM", "dumb"), "Linux")).isFalse();
        assertThat(Terminal.showsColors(Map.of("TERM", "xterm"), "Windows 11")).isFalse();
    }

    private void print(Charset charset) {
        System.setProperty("stdout.encoding", charset.name()); // tells before Java 18, when streams cannot
        System.setOut(new PrintStream(recorder, false, charset));
    }

    private ConsoleSink sink(String pattern) {
        return new ConsoleSink(options(pattern, ConsoleOptions.ColorMode.NEVER), processOutput);
    }

    private static ConsoleOptions options(String pattern, ConsoleOptions.ColorMode colors) {
        return ConsoleOptions.defaults().withPattern(pattern).withColors(colors);
    }

    private static final class Recorder extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int writes;
        private boolean failing;

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int count) throws IOException {
            if (failing) {
                throw new IOException("Broken pipe");
            }
            writes++;
            bytes.write(source, offset, count);
        }
    }
}
