package io.asynclog.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.asynclog.AsyncLogManager;
import io.asynclog.EngineFixture;
import io.asynclog.consumer.RetryOptions;
import io.asynclog.consumer.SinkOptions;
import io.asynclog.layout.FakeRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writing to one file: whole batches or nothing, whatever happens to the disk. Rolling has tests of its own. */
class RollingFileSinkTest {
    @TempDir
    Path folder;

    private final FaultyDisk disk = new FaultyDisk();
    private final ManualClock clock = new ManualClock("2026-03-29T12:00:00Z", "UTC");

    @Test
    void recordsAreAppendedAsLinesOfThePattern() throws IOException {
        try (RollingFileSink sink = sink(options())) {
            sink.flush(FakeBatch.range(1, 3));
            sink.flush(FakeBatch.range(4, 4));
        }

        assertThat(log().lines("app.log")).containsExactly("record 1", "record 2", "record 3", "record 4");
    }

    @Test
    void defaultPatternIsTheLineOfSpringBoot() throws IOException {
        try (RollingFileSink sink = sink(FileOptions.to(path()))) {
            sink.flush(FakeBatch.range(1, 1));
        }

        assertThat(log().text("app.log"))
                .matches("2026-03-29T.{13,18}  INFO \\d+ --- \\[main] "
                        + "com\\.example\\.orders\\.OrderService          : record 1\\R");
    }

