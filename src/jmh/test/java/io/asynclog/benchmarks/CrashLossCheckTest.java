package io.asynclog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashLossCheckTest {
    @TempDir
    Path folder;

    private final LineRenderer renderer = new LineRenderer();

    @Test
    void nothingIsLostWhenTheRecordOfEachCallThatReturnedIsThere() throws Exception {
        write(line(true, 0, 0), line(true, 1, 0), line(true, 0, 1));

        assertThat(found(2, 1)).isEqualTo(new CrashLoss.Found(3, 0, 0, 0));
    }

    @Test
    void aRecordThatIsNotThereIsLost() throws Exception {
        write(line(true, 0, 0), line(true, 0, 2));

        assertThat(found(3, 1)).isEqualTo(new CrashLoss.Found(4, 2, 0, 0));
    }

    @Test
    void theRecordOfACallThatHadNotReturnedMayBeThereOrNot() throws Exception {
        write(line(true, 0, 0), line(true, 0, 1));

        assertThat(found(1, 0)).isEqualTo(new CrashLoss.Found(1, 0, 0, 0));
    }

    @Test
    void aLineThatWasCutOffIsLost() throws Exception {
        String last = line(true, 0, 1);
        write(line(true, 0, 0), last.substring(0, last.length() - 2));

        assertThat(found(2, 0).lost()).isOne();
    }

    @Test
    void aRecordOfTheWarmUpIsNoneOfThose() throws Exception {
        write(line(false, 0, 0));

        assertThat(found(1, 0).lost()).isOne();
    }

    @Test
    void whatIsThereTwiceOrBehindALaterOneIsSeen() throws Exception {
        write(line(true, 0, 1), line(true, 0, 0), line(true, 0, 1));

        assertThat(found(2, 0)).isEqualTo(new CrashLoss.Found(2, 0, 1, 1));
    }

    private String line(boolean measured, int producer, int number) {
        StringBuilder line = new StringBuilder();
        Subject subject = new Subject() {
            @Override
            public void log(String user, Integer order, Integer cents, String address) {
                line.append(new String(renderer.newLine(user, order, cents, address), StandardCharsets.US_ASCII));
            }

            @Override
            public void drain() {}

            @Override
            public void close() {}
        };
        OrderLine.log(subject, OrderLine.user(measured, producer), number);
        return line.toString();
    }

    private void write(String... lines) throws IOException {
        Files.writeString(folder.resolve("benchmark.log"), String.join("", lines));
    }

    private CrashLoss.Found found(int returnedOfFirst, int returnedOfSecond) throws IOException {
        CallCounts returned = CallCounts.create(folder, 2);
        returned.set(0, returnedOfFirst);
        returned.set(1, returnedOfSecond);
        return CrashLossCheck.find(Subjects.named("logback-async"), folder.resolve("benchmark.log"), returned);
    }
}
