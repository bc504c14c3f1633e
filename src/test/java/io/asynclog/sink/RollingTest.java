package io.asynclog.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.asynclog.EngineFixture;
import io.asynclog.LogRecord;
import io.asynclog.internal.PrivateFiles;
import io.asynclog.layout.FakeRecord;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the file is rolled, and what becomes of the rolled files. */
class RollingTest {
    private static final String NOON = "2026-03-29T12:00:00Z";

    @TempDir
    Path folder;

    private final FaultyDisk disk = new FaultyDisk();
    private final List<String> troubles = new ArrayList<>();
    private ManualClock clock = new ManualClock(NOON, "UTC");
    private Executor background = Runnable::run;

    @Test
    void fileIsRolledWithTheLineThatReachesItsSize() throws IOException {
        RollingFileSink sink = sink(options().withMaxFileSize(1024));
        sink.flush(FakeBatch.of(record(1, NOON, 600), record(2, NOON, 600), record(3, NOON, 100)));

        assertThat(log().names()).containsExactly("app.log", "app.log.2026-03-29.0.gz");
        assertThat(log().lines("app.log.2026-03-29.0.gz")).hasSize(2);
        assertThat(log().lines("app.log")).hasSize(1);
        assertThat(Files.size(folder.resolve("app.log")))
                .isEqualTo(100 + System.lineSeparator().length());
    }

    @Test
    void rolledFilesOfADayAreCountedOn() throws IOException {
        RollingFileSink sink = sink(options().withMaxFileSize(1024));
        for (int i = 0; i < 11; i++) {
            sink.flush(FakeBatch.of(record(2L * i, NOON, 1100), record(2L * i + 1, NOON, 1100)));
        }
        sink.close();
        Files.setLastModifiedTime(folder.resolve("app.log"), FileTime.from(Instant.parse(NOON)));
        RollingFileSink restarted = sink(options().withMaxFileSize(1024));
        restarted.flush(FakeBatch.of(record(22, NOON, 10)));

        assertThat(log().names()).hasSize(23).contains("app.log.2026-03-29.0.gz", "app.log.2026-03-29.21.gz");
        assertThat(log().allLines("app.log")).hasSize(23);
    }

    @Test
    void rolledFilesAreTidiedAwayThoughThereIsNoRoomForANewFileYet() throws IOException {
        RollingFileSink sink = sink(options().withMaxFileSize(1024));
        sink.flush(FakeBatch.of(record(1, NOON, 1100)));
        disk.openFails = true;
        FakeBatch next = FakeBatch.of(record(2, NOON, 10));
        assertThatIOException().isThrownBy(() -> sink.flush(next));

        assertThat(log().names()).containsExactly("app.log.2026-03-29.0.gz");
        disk.openFails = false;
        sink.flush(next);
        assertThat(log().lines("app.log")).hasSize(1);
    }

    @Test
    void aDeviceIsNotRenamed() throws IOException {
        Path device = Files.createSymbolicLink(folder.resolve("app.log"), Path.of("/dev/null"));
        RollingFileSink sink = sink(options().withMaxFileSize(1024));
        sink.flush(FakeBatch.of(record(1, NOON, 600), record(2, NOON, 600), record(3, "2026-03-31T12:00:00Z", 100)));

        assertThat(device).isSymbolicLink();
        assertThat(log().names()).containsExactly("app.log");
        assertThat(troubles).isEmpty();
    }

    @Test
    void deviceThatCannotBeForcedTakesItsLinesOnce() throws IOException {
        disk.forceFails = true;
        Files.createSymbolicLink(folder.resolve("app.log"), Path.of("/dev/null"));
        RollingFileSink sink = sink(options().withSync(FileOptions.Sync.FLUSH));
        sink.flush(FakeBatch.of(record(1, NOON, 600)));

        assertThat(troubles).isEmpty();
    }

    @Test
    void fileThatAToolPutsThereWhileTheOldOneIsOpenedIsTheOneThatIsWritten() throws IOException {
        Path log = Files.createFile(folder.resolve("app.log"));
        AtomicBoolean isDue = new AtomicBoolean(true);
        ChannelOpener rotated = path -> {
            FileChannel opened = PrivateFiles.append(path);
            if (isDue.getAndSet(false)) {
                Files.move(path, folder.resolve("app.log.1"));
                Files.createFile(path);
            }
            return opened;
        };
        RollingFileSink sink = new RollingFileSink(options(), this::onTrouble, clock, rotated, background);
        sink.flush(FakeBatch.of(record(1, NOON, 600)));

        assertThat(folder.resolve("app.log.1")).isEmptyFile();
        assertThat(log).isNotEmptyFile();
    }

