package io.asynclog.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.Latches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

    @TempDir
    Path folder;

    private final List<String> troubles = new ArrayList<>();
    private final List<Throwable> causes = new ArrayList<>();

    @Test
    void rolledFilesOfMoreDaysAgoThanMaxHistoryAreDeleted() throws IOException {
        create("app.log.2026-03-10.0.gz", "app.log.2026-03-03.0.gz", "app.log.2026-03-03.1.gz");
        create("app.log.2026-03-02.0.gz", "app.log.2026-02-01.17.gz", "app.log.2019-12-31.0");

        archives(options()).tidyLater(TODAY);

        assertThat(names())
                .containsExactly("app.log.2026-03-03.0.gz", "app.log.2026-03-03.1.gz", "app.log.2026-03-10.0.gz");
    }

    @Test
    void clockThatJumpsAheadForAWhileDeletesNothing() throws IOException {
        create("app.log.2026-03-10.0.gz", "app.log.2026-03-09.0.gz", "app.log.2026-03-04.0.gz");
        Archives archives = archives(options());
        LocalDate jumped = LocalDate.of(2099, 1, 1);
        archives.tidyAfterRoll(jumped);
        create("app.log.2099-01-01.0.gz");
        archives.tidyAfterRoll(jumped); // a second time
        archives.tidyAfterRoll(TODAY);

        assertThat(names()).hasSize(4);
    }

    @Test
    void daysWithoutRecordsCountWhenAFileOfALaterDayIsRolled() throws IOException {
        create("app.log.2026-02-01.0.gz", "app.log.2026-01-28.0.gz", "app.log.2026-01-01.0.gz");
        archives(options()).tidyAfterRoll(TODAY);
        assertThat(names()).containsExactly("app.log.2026-01-28.0.gz", "app.log.2026-02-01.0.gz");

        create("app.log.2026-03-10.0.gz");
        archives(options()).tidyAfterRoll(TODAY.plusDays(1));
        assertThat(names()).containsExactly("app.log.2026-03-10.0.gz");
    }

    @Test
    void maxHistoryOfZeroKeepsAll() throws IOException {
        create("app.log.1999-01-01.0.gz");

        archives(options().withMaxHistory(0)).tidyLater(TODAY);

        assertThat(names()).containsExactly("app.log.1999-01-01.0.gz");
    }

    @Test
    void oldestAreDeletedWhereAllTogetherExceedTheCap() throws IOException {
        for (String name : List.of("2026-03-10.10", "2026-03-10.9", "2026-03-10.2", "2026-03-09.11")) {
            Files.write(folder.resolve("app.log." + name + ".gz"), new byte[1000]);
        }

        archives(options().withTotalSizeCap(2500)).tidyLater(TODAY);

        assertThat(names()).containsExactly("app.log.2026-03-10.10.gz", "app.log.2026-03-10.9.gz");
    }

    @Test
    void whereNoThreadIsToBeHadTheNextRollTidiesUp() throws IOException {
        create("app.log.2026-03-10.0.gz", "app.log.2019-12-31.0");
        Deque<Executor> executors = new ArrayDeque<>();
        executors.add(task -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        executors.add(Runnable::run);
        Archives archives = new Archives(
                folder.resolve("app.log"),
                options(),
                task -> executors.remove().execute(task),
                (message, cause) -> troubles.add(message));

        archives.tidyLater(TODAY);
        assertThat(troubles).singleElement().asString().contains("no thread");

        archives.tidyLater(TODAY);
        assertThat(names()).containsExactly("app.log.2026-03-10.0.gz");
    }

    @Test
    void otherFilesAreLeftAlone() throws IOException {
        String[] others = {
            "app.log",
            "app.log.2019-13-01.0.gz",
            "app.log.2019-01-01.gz",
            "app.log.2019-01-01.0.gz.bak",
            "app.log.2019-01-01.0.gz.old.tmp",
            "app.log.2019-01-01.0.zip",
            "app.log.old",
            "app.log2019-01-01.0.gz",
            "appXlog.2019-01-01.0.gz",
            "my.app.log.2019-01-01.0.gz",
            "other.log.2019-01-01.0.gz",
        };
        create(others);

        archives(options().withTotalSizeCap(1)).tidyLater(TODAY);

        assertThat(names()).containsExactlyInAnyOrder(others);
        assertThat(troubles).isEmpty();
    }

    @Test
    void leftoversOfACrashAreFinished() throws IOException {
        create("app.log.2026-03-10.0.gz", "app.log.2026-03-10.0"); // compressed, not deleted yet
        create("app.log.2026-03-10.1", "app.log.2026-03-10.1.gz.tmp"); // half compressed
        create("app.log.2026-03-10.1.gz.7f3a90c2.tmp", "app.log.2026-03-10.1.gz.5.tmp"); // that, too
        create("app.log.2026-03-10.2"); // not begun

        archives(options()).tidyLater(TODAY);

        assertThat(names())
                .containsExactly("app.log.2026-03-10.0.gz", "app.log.2026-03-10.1.gz", "app.log.2026-03-10.2.gz");
        assertThat(new LogFolder(folder).text("app.log.2026-03-10.1.gz")).isEqualTo("app.log.2026-03-10.1");
    }

    @Test
    void indexGoesOnBehindAllThatAreThere() throws IOException {
        create("app.log", "app.log.2026-03-10.7.gz", "app.log.2026-03-10.8.gz.tmp", "app.log.2026-03-09.33.gz");
        Archives archives = archives(options());
        archives.roll(TODAY);
        create("app.log", "app.log.2026-03-10.10"); // taken by another meanwhile
        archives.roll(TODAY);

        assertThat(names())
                .contains("app.log.2026-03-10.9", "app.log.2026-03-10.11")
                .doesNotContain("app.log");
    }

    @Test
    void fileThatIsCompressedAlreadyKeepsItsIndexForItself() throws IOException {
        create("app.log");
        Archives archives = archives(options());
        archives.roll(TODAY);
        create("app.log", "app.log.2026-03-10.1.gz"); // by another meanwhile
        archives.roll(TODAY);
        archives.tidyLater(TODAY);

        assertThat(names())
                .containsExactly("app.log.2026-03-10.0.gz", "app.log.2026-03-10.1.gz", "app.log.2026-03-10.2.gz");
    }

    @Test
    void leftoverIsDeletedEvenWhenOthersCannotBeCompressed() throws IOException {
        Files.createDirectory(folder.resolve("app.log.2026-03-10.0"));
        create("app.log.2026-03-10.1", "app.log.2026-03-10.1.gz", "app.log.2026-03-11.1", "app.log.2026-03-11.1.gz");

        archives(options()).tidyLater(TODAY);

        assertThat(names())
                .containsExactly("app.log.2026-03-10.0", "app.log.2026-03-10.1.gz", "app.log.2026-03-11.1.gz");
    }

    @Test
    void rolledFileStaysUntilTheCompressedOneIsForcedToTheDisk() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        disk.forceFails = true;
        create("app.log.2026-03-10.0");
        Archives archives = new Archives(folder.resolve("app.log"), options(), disk, Runnable::run, this::onTrouble);
        archives.tidyLater(TODAY);

        assertThat(names()).containsExactly("app.log.2026-03-10.0");

        disk.forceFails = false;
        archives.tidyLater(TODAY);

        assertThat(names()).containsExactly("app.log.2026-03-10.0.gz");
        assertThat(disk.forced).isEqualTo(1);
    }

    @Test
    void engineThatIsReplacedWhileItCompressesDoesNotTakeWhatTheNextOneIsWriting() throws Exception {
        create("app.log.2026-03-10.0");
        CountDownLatch nextIsWriting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FaultyDisk nextDisk = new FaultyDisk();
        nextDisk.beforeWrite = () -> {
            nextIsWriting.countDown();
            Latches.await(goOn);
        };
        Thread next = new Thread(() -> archives(nextDisk).tidyLater(TODAY));
        FaultyDisk disk = new FaultyDisk();
        disk.beforeWrite = () -> {
            if (next.getState() == Thread.State.NEW) {
                next.start();
                Latches.await(nextIsWriting);
            }
        };
        archives(disk).tidyLater(TODAY);

        assertThat(names()).contains("app.log.2026-03-10.0").doesNotContain("app.log.2026-03-10.0.gz");

        goOn.countDown();
        next.join();

        assertThat(names()).containsExactly("app.log.2026-03-10.0.gz");
        assertThat(new LogFolder(folder).text("app.log.2026-03-10.0.gz")).isEqualTo("app.log.2026-03-10.0");
        assertThat(troubles).isEmpty();
    }

    @Test
    void fileThatAnotherEngineHasCompressedMeanwhileIsNoTrouble() throws IOException {
        create("app.log.2026-03-10.0");
        FaultyDisk disk = new FaultyDisk();
        disk.beforeEffect = () -> archives(options()).tidyLater(TODAY);
        archives(disk).tidyLater(TODAY);

        assertThat(names()).containsExactly("app.log.2026-03-10.0.gz");
        assertThat(troubles).isEmpty();
    }

    @Test
    void rollOverwritesNothing() throws IOException {
        create("app.log.2026-03-10.0");
        Files.writeString(folder.resolve("app.log"), "new");
        archives(options()).roll(TODAY);

        assertThat(Files.readString(folder.resolve("app.log.2026-03-10.0"))).isEqualTo("app.log.2026-03-10.0");
        assertThat(Files.readString(folder.resolve("app.log.2026-03-10.1"))).isEqualTo("new");
    }

    @Test
    void expiredFilesAreDeletedEvenWhenOthersCannotBeCompressed() throws IOException {
        Files.createDirectory(folder.resolve("app.log.2026-03-10.0"));
        create("app.log.2019-01-01.0.gz");

        archives(options()).tidyLater(TODAY);

        assertThat(names()).containsExactly("app.log.2026-03-10.0");
        assertThat(troubles).hasSize(1).first().asString().contains("could not be compressed");
    }

    @Test
    void fileThatCannotBeCompressedDoesNotKeepOthersFromIt() throws IOException {
        for (int i = 0; i < 10; i += 2) { // in whatever order the folder lists them
            Files.createDirectory(folder.resolve("app.log.2026-03-10." + i));
            create("app.log.2026-03-10." + (i + 1));
        }

        archives(options()).tidyLater(TODAY);

        assertThat(names()).hasSize(10).contains("app.log.2026-03-10.1.gz", "app.log.2026-03-10.9.gz");
        assertThat(names()).filteredOn(name -> name.endsWith(".gz")).hasSize(5);
        assertThat(causes).singleElement().satisfies(cause -> assertThat(cause.getSuppressed())
                .hasSize(4));
    }

    @Test
    void fileThatCannotBeDeletedDoesNotKeepOlderOnesFromIt() throws IOException {
        Files.createDirectories(folder.resolve("app.log.2020-01-01.0.gz/not-empty"));
        create("app.log.2019-01-01.0.gz");

        archives(options()).tidyLater(TODAY);

        assertThat(names()).containsExactly("app.log.2020-01-01.0.gz");
        assertThat(troubles).singleElement().asString().contains("could not be deleted");
    }

    @Test
    void troubleThatLastsIsToldWhenItBeginsAndWhenItEnds() throws IOException {
        Path stubborn = Files.createDirectory(folder.resolve("app.log.2026-03-10.0"));
        Archives archives = archives(options());
        archives.tidyLater(TODAY);
        archives.tidyLater(TODAY);
        assertThat(troubles).hasSize(1);

        Files.delete(stubborn);
        archives.tidyLater(TODAY);
        archives.tidyLater(TODAY);
        assertThat(troubles).hasSize(2);
        assertThat(troubles.get(1)).isEqualTo("No longer: " + troubles.get(0));

        Files.createDirectory(stubborn);
        archives.tidyLater(TODAY);
        assertThat(troubles).hasSize(3);
    }

    @Test
    void missingFolderIsTold() {
        Archives archives = new Archives(folder.resolve("none/app.log"), options(), Runnable::run, this::onTrouble);
        archives.tidyLater(TODAY);

        assertThat(troubles).hasSize(2);
    }

    private void create(String... names) throws IOException {
        for (String name : names) {
            Files.writeString(folder.resolve(name), name);
        }
    }

    private List<String> names() {
        return new LogFolder(folder).names();
    }

    private void onTrouble(String message, Throwable cause) {
        troubles.add(message);
        causes.add(cause);
    }

    private FileOptions options() {
        return FileOptions.to(folder.resolve("app.log"));
    }

    private Archives archives(FileOptions options) {
        return new Archives(folder.resolve("app.log"), options, Runnable::run, this::onTrouble);
    }

    private Archives archives(FaultyDisk disk) {
        return new Archives(folder.resolve("app.log"), options(), disk, Runnable::run, this::onTrouble);
    }
}