    @Test
    void linesOfJsonHaveNoPattern() throws IOException {
        try (RollingFileSink sink = sink(FileOptions.to(path()).withFormat(LineFormat.JSON))) {
            sink.flush(FakeBatch.range(1, 2));
        }

        assertThat(log().text("app.log").lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"@timestamp\":\"2026-03-29T") && line.endsWith("}"))
                .element(1)
                .asString()
                .contains("\"message\":\"record 2\"");
    }

    @Test
    void foldersAreCreatedAndTheFileIsReadableByOwnerAndGroupOnly() throws IOException {
        Path deep = folder.resolve("a/b/app.log");
        try (RollingFileSink sink = sink(options().withPath(deep))) {
            sink.open();
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(deep)))
                .isEqualTo("rw-r-----");
    }

    /** The search for poisonous records must not take the file for alive, as it takes no record before its turn. */
    @Test
    void fileWithinASinkKeepsEveryRecordWhileItFails() throws IOException {
        AtomicBoolean down = new AtomicBoolean(true);
        disk.beforeWrite = () -> {
            if (down.get()) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }
        };
        RollingFileSink file = sink(options());
        SinkOptions fast =
                SinkOptions.defaults().withRetry(new RetryOptions(2, Duration.ofMillis(1), Duration.ofMillis(4)));
        AsyncLogManager.Builder builder = AsyncLogManager.builder().sink("wrapped", batch -> file.flush(batch), fast);
        try (EngineFixture engine = new EngineFixture(builder)) {
            for (int i = 0; i < 10; i++) {
                engine.log.info("line {}", i);
            }
            await().atMost(EngineFixture.DEADLINE)
                    .until(() -> engine.sinkStatus("wrapped").retries() > 20);
            assertThat(engine.sinkStatus("wrapped").failed()).isZero();

            down.set(false);
            await().atMost(EngineFixture.DEADLINE)
                    .until(() -> engine.sinkStatus("wrapped").depth() == 0);
            assertThat(engine.sinkStatus("wrapped").failed()).isZero();
        }
        assertThat(Files.readAllLines(path())).hasSize(10);
    }

    @Test
    void restartAppendsToWhatIsThere() throws IOException {
        Files.writeString(path(), "before\n");
        try (RollingFileSink sink = sink(options())) {
            sink.flush(FakeBatch.range(1, 1));
        }

        assertThat(log().lines("app.log")).containsExactly("before", "record 1");
    }

    @Test
    void lineThatWasCutOffByACrashIsNotContinued() throws IOException {
        Files.writeString(path(), "before\nhalf a li");
        disk.room = 3;
        RollingFileSink sink = sink(options());
        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.range(1, 1)));
        disk.room = FaultyDisk.ENDLESS;
        sink.flush(FakeBatch.range(1, 1));
        sink.flush(FakeBatch.range(2, 2));
        sink.close();

        assertThat(log().lines("app.log")).containsExactly("before", "half a li", "record 1", "record 2");
    }

    @Test
    void openSaysWhenTheFileCannotBeWritten() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        RollingFileSink inFile = sink(options().withPath(folder.resolve("file/app.log")));
        RollingFileSink onFolder = sink(options().withPath(folder));

        assertThatIOException().isThrownBy(inFile::open);
        assertThatIOException().isThrownBy(onFolder::open);
    }

    @Test
    void flushAfterCloseOpensTheFileAgain() throws IOException {
        RollingFileSink sink = sink(options());
        for (int i = 1; i <= 3; i++) {
            sink.flush(FakeBatch.range(i, i));
            sink.close();
        }
        sink.close();

        assertThat(log().lines("app.log")).containsExactly("record 1", "record 2", "record 3");
        assertThat(disk.opened).isEqualTo(3);
    }

    @Test
    void fullDiskLeavesNothingOfTheBatchAndTheRetryIsNotDoubled() throws IOException {
        RollingFileSink sink = sink(options());
        sink.flush(FakeBatch.range(1, 2));
        disk.room = 25;

        assertThatIOException()
                .isThrownBy(() -> sink.flush(FakeBatch.range(3, 6)))
                .withMessageContaining("No space left");
        assertThat(log().lines("app.log")).containsExactly("record 1", "record 2");
        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.range(3, 6)));

        disk.room = 1000;
        sink.flush(FakeBatch.range(3, 6));

        assertThat(log().lines("app.log")).hasSize(6).last().isEqualTo("record 6");
    }

    @Test
    void batchesLargerThanAChunkAreTakenBackAsAWhole() throws IOException {
        RollingFileSink sink = sink(options());
        sink.flush(FakeBatch.range(1, 1));
        disk.room = 200_000;

        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.range(2, 50_000)));

        assertThat(log().lines("app.log")).containsExactly("record 1");
    }

    @Test
    void whatCouldNotBeTakenBackIsTakenBackBeforeTheNextWrite() throws IOException {
        RollingFileSink sink = sink(options());
        sink.flush(FakeBatch.range(1, 1));
        disk.room = 13;
        disk.truncateFails = true;

        assertThatIOException()
                .isThrownBy(() -> sink.flush(FakeBatch.range(2, 3)))
                .satisfies(failure -> assertThat(failure.getSuppressed()).isNotEmpty());
        assertThat(log().text("app.log")).isEqualTo("record 1\nrecord 2\nreco".replace("\n", System.lineSeparator()));

        disk.truncateFails = false;
        disk.room = 1000;
        sink.flush(FakeBatch.range(2, 3));

        assertThat(log().lines("app.log")).containsExactly("record 1", "record 2", "record 3");
    }

    @Test
    void diskThatComesBackIsUsedAgain() throws IOException {
        RollingFileSink sink = sink(options());
        disk.openFails = true;
        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.range(1, 1)));

        disk.openFails = false;
        sink.flush(FakeBatch.range(1, 1));

        assertThat(log().lines("app.log")).containsExactly("record 1");
    }

    @Test
    void layoutThatThrowsLeavesNothingBehind() throws IOException {
        RollingFileSink sink = sink(options());
        FakeBatch broken = FakeBatch.of(new FakeRecord().message("x".repeat(100_000)), new FakeRecord() {
            @Override
            public int utf8Length(Text text) {
                throw new IllegalStateException("used after its flush");
            }
        });

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> sink.flush(broken));

        assertThat(log().text("app.log")).isEmpty();
    }

    @Test
    void interruptBeforeAFlushDoesNotDisturbIt() throws IOException {
        RollingFileSink sink = sink(options());
        Thread.currentThread().interrupt();
        sink.flush(FakeBatch.range(1, 1));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(log().lines("app.log")).containsExactly("record 1");
    }

    @Test
    void interruptWithinAFlushFailsItAndLeavesNothingBehind() throws IOException {
        RollingFileSink sink = sink(options());
        sink.flush(FakeBatch.range(1, 1));
        disk.beforeWrite = () -> {
            if (disk.room < FaultyDisk.ENDLESS - 100_000) {
                Thread.currentThread().interrupt();
            }
        };

        assertThatExceptionOfType(ClosedByInterruptException.class)
                .isThrownBy(() -> sink.flush(FakeBatch.range(2, 50_000)));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(log().lines("app.log")).containsExactly("record 1");
        disk.beforeWrite = () -> {};
        sink.flush(FakeBatch.range(2, 2));
        assertThat(log().lines("app.log")).containsExactly("record 1", "record 2");
    }

    @Test
    void lostFolderIsCreatedAnewWithinASecond() throws IOException {
        Path logs = folder.resolve("logs");
        RollingFileSink sink = sink(options().withPath(logs.resolve("app.log")));
        sink.flush(FakeBatch.range(1, 1));
        Files.delete(logs.resolve("app.log"));
        Files.delete(logs);
        clock.advance(Duration.ofSeconds(1));
        sink.flush(FakeBatch.range(2, 2));

        assertThat(new LogFolder(logs).lines("app.log")).containsExactly("record 2");
    }

    @Test
    void fileThatWasMovedAwayIsCreatedAnewWithinASecond() throws IOException {
        RollingFileSink sink = sink(options());
        sink.flush(FakeBatch.range(1, 1));
        Files.move(path(), folder.resolve("moved.log"));
        sink.flush(FakeBatch.range(2, 2));
        clock.advance(Duration.ofSeconds(1));
        sink.flush(FakeBatch.range(3, 3));

        assertThat(log().lines("moved.log")).containsExactly("record 1", "record 2");
        assertThat(log().lines("app.log")).containsExactly("record 3");
    }

    @Test
    void flushThatFailsAheadOfItsBatchCutsNothingThatOthersAppended() throws IOException {
        Path logs = folder.resolve("logs");
        RollingFileSink sink = sink(options().withPath(logs.resolve("app.log")));
        sink.flush(FakeBatch.range(1, 1));
        Files.writeString(logs.resolve("app.log"), "rotated by hand\n", StandardOpenOption.APPEND);
        Files.move(logs, folder.resolve("away"));
        Files.createFile(logs); // so that nobody can tell whether the file is lost
        clock.advance(Duration.ofSeconds(1));
        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.range(2, 2)));
        Files.delete(logs);
        Files.move(folder.resolve("away"), logs);
        sink.flush(FakeBatch.range(2, 2));

        assertThat(new LogFolder(logs).lines("app.log")).containsExactly("record 1", "rotated by hand", "record 2");
    }

    @Test
    void clockThatIsSetBackDoesNotKeepALostFileFromBeingNoticed() throws IOException {
        RollingFileSink sink = sink(options());
        sink.flush(FakeBatch.range(1, 1));
        Files.delete(path());
        clock.advance(Duration.ofHours(-1));
        sink.flush(FakeBatch.range(2, 2));

        assertThat(log().lines("app.log")).containsExactly("record 2");
    }

    @Test
    void fileThatIsGoneWhenItIsToBeRolledIsCreatedAnew() throws IOException {
        RollingFileSink sink = sink(options().withMaxFileSize(1024));
        sink.flush(FakeBatch.of(new FakeRecord().message("x".repeat(1100))));
        Files.delete(path());
        sink.flush(FakeBatch.range(201, 201));

        assertThat(log().lines("app.log")).containsExactly("record 201");
    }

    @Test
    void fileThatWasEmptiedIsContinuedAtItsNewEnd() throws IOException {
        RollingFileSink sink = sink(options());
        sink.flush(FakeBatch.range(1, 100));
        Files.writeString(path(), "");
        sink.flush(FakeBatch.range(101, 101));
        disk.room = 3;
        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.range(102, 102)));

        assertThat(log().lines("app.log")).containsExactly("record 101");
    }

    @Test
    void syncForcesOncePerFlush() throws IOException {
        RollingFileSink sink = sink(options().withSync(FileOptions.Sync.FLUSH));
        sink.flush(FakeBatch.range(1, 50_000));
        sink.flush(FakeBatch.range(50_001, 50_001));

        assertThat(disk.forced).isEqualTo(2);
    }

    @Test
    void folderIsForcedBeforeTheFirstWriteHoweverOftenThatFails() throws IOException {
        RollingFileSink sink = sink(options().withSync(FileOptions.Sync.FLUSH));
        disk.forceFolderFails = true;
        assertThatIOException().isThrownBy(sink::open);
        assertThat(disk.closed).isEqualTo(disk.opened).isEqualTo(1);
        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.range(1, 1)));
        assertThat(log().text("app.log")).isEmpty();

        disk.forceFolderFails = false;
        sink.flush(FakeBatch.range(1, 1));
        sink.flush(FakeBatch.range(2, 2));

        assertThat(log().lines("app.log")).containsExactly("record 1", "record 2");
        assertThat(disk.foldersForced).isEqualTo(1);
    }

    @Test
    void withoutSyncNothingIsForced() throws IOException {
        RollingFileSink sink = sink(options());
        sink.flush(FakeBatch.range(1, 1));

        assertThat(disk.forced).isZero();
        assertThat(disk.foldersForced).isZero();
    }

    @Test
    void flushThatCannotBeForcedFailsAndIsTakenBack() throws IOException {
        RollingFileSink sink = sink(options().withSync(FileOptions.Sync.FLUSH));
        disk.forceFails = true;
        assertThatIOException().isThrownBy(() -> sink.flush(FakeBatch.range(1, 1)));
        disk.forceFails = false;
        sink.flush(FakeBatch.range(1, 1));

        assertThat(log().lines("app.log")).containsExactly("record 1");
    }

    private Path path() {
        return folder.resolve("app.log");
    }

    private LogFolder log() {
        return new LogFolder(folder);
    }

    private FileOptions options() {
        return FileOptions.to(path()).withPattern("%m%n");
    }

    private RollingFileSink sink(FileOptions options) {
        return new RollingFileSink(
                options,
                (message, cause) -> {
                    throw new AssertionError(message, cause);
                },
                clock,
                disk,
                Runnable::run);
    }
}
