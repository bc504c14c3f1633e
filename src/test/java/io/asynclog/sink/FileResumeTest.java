package io.asynclog.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.asynclog.layout.FakeRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sink makes of the file that another process has left, by the checkpoint that goes with it. */
class FileResumeTest {
    private static final String BOOT = "6f2a";

    @TempDir
    Path folder;

    private final FaultyDisk disk = new FaultyDisk();
    private final FakeCheckpoint checkpoint = new FakeCheckpoint();

    @Test
    void recordsThatAreInTheFileAreLeftOut() throws IOException {
        sink(BOOT).flush(FakeBatch.range(1, 3));
        RollingFileSink next = sink(BOOT);
        next.flush(FakeBatch.range(2, 3));
        next.flush(FakeBatch.range(2, 5));

        assertThat(log().lines("app.log")).containsExactlyElementsOf(records(1, 5));
    }

    @Test
    void systemTellsOneRunOfTheMachineFromAnother() throws IOException {
        for (int i = 0; i < 2; i++) {
            RollingFileSink sink = sink();
            sink.resumeFrom(checkpoint);
            sink.flush(FakeBatch.range(1, 3));
        }

        assertThat(BootId.current()).isNotEmpty();
        assertThat(log().lines("app.log")).containsExactlyElementsOf(records(1, 3));
    }

    @Test
    void batchThatWasCutOffIsTakenBackWhenTheFileIsOpened() throws IOException {
        sink(BOOT).flush(FakeBatch.range(1, 2));
        dieWithin(3, 5);
        assertThat(log().text("app.log")).endsWith("reco");

        sink(BOOT).open();

        assertThat(log().lines("app.log")).containsExactlyElementsOf(records(1, 2));
    }

    @Test
    void nothingIsTakenBackNorLeftOutAfterTheMachineWasStartedAgain() throws IOException {
        sink(BOOT).flush(FakeBatch.range(1, 2));
        byte[] older = checkpoint.state;
        sink(BOOT).flush(FakeBatch.range(3, 4));
        dieWithin(5, 7);
        for (String boot : new String[] {"77b0", null}) {
            checkpoint.state = older;
            sink(boot).open();

            assertThat(log().lines("app.log"))
                    .hasSize(6)
                    .containsAll(records(1, 5))
                    .endsWith("reco");
        }
        sink("77b0").flush(FakeBatch.range(1, 1));

        assertThat(log().lines("app.log")).hasSize(7).endsWith("reco", "record 1");
    }

    @Test
    void whereTheRunOfTheMachineIsUnknownNothingIsTakenBackNorLeftOut() throws IOException {
        sink(null).flush(FakeBatch.range(1, 2));
        sink(null).flush(FakeBatch.range(2, 3));

        assertThat(log().lines("app.log")).containsExactly("record 1", "record 2", "record 2", "record 3");
    }

    @Test
    void stateThatIsNotUnderstoodCountsForNothing() throws IOException {
        sink(BOOT).flush(FakeBatch.range(1, 2));
        byte[] state = Objects.requireNonNull(checkpoint.state);
        state[0] = 99;
        sink(BOOT).flush(FakeBatch.range(2, 3));
        sink(BOOT).flush(FakeBatch.range(2, 3));

        assertThat(log().lines("app.log")).containsExactly("record 1", "record 2", "record 2", "record 3");
    }

    @Test
    void fileThatHasTakenThePlaceOfTheOldOneIsNotCut() throws IOException {
        sink(BOOT).flush(FakeBatch.range(1, 2));
        dieWithin(3, 5);
        Path other = Files.writeString(folder.resolve("other"), "somebody else's\nand quite long");
        Files.move(other, path(), StandardCopyOption.REPLACE_EXISTING);
        sink(BOOT).flush(FakeBatch.range(1, 5));

        assertThat(log().lines("app.log"))
                .containsExactly("somebody else's", "and quite long", "record 3", "record 4", "record 5");
    }

    @Test
    void whatOthersAppendedToAFileOfWholeBatchesIsNotCut() throws IOException {
        sink(BOOT).flush(FakeBatch.range(1, 2));
        append("restarted by hand\n");
        sink(BOOT).flush(FakeBatch.range(1, 3));

        assertThat(log().lines("app.log")).containsExactly("record 1", "record 2", "restarted by hand", "record 3");
    }

    @Test
    void whatOthersAppendedBehindABatchThatWasCutOffIsNotCut() throws IOException {
        sink(BOOT).flush(FakeBatch.range(1, 2));
        dieWithin(3, 5);
        sink().flush(FakeBatch.range(101, 109)); // a run without the checkpoint
        sink(BOOT).flush(FakeBatch.range(1, 5));

        assertThat(log().lines("app.log"))
                .startsWith("record 1", "record 2", "record 3", "reco", "record 101")
                .endsWith("record 109", "record 3", "record 4", "record 5");
    }

