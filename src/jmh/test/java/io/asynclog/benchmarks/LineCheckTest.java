package io.asynclog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.helpers.MessageFormatter;

class LineCheckTest {
    @TempDir
    Path folder;

    private final LineCheck check = new LineCheck(2, 2);

    @Test
    void findsAllLinesOfAllProducersAndLooksAtNothingElse() throws Exception {
        read("warming up", line(0, 0), line("w1", 7), line(1, 0), line(1, 1), line(0, 1));

        assertThat(check.lost()).isZero();
        assertThat(check.doubled()).isZero();
        assertThat(check.disordered()).isZero();
        assertThat(check.meanLength()).isEqualTo(line(0, 0).length() + 1);
    }

    @Test
    void aLineThatIsMissingIsLost() throws Exception {
        read(line(0, 0), line(0, 1), line(1, 1));

        assertThat(check.lost()).isOne();
    }

    @Test
    void ofTheFirstLinesOfAProducerThoseThatAreMissingAreLost() throws Exception {
        read(line(0, 1), line(1, 0));

        assertThat(check.lost(0, 2)).isOne();
        assertThat(check.lost(1, 1)).isZero();
        assertThat(check.lost(1, 2)).isOne();
    }

    @Test
    void aLineThatIsNotWholeIsLost() throws Exception {
        read(
                line(0, 0),
                line(0, 1),
                line(1, 0),
                line(1, 1).substring(0, line(1, 1).length() - 1));

        assertThat(check.lost()).isOne();
    }

    @Test
    void twoLinesInOneAreLost() throws Exception {
        read(line(0, 0), line(0, 1), line(1, 0) + line(1, 1));

        assertThat(check.lost()).isEqualTo(2);
    }

    @Test
    void aLineThatIsThereTwiceIsDoubled() throws Exception {
        read(line(0, 0), line(0, 1), line(1, 0), line(1, 1), line(0, 0));

        assertThat(check.doubled()).isOne();
        assertThat(check.lost()).isZero();
    }

    @Test
    void aLineBehindALaterOneOfItsProducerIsOutOfOrder() throws Exception {
        read(line(1, 1), line(1, 0), line(0, 0), line(0, 1));

        assertThat(check.disordered()).isOne();
        assertThat(check.doubled()).isZero();
        assertThat(check.faults()).isOne();
    }

    @Test
    void aLineOutOfOrderIsNoFaultWhereNobodyPromisesOne() throws Exception {
        check.expectNoOrder();
        read(line(1, 1), line(1, 0), line(0, 0), line(0, 0));

        assertThat(check.disordered()).isOne();
        assertThat(check.faults()).isEqualTo(2);
    }

    @Test
    void readsLinesAcrossTheChunksOfALargeFile() throws Exception {
        LineCheck large = new LineCheck(1, 30_000);
        Path file = folder.resolve("large.log");
        Files.write(file, List.of(lines(30_000)));

        LineCheck.readFile(file, 0, large);

        assertThat(Files.size(file)).isGreaterThan(2 << 20);
        assertThat(large.lost()).isZero();
        assertThat(large.disordered()).isZero();
    }

    private void read(String... lines) throws Exception {
        Path file = folder.resolve("some.log");
        Files.write(file, List.of(lines));
        LineCheck.readFile(file, 0, check);
    }

    private static String[] lines(int count) {
        String[] lines = new String[count];
        for (int number = 0; number < count; number++) {
            lines[number] = line(0, number);
        }
        return lines;
    }

    private static String line(int producer, int number) {
        return line(OrderLine.user(true, producer), number);
    }

    /** As a subject would render the call. */
    private static String line(String user, int number) {
        StringBuilder line = new StringBuilder();
        OrderLine.log(new Rendering(line), user, number);
        return line.toString();
    }

    private record Rendering(StringBuilder line) implements Subject {
        @Override
        public void log(String user, Integer order, Integer cents, String address) {
            line.append("2026-01-01 00:00:00.000 INFO  [caller-0] " + OrderLine.LOGGER + " : ")
                    .append(MessageFormatter.basicArrayFormat(
                            OrderLine.MESSAGE, new Object[] {user, order, cents, address}));
        }

        @Override
        public void drain() {}

        @Override
        public void close() {}
    }
}