    @Test
    void rolledFilesAreReadableByOwnerAndGroupOnly() throws IOException {
        RollingFileSink sink = sink(options().withMaxFileSize(1024));
        sink.flush(FakeBatch.of(record(1, NOON, 1100), record(2, NOON, 10)));

        assertThat(Files.getPosixFilePermissions(folder.resolve("app.log.2026-03-29.0.gz")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void fileIsRolledWhenTheDayOfTheRecordsTurns() throws IOException {
        RollingFileSink sink = sink(options());
        sink.flush(FakeBatch.of(
                record(1, "2026-03-29T23:59:59.999999999Z", 10),
                record(2, "2026-03-30T00:00:00Z", 20),
                record(3, "2026-03-29T23:59:59.999Z", 30),
                record(4, "2026-03-30T23:59:59Z", 40)));
        sink.flush(FakeBatch.of(record(5, "2026-04-02T00:00:00Z", 50)));

        assertThat(log().names()).containsExactly("app.log", "app.log.2026-03-29.0.gz", "app.log.2026-03-30.0.gz");
        assertThat(lengths("app.log.2026-03-29.0.gz")).containsExactly(10);
        assertThat(lengths("app.log.2026-03-30.0.gz")).containsExactly(20, 30, 40);
        assertThat(lengths("app.log")).containsExactly(50);
    }

    @Test
    void daysHaveTheHoursOfTheTimeZone() throws IOException {
        clock = new ManualClock(NOON, "Europe/Berlin");
        RollingFileSink sink = sink(options().withMaxHistory(0));
        sink.flush(FakeBatch.of(
                record(1, "2026-03-28T22:59:59Z", 10),
                record(2, "2026-03-28T23:00:00Z", 20), // begin of a day of 23 hours
                record(3, "2026-03-29T21:59:59Z", 30),
                record(4, "2026-03-29T22:00:00Z", 40)));
        sink.flush(FakeBatch.of(
                record(5, "2026-10-24T22:00:00Z", 50), // begin of a day of 25 hours
                record(6, "2026-10-25T22:59:59Z", 60),
                record(7, "2026-10-25T23:00:00Z", 70)));

        assertThat(lengths("app.log.2026-03-28.0.gz")).containsExactly(10);
        assertThat(lengths("app.log.2026-03-29.0.gz")).containsExactly(20, 30);
        assertThat(lengths("app.log.2026-03-30.0.gz")).containsExactly(40);
        assertThat(lengths("app.log.2026-10-25.0.gz")).containsExactly(50, 60);
        assertThat(lengths("app.log")).containsExactly(70);
    }

    @Test
    void fileOfAnEarlierDayIsRolledAfterARestart() throws IOException {
        Files.writeString(folder.resolve("app.log"), "yesterday\n");
        Files.setLastModifiedTime(folder.resolve("app.log"), FileTime.from(Instant.parse("2026-03-28T20:00:00Z")));
        RollingFileSink sink = sink(options());
        sink.open();
        sink.flush(FakeBatch.of(record(1, NOON, 10)));

        assertThat(log().lines("app.log.2026-03-28.0.gz")).containsExactly("yesterday");
        assertThat(lengths("app.log")).containsExactly(10);
    }

    @Test
    void fileIsOfTheDayOnWhichItWasLastWrittenAlthoughItsFolderCouldNotBeForced() throws IOException {
        Files.writeString(folder.resolve("app.log"), "yesterday\n");
        Files.setLastModifiedTime(folder.resolve("app.log"), FileTime.from(Instant.parse("2026-03-28T20:00:00Z")));
        RollingFileSink sink = sink(options().withSync(FileOptions.Sync.FLUSH));
        disk.forceFolderFails = true;
        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.of(record(1, NOON, 10))));
        disk.forceFolderFails = false;
        sink.flush(FakeBatch.of(record(1, NOON, 10)));

        assertThat(log().lines("app.log.2026-03-28.0.gz")).containsExactly("yesterday");
        assertThat(lengths("app.log")).containsExactly(10);
    }

    @Test
    void newFileThatIsFirstSeenByARollBackIsOfTheDayOnWhichItWasLastWritten() throws IOException {
        RollingFileSink sink = sink(options());
        sink.flush(FakeBatch.of(record(1, "2026-03-27T12:00:00Z", 10)));
        Path other = Files.writeString(folder.resolve("other"), "yesterday\n");
        Files.setLastModifiedTime(other, FileTime.from(Instant.parse("2026-03-28T20:00:00Z")));
        Files.move(other, folder.resolve("app.log"), StandardCopyOption.REPLACE_EXISTING);
        disk.room = 3;
        disk.truncateFails = true; // so that the file is opened to take the batch back
        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.of(record(2, "2026-03-27T12:00:01Z", 10))));
        disk.room = FaultyDisk.ENDLESS;
        sink.flush(FakeBatch.of(record(2, NOON, 10)));