    @Test
    void batchThatFailedAnnouncesNothingAnyMore() throws IOException {
        RollingFileSink sink = sink(BOOT);
        sink.flush(FakeBatch.range(1, 2));
        disk.room = 3;
        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.range(3, 50)));
        append("restarted by hand\n");
        disk.room = FaultyDisk.ENDLESS;
        sink(BOOT).flush(FakeBatch.range(3, 3));

        assertThat(log().lines("app.log")).containsExactly("record 1", "record 2", "restarted by hand", "record 3");
    }

    @Test
    void whatCouldNotBeTakenBackIsTakenBackByTheNextProcess() throws IOException {
        RollingFileSink sink = sink(BOOT);
        sink.flush(FakeBatch.range(1, 2));
        disk.room = 13;
        disk.truncateFails = true;
        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.range(3, 5)));
        sink.close();
        assertThat(log().text("app.log")).endsWith("reco");
        disk.room = FaultyDisk.ENDLESS;
        disk.truncateFails = false;
        sink(BOOT).flush(FakeBatch.range(3, 5));

        assertThat(log().lines("app.log")).containsExactlyElementsOf(records(1, 5));
    }

    @Test
    void fileThatWasEmptiedByOthersDoesNotLoseWhatCameLater() throws IOException {
        sink(BOOT).flush(FakeBatch.range(1, 20));
        Files.writeString(path(), "");
        dieWithin(21, 22);
        sink(BOOT).flush(FakeBatch.range(20, 22));

        assertThat(log().lines("app.log")).containsExactlyElementsOf(records(21, 22));
    }

    @Test
    void lateRecordsStayAndChangeNothing() throws IOException {
        RollingFileSink sink = sink(BOOT);
        sink.flush(FakeBatch.range(1, 2));
        sink.close();
        sink.flush(late("late 1"));
        sink.close();
        sink().flush(late("late 2")); // when the checkpoint is closed already
        sink(BOOT).flush(FakeBatch.range(1, 3));

        assertThat(log().lines("app.log")).containsExactly("record 1", "record 2", "late 1", "late 2", "record 3");
    }

    @Test
    void recordsThatTheCheckpointDidNotTakeAreNotDoubled() throws IOException {
        RollingFileSink sink = sink(BOOT);
        sink.flush(FakeBatch.range(1, 2));
        failAfterOneSave();
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> sink.flush(FakeBatch.range(3, 4)));
        }
        checkpoint.beforeEffect = () -> {};
        sink.flush(FakeBatch.range(3, 5));
        assertThat(log().lines("app.log")).containsExactlyElementsOf(records(1, 5));

        sink(BOOT).flush(FakeBatch.range(1, 5));
        assertThat(log().lines("app.log")).containsExactlyElementsOf(records(1, 5));
    }

    @Test
    void recordsThatTheCheckpointDidNotTakeComeAgainInTheNextProcess() throws IOException {
        RollingFileSink sink = sink(BOOT);
        sink.flush(FakeBatch.range(1, 2));
        failAfterOneSave();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> sink.flush(FakeBatch.range(3, 4)));
        checkpoint.beforeEffect = () -> {};
        sink(BOOT).flush(FakeBatch.range(3, 4));

        assertThat(log().lines("app.log")).containsExactlyElementsOf(records(1, 4));
    }

    @Test
    void fileOfAnEarlierDayIsRolledUnderThatDayAlthoughItsEndIsTakenBackToday() throws IOException {
        sink(BOOT).flush(FakeBatch.range(1, 2));
        dieWithin(3, 5);
        Files.setLastModifiedTime(path(), FileTime.from(Instant.parse("2026-03-28T20:00:00Z")));
        RollingFileSink sink = sink(BOOT);
        sink.open();
        sink.flush(FakeBatch.of(
                new FakeRecord().sequence(3).at("2026-03-29T12:00:00Z").message("record 3")));

        assertThat(log().lines("app.log.2026-03-28.0.gz")).containsExactlyElementsOf(records(1, 2));
        assertThat(log().lines("app.log")).containsExactly("record 3");
    }

    @Test
    void flushIsAnnouncedAndCommittedAndNoMore() throws IOException {
        RollingFileSink sink = sink(BOOT);
        sink.open();
        assertThat(checkpoint.saves).isZero();

        sink.flush(FakeBatch.range(1, 100));
        assertThat(checkpoint.saves).isEqualTo(2);

        sink.flush(FakeBatch.range(50, 100));
        assertThat(checkpoint.saves).isEqualTo(2);
    }

    private void failAfterOneSave() {
        int before = checkpoint.saves;
        checkpoint.beforeEffect = () -> {
            if (checkpoint.saves > before) {
                throw new IllegalStateException("The disk of the checkpoint is full");
            }
        };
    }

    /** Has another process die in the middle of its second line. */
    private void dieWithin(int first, int last) throws IOException {
        RollingFileSink sink = sink(BOOT);
        sink.open();
        disk.longestWrite = ("record " + first + System.lineSeparator() + "reco").length();
        disk.beforeEffect = new Lifetime(1)::effect;
        assertThatExceptionOfType(Lifetime.Death.class).isThrownBy(() -> sink.flush(FakeBatch.range(first, last)));
        disk.beforeEffect = () -> {};
        disk.longestWrite = Integer.MAX_VALUE;
    }

    private static List<String> records(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "record " + i).toList();
    }

    private static FakeBatch late(String message) {
        return FakeBatch.of(new FakeRecord().sequence(-1).message(message));
    }

    private void append(String text) throws IOException {
        Files.write(path(), text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
    }

    private Path path() {
        return folder.resolve("app.log");
    }

    private LogFolder log() {
        return new LogFolder(folder);
    }

    /** Returns the sink of a new process. */
    private RollingFileSink sink(@Nullable String boot) {
        RollingFileSink sink = sink();
        sink.resumeFrom(checkpoint, boot);
        return sink;
    }

    private RollingFileSink sink() {
        return new RollingFileSink(
                FileOptions.to(path()).withPattern("%m%n"),
                (message, cause) -> {
                    throw new AssertionError(message, cause);
                },
                new ManualClock("2026-03-29T12:00:00Z", "UTC"),
                disk,
                Runnable::run);
    }
}