        assertThat(log().lines("app.log.2026-03-28.0.gz")).containsExactly("yesterday");
    }

    @Test
    void emptyFileIsNotRolled() throws IOException {
        RollingFileSink sink = sink(options());
        sink.open();
        sink.flush(FakeBatch.of(record(1, "2031-01-01T00:00:00Z", 10)));

        assertThat(log().names()).containsExactly("app.log");
    }

    @Test
    void batchThatFailsAfterARollIsNotDoubled() throws IOException {
        RollingFileSink sink = sink(options().withMaxFileSize(1024));
        LogRecord first = record(1, NOON, 1100);
        LogRecord second = record(2, NOON, 1100);
        LogRecord third = record(3, NOON, 50);
        LogRecord fourth = record(4, NOON, 60);
        disk.room = 2220;
        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.of(first, second, third, fourth)));
        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.of(first, second, third, fourth)));
        disk.room = FaultyDisk.ENDLESS;
        sink.flush(FakeBatch.of(first)); // now in pieces, as after a bisection
        sink.flush(FakeBatch.of(second, third));
        sink.flush(FakeBatch.of(fourth));

        assertThat(log().names()).hasSize(3);
        assertThat(lengths("app.log.2026-03-29.0.gz")).containsExactly(1100);
        assertThat(lengths("app.log.2026-03-29.1.gz")).containsExactly(1100);
        assertThat(lengths("app.log")).containsExactly(50, 60);
    }

    @Test
    void recordsWithoutASequenceOfTheirOwnAreAllWritten() throws IOException {
        RollingFileSink sink = sink(options().withMaxFileSize(1024));
        for (int i = 0; i < 4; i++) {
            sink.flush(FakeBatch.of(record(-1, NOON, 1100)));
            sink.close();
        }

        assertThat(log().allLines("app.log")).hasSize(4);
    }

    @Test
    void fileThatCannotBeRenamedGrowsOnAndThatIsToldOnce() throws IOException {
        String name = "a".repeat(240); // too long with the date behind it
        RollingFileSink sink =
                sink(options().withPath(folder.resolve(name + ".application")).withMaxFileSize(1024));
        sink.flush(FakeBatch.of(record(1, NOON, 1100), record(2, NOON, 1100)));
        sink.flush(FakeBatch.of(record(3, NOON, 1100)));

        clock.advance(Duration.ofMinutes(1));
        sink.flush(FakeBatch.of(record(4, NOON, 1100)));

        assertThat(troubles).hasSize(1).first().asString().contains("cannot be rolled");
        assertThat(log().lines(name + ".application")).hasSize(4);
    }

    @Test
    void fileThatCanBeRenamedAgainIsRolledWithinAMinuteAndThatIsTold() throws IOException {
        Path logs = folder.resolve("logs");
        RollingFileSink sink = sink(options().withPath(logs.resolve("app.log")).withMaxFileSize(1024));
        sink.flush(FakeBatch.of(record(1, NOON, 1100)));
        Files.move(logs, folder.resolve("away"));
        Files.createFile(logs); // no folder that could be looked through for names
        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.of(record(2, NOON, 10))));
        Files.delete(logs);
        Files.move(folder.resolve("away"), logs);
        sink.flush(FakeBatch.of(record(2, NOON, 10)));
        assertThat(new LogFolder(logs).names()).containsExactly("app.log");

        clock.advance(Duration.ofMinutes(1));
        sink.flush(FakeBatch.of(record(3, NOON, 10), record(4, NOON, 1100), record(5, NOON, 10)));

        assertThat(new LogFolder(logs).names()).hasSize(3);
        assertThat(troubles).hasSize(2);
        assertThat(troubles.get(0)).contains("cannot be rolled");
        assertThat(troubles.get(1)).startsWith("No longer: The file ").contains("cannot be rolled");
    }

    @Test
    void fileThatCannotBeRenamedForLongerThanMaxHistoryIsKept() throws IOException {
        Path logs = folder.resolve("logs");
        RollingFileSink sink = sink(options().withPath(logs.resolve("app.log")).withMaxHistory(7));
        sink.flush(FakeBatch.of(record(0, NOON, 10)));
        disk.renameFails = true;
        for (int days = 1; days <= 9; days++) {
            clock.advance(Duration.ofDays(1));
            sink.flush(FakeBatch.of(record(days, clock.instant().toString(), 10 + days)));
        }
        disk.renameFails = false;
        clock.advance(Duration.ofMinutes(1));
        sink.flush(FakeBatch.of(record(10, clock.instant().toString(), 20)));

        LogFolder rolled = new LogFolder(logs);
        assertThat(rolled.names()).containsExactly("app.log", "app.log.2026-04-07.0.gz");
        assertThat(rolled.lines("app.log.2026-04-07.0.gz")).hasSize(10);
        assertThat(rolled.lines("app.log")).hasSize(1);
        assertThat(troubles).hasSize(2);
    }

    @Test
    void fileThatCannotBeRenamedIsOfTheDayOfItsNewestRecord() throws IOException {
        Path logs = folder.resolve("logs");
        RollingFileSink sink = sink(options().withPath(logs.resolve("app.log")).withMaxFileSize(1024));
        disk.renameFails = true;
        sink.flush(FakeBatch.of(
                record(1, "2026-03-29T23:59:59Z", 1100),
                record(2, "2026-03-29T23:59:59Z", 10),
                record(3, "2026-03-30T00:00:00Z", 10)));
        disk.renameFails = false;
        clock.advance(Duration.ofMinutes(1));
        sink.flush(FakeBatch.of(record(4, "2026-04-01T00:00:00Z", 10)));

        assertThat(new LogFolder(logs).lines("app.log.2026-03-30.0.gz")).hasSize(3);
    }

    @Test
    void fileIsRolledDailyAgainAfterAClockThatWasAheadIsSetBack() throws IOException {
        Files.writeString(folder.resolve("app.log.2026-03-28.0.gz"), "yesterday");
        RollingFileSink sink = sink(options());
        sink.flush(FakeBatch.of(
                record(1, NOON, 10),
                record(2, "2099-01-01T00:00:00Z", 20),
                record(3, "2026-03-29T12:00:01Z", 30),
                record(4, "2026-03-30T00:00:00Z", 40),
                record(5, "2026-03-31T00:00:00Z", 50)));

        assertThat(log().names())
                .containsExactly(
                        "app.log",
                        "app.log.2026-03-28.0.gz",
                        "app.log.2026-03-29.0.gz",
                        "app.log.2026-03-30.0.gz",
                        "app.log.2099-01-01.0.gz");
        assertThat(lengths("app.log.2026-03-29.0.gz")).containsExactly(10);
        assertThat(lengths("app.log.2099-01-01.0.gz")).containsExactly(20, 30);
        assertThat(lengths("app.log.2026-03-30.0.gz")).containsExactly(40);
        assertThat(lengths("app.log")).containsExactly(50);
    }

    @Test
    void fileIsNotTakenForAnOldOneWhenTheClockWasBehind() throws IOException {
        RollingFileSink sink = sink(options());
        sink.flush(FakeBatch.of(
                record(1, NOON, 10), record(2, "1970-01-01T00:00:00Z", 20), record(3, "2026-03-29T12:00:01Z", 30)));

        assertThat(log().names()).containsExactly("app.log", "app.log.2026-03-29.0.gz");
        assertThat(lengths("app.log.2026-03-29.0.gz")).containsExactly(10, 20);
        assertThat(lengths("app.log")).containsExactly(30);
    }

    @Test
    void linkStaysAndRolledFilesLieNextToWhatItLeadsTo() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("app.log"), Path.of("again.log"));
        Path again = Files.createSymbolicLink(folder.resolve("again.log"), Path.of("large/target.log"));
        RollingFileSink sink = sink(options().withPath(link).withMaxFileSize(1024)); // the target is not there yet
        sink.flush(FakeBatch.of(record(1, NOON, 1100), record(2, NOON, 10)));
        sink.close();
        RollingFileSink restarted = sink(options().withPath(link).withMaxFileSize(1024));
        restarted.flush(FakeBatch.of(record(3, NOON, 1100), record(4, NOON, 10)));

        LogFolder large = new LogFolder(folder.resolve("large"));
        assertThat(large.names()).hasSize(3).contains("target.log", "target.log.2026-03-29.0.gz");
        assertThat(large.allLines("target.log")).hasSize(4);
        assertThat(log().names()).containsExactly("again.log", "app.log", "large");
        assertThat(link).isSymbolicLink();
        assertThat(again).isSymbolicLink();
    }

    @Test
    void linkThatLeadsInACircleIsToldWhenItIsOpened() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("app.log"), Path.of("app.log"));
        RollingFileSink sink = sink(options().withPath(link));

        assertThatIOException().isThrownBy(sink::open).withMessageContaining("app.log");
    }

    @Test
    void fileThatCannotBeCompressedStaysAndIsTold() throws IOException {
        String name = "a".repeat(240); // long enough that only the name of the compressed file is too long
        RollingFileSink sink = sink(options().withPath(folder.resolve(name)).withMaxFileSize(1024));
        sink.flush(FakeBatch.of(record(1, NOON, 1100), record(2, NOON, 10)));

        assertThat(troubles).hasSize(1).first().asString().contains("could not be compressed");
        assertThat(log().names()).containsExactly(name, name + ".2026-03-29.0");
    }

    @Test
    void rollDoesNotWaitForTheCompression() throws IOException {
        List<Runnable> tasks = new ArrayList<>();
        background = tasks::add;
        RollingFileSink sink = sink(options().withMaxFileSize(1024));
        sink.flush(FakeBatch.of(record(1, NOON, 1100), record(2, NOON, 1100), record(3, NOON, 10)));

        assertThat(log().names()).containsExactly("app.log", "app.log.2026-03-29.0", "app.log.2026-03-29.1");
        assertThat(tasks).hasSize(1);

        tasks.get(0).run();

        assertThat(log().names()).containsExactly("app.log", "app.log.2026-03-29.0.gz", "app.log.2026-03-29.1.gz");
    }

    @Test
    void rolledFilesAreCompressedByAThreadOfTheSink() throws IOException {
        RollingFileSink sink = new RollingFileSink(options().withMaxFileSize(1024), this::onTrouble);
        sink.open();
        sink.flush(FakeBatch.of(
                record(1, Instant.now().toString(), 1100),
                record(2, Instant.now().toString(), 10)));
        sink.close();

        Awaitility.await()
                .atMost(EngineFixture.DEADLINE)
                .until(() -> log().names().stream()
                                        .filter(name -> name.endsWith(".0.gz"))
                                        .count()
                                == 1
                        && log().names().size() == 2);
        assertThat(troubles).isEmpty();
    }

    @Test
    void recordsThatComeAgainAfterFailuresAreAllThereOnce() throws IOException {
        Random random = new Random(7);
        RollingFileSink sink = sink(options().withMaxFileSize(2000).withMaxHistory(0));
        List<String> expected = new ArrayList<>();
        int next = 0;
        for (int round = 0; round < 150; round++) {
            int count = 1 + random.nextInt(60);
            List<LogRecord> batch = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String message = "record " + next + " " + "x".repeat(random.nextInt(200));
                batch.add(new FakeRecord().sequence(next++).at(NOON).message(message));
                expected.add(message);
            }
            flushInTheEnd(sink, batch, random);
        }
        sink.close();

        assertThat(log().allLines("app.log")).isEqualTo(expected);
        assertThat(troubles).isEmpty();
    }

    private void flushInTheEnd(RollingFileSink sink, List<LogRecord> batch, Random random) {
        for (int attempt = 0; attempt < 5; attempt++) {
            disk.room = random.nextInt(4) == 0 ? FaultyDisk.ENDLESS : random.nextInt(6000);
            disk.truncateFails = random.nextInt(3) == 0;
            disk.openFails = random.nextInt(5) == 0;
            try {
                sink.flush(FakeBatch.of(batch.toArray(new LogRecord[0])));
                return;
            } catch (IOException failure) {
                disk.openFails = false;
                disk.truncateFails = false;
            }
        }
        disk.room = FaultyDisk.ENDLESS;
        if (batch.size() == 1) {
            flushInTheEnd(sink, batch, random);
        } else {
            flushInTheEnd(sink, batch.subList(0, batch.size() / 2), random);
            flushInTheEnd(sink, batch.subList(batch.size() / 2, batch.size()), random);
        }
    }

    private static LogRecord record(long sequence, String instant, int length) {
        return new FakeRecord().sequence(sequence).at(instant).message("x".repeat(length));
    }

    private List<Integer> lengths(String name) {
        return log().lines(name).stream().map(String::length).toList();
    }

    private LogFolder log() {
        return new LogFolder(folder);
    }

    private void onTrouble(String message, Throwable cause) {
        troubles.add(message + ": " + cause);
    }

    private FileOptions options() {
        return FileOptions.to(folder.resolve("app.log")).withPattern("%m%n");
    }

    private RollingFileSink sink(FileOptions options) {
        return new RollingFileSink(options, this::onTrouble, clock, disk, background);
    }
}
