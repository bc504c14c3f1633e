package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asynclog.InvalidOptionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/** What the next process finds of a log in mapped files, and how it goes on. */
class RecoveryTest {
    @TempDir
    private Path folder;

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private Path directory() {
        return folder.resolve("buffer");
    }

    @Test
    void recordsOfAKilledProcessAreDeliveredBeforeNewOnes() {
        UUID instance;
        Path left;
        try (MappedFixture killed = new MappedFixture(directory())) {
            instance = killed.buffer.instance();
            killed.pushNumbered(100);
            left = killed.kill(folder.resolve("left"));
        }
        try (MappedFixture next = new MappedFixture(left)) {
            assertThat(next.buffer.instance()).isEqualTo(instance);
            next.pushNumbered(10);
            Cursor cursor = next.cursor("sink");
            assertThat(cursor.recovered()).isEqualTo(100);
            assertThat(MappedFixture.drain(cursor)).isEqualTo(numbers(0, 109));
            assertThat(next.buffer.accepted()).isEqualTo(10);
            assertThat(next.reports).isEmpty();
        }
    }

    @Test
    void eachSinkGoesOnWhereItWas() {
        Path left;
        try (MappedFixture killed = new MappedFixture(directory())) {
            Cursor fast = killed.cursor("fast");
            Cursor slow = killed.cursor("slow");
            killed.pushNumbered(300);
            assertThat(MappedFixture.drain(fast)).hasSize(300);
            slow.read(Level.TRACE, true);
            slow.pass();
            left = killed.kill(folder.resolve("left"));
        }
        try (MappedFixture next = new MappedFixture(left)) {
            Cursor fast = next.cursor("fast");
            Cursor slow = next.cursor("slow");
            assertThat(fast.recovered()).isZero();
            assertThat(slow.recovered()).isEqualTo(300 - MappedFixture.BATCH_SIZE);
            next.pushNumbered(1);
            assertThat(MappedFixture.drain(fast)).isEqualTo(numbers(300, 300));
            assertThat(MappedFixture.drain(slow)).isEqualTo(numbers(MappedFixture.BATCH_SIZE, 300));
        }
    }

    @Test
    void logGoesOnInTheSegmentInWhichItEnded() {
        Path left = directory();
        for (int run = 0; run < 20; run++) {
            try (MappedFixture engine = new MappedFixture(left)) {
                engine.pushNumbered(3);
                assertThat(engine.buffer.status().segmentsUsed()).isLessThanOrEqualTo(3);
                left = engine.kill(folder.resolve("left-" + run));
            }
        }
        try (MappedFixture next = new MappedFixture(left)) {
            assertThat(MappedFixture.drain(next.cursor("sink"))).isEqualTo(numbers(0, 59));
        }
    }

    @Test
    void whatIsLeftAtAShutdownIsDeliveredAfterIt() {
        try (MappedFixture engine = new MappedFixture(directory())) {
            Cursor cursor = engine.cursor("sink");
            engine.pushNumbered(100);
            cursor.read(Level.TRACE, true);
            cursor.pass();
        }
        try (MappedFixture next = new MappedFixture(directory())) {
            next.pushNumbered(5);
            assertThat(MappedFixture.drain(next.cursor("sink"))).isEqualTo(numbers(MappedFixture.BATCH_SIZE, 104));
            assertThat(next.reports).isEmpty();
        }
    }

    @Test
    void nothingIsLeftWhenEverythingWasPassed() {
        for (int run = 0; run < 5; run++) {
            try (MappedFixture engine = new MappedFixture(directory())) {
                Cursor cursor = engine.cursor("sink");
                assertThat(cursor.recovered()).isZero();
                engine.pushNumbered(500);
                assertThat(MappedFixture.drain(cursor)).isEqualTo(numbers(500L * run, 500L * run + 499));
                assertThat(engine.reports).isEmpty();
                assertThat(folder.resolve("buffer").toFile().list()).hasSizeLessThan(16);
            }
        }
    }

    @Test
    void nothingIsMissedOfASegmentThatWasPassedToItsEndAtTheShutdown() {
        for (int run = 0; run < 3; run++) {
            try (MappedFixture engine = new MappedFixture(directory())) {
                Cursor cursor = engine.cursor("sink");
                engine.buffer.cursorsOpened(true);
                engine.pushNumbered(3);
                engine.buffer.close();
                assertThat(MappedFixture.drain(cursor)).hasSize(3);
                assertThat(engine.buffer.status().segmentsUsed()).isZero();
                assertThat(engine.reports).isEmpty();
            }
        }
    }

    @Test
    void whatACrashOfTheMachineTookIsPassedWithoutAnyFurtherRecord() {
        Path left;
        try (MappedFixture crashed = new MappedFixture(directory())) {
            Cursor cursor = crashed.cursor("sink");
            crashed.pushNumbered(3);
            Path onTheDevice = crashed.kill(folder.resolve("device"));
            crashed.pushNumbered(2);
            cursor.read(Level.TRACE, true);
            cursor.attempt(cursor.batch());
            left = crashed.kill(folder.resolve("left"));
            MappedFixture.copySegments(onTheDevice, left);
        }
        try (MappedFixture next = new MappedFixture(left)) {
            Cursor cursor = next.cursor("sink");
            assertThat(next.buffer.nextSequence()).isEqualTo(5);
            assertThat(MappedFixture.drain(cursor)).isEqualTo(numbers(0, 2));
            assertThat(cursor.sequence()).isEqualTo(5);
        }
    }

    @Test
    void aSinkThatIsNewBeginsAtTheEndOfWhatWasLeft() {
        try (MappedFixture engine = new MappedFixture(directory())) {
            engine.cursor("old");
            engine.buffer.cursorsOpened(true);
            engine.pushNumbered(10);
        }
        try (MappedFixture next = new MappedFixture(directory())) {
            next.pushNumbered(5); // before it is opened, and for it
            assertThat(MappedFixture.drain(next.cursor("new"))).isEqualTo(numbers(10, 14));
            assertThat(MappedFixture.drain(next.cursor("old"))).isEqualTo(numbers(0, 14));
        }
    }

    @Test
    void recordsOfAProcessThatDiedBeforeAnySinkWasOpenedGoToAllSinks() {
        try (MappedFixture engine = new MappedFixture(directory())) {
            engine.pushNumbered(10);
        }
        try (MappedFixture next = new MappedFixture(directory())) {
            Cursor one = next.cursor("one");
            Cursor two = next.cursor("two");
            assertThat(MappedFixture.drain(one)).isEqualTo(numbers(0, 9));
            assertThat(MappedFixture.drain(two)).isEqualTo(numbers(0, 9));
        }
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 1, -1})
    void recordsOfAProcessThatDiedBeforeAnySinkWasOpenedGoToAllSinksThoughTheNoteOfThatIsDamaged(byte damage)
            throws IOException {
        Path left;
        try (MappedFixture killed = new MappedFixture(directory())) {
            killed.pushNumbered(10);
            left = killed.kill(folder.resolve("left"));
        }
        Path file = left.resolve(CursorFile.FILE_NAME);
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, FileFormat.UNSETTLED, FileFormat.UNSETTLED + 24, damage);
        Files.write(file, bytes);
        try (MappedFixture next = new MappedFixture(left)) {
            next.cursor("one");
            left = next.kill(folder.resolve("left-again"));
        }
        try (MappedFixture next = new MappedFixture(left)) {
            assertThat(MappedFixture.drain(next.cursor("one"))).isEqualTo(numbers(0, 9));
            assertThat(MappedFixture.drain(next.cursor("two"))).isEqualTo(numbers(0, 9));
        }
    }

    @Test
    void recordsOfAProcessThatDiedBeforeAllSinksWereOpenedGoToAllSinks() {
        try (MappedFixture engine = new MappedFixture(directory())) {
            engine.cursor("one");
            engine.buffer.cursorsOpened(true);
            engine.pushNumbered(10);
        }
        for (int run = 0; run < 3; run++) {
            try (MappedFixture next = new MappedFixture(directory())) {
                next.pushNumbered(100);
                next.cursor("one"); // and no other
            }
        }
        try (MappedFixture next = new MappedFixture(directory())) {
            Cursor one = next.cursor("one");
            Cursor two = next.cursor("two");
            next.buffer.cursorsOpened(true);
            assertThat(MappedFixture.drain(one)).isEqualTo(numbers(0, 309));
            assertThat(MappedFixture.drain(two)).isEqualTo(numbers(10, 309));
        }
        try (MappedFixture next = new MappedFixture(directory())) {
            assertThat(MappedFixture.drain(next.cursor("new"))).isEmpty();
        }
    }

    @Test
    void backlogLargerThanTheBufferNowMayBeIsDelivered() {
        try (MappedFixture engine = new MappedFixture(directory(), MappedFixture.options(64))) {
            engine.cursor("sink");
            engine.pushNumbered(1000);
        }
        try (MappedFixture next = new MappedFixture(directory(), MappedFixture.options(4))) {
            assertThat(next.push("no room")).isEqualTo(AsyncBuffer.DROPPED);
            Cursor cursor = next.cursor("sink");
            assertThat(MappedFixture.drain(cursor)).isEqualTo(numbers(0, 999));
            next.pushNumbered(1);
            assertThat(cursor.read(Level.TRACE, true)).isTrue();
        }
    }

    @Test
    void segmentsOfAnotherSizeAreDeliveredAndNotUsedAgain() {
        try (MappedFixture engine = new MappedFixture(directory())) {
            engine.cursor("sink");
            engine.pushNumbered(200);
        }
        BufferOptions larger = MappedFixture.options(16).withSegmentSize(8192).withMaxSize(16L * 8192);
        try (MappedFixture next = new MappedFixture(directory(), larger)) {
            next.pushNumbered(200);
            assertThat(MappedFixture.drain(next.cursor("sink"))).isEqualTo(numbers(0, 399));
            assertThat(next.reports).isEmpty();
        }
    }

    @Test
    void aDirectoryBelongsToOneEngine() {
        try (MappedFixture owner = new MappedFixture(directory())) {
            assertThatThrownBy(() -> new MappedFixture(directory()))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("buffer.directory")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            owner.pushNumbered(1);
        }
        new MappedFixture(directory()).close();
    }

    @Test
    void directoryThatCannotBeMadeIsRefused() {
        assertThatThrownBy(() -> new MappedFixture(Path.of("/proc/asynclog")))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("/proc/asynclog");
    }

    @Test
    void aProcessThatDiedWhileItMadeTheCursorFileLeftNoDamage() throws IOException {
        Files.createDirectory(directory());
        Files.write(directory().resolve(CursorFile.FILE_NAME), new byte[10_000]);
        try (MappedFixture next = new MappedFixture(directory())) {
            next.pushNumbered(10);
            assertThat(MappedFixture.drain(next.cursor("sink"))).isEqualTo(numbers(0, 9));
            assertThat(next.reports).isEmpty();
        }
    }

    @Test
    void repeatsAreMarked() {
        Path left;
        try (MappedFixture killed = new MappedFixture(directory())) {
            Cursor cursor = killed.cursor("sink");
            killed.pushNumbered(40);
            cursor.read(Level.TRACE, true);
            cursor.attempt(cursor.batch());
            left = killed.kill(folder.resolve("left"));
        }
        try (MappedFixture next = new MappedFixture(left)) {
            Cursor cursor = next.cursor("sink");
            cursor.read(Level.TRACE, true);
            cursor.attempt(cursor.batch());
            assertThat(cursor.batch().redelivered()).isTrue();
            cursor.pass();
            cursor.read(Level.TRACE, true);
            cursor.attempt(cursor.batch());
            assertThat(cursor.batch().redelivered()).isFalse();
        }
    }

    @Test
    void processThatDiesWhileItsSinksAreOpenedForTheFirstTimeCostsNoneOfThemARecord() {
        Path left;
        try (MappedFixture killed = new MappedFixture(directory())) {
            killed.pushNumbered(10);
            killed.cursor("one");
            left = killed.kill(folder.resolve("left"));
        }
        try (MappedFixture next = new MappedFixture(left)) {
            next.pushNumbered(1);
            Cursor one = next.cursor("one");
            Cursor two = next.cursor("two");
            assertThat(MappedFixture.drain(one)).isEqualTo(numbers(0, 10));
            assertThat(MappedFixture.drain(two)).isEqualTo(numbers(0, 10));
        }
    }

    @Test
    void backlogOfASinkThatIsGoneIsKeptUntilTheBufferIsFull() {
        try (MappedFixture engine = new MappedFixture(directory())) {
            engine.cursor("gone");
            engine.pushNumbered(100);
        }
        try (MappedFixture without = new MappedFixture(directory())) {
            Cursor stays = without.cursor("stays");
            without.buffer.cursorsOpened(true);
            assertThat(without.reports).anyMatch(report -> report.contains("'gone'"));
            without.pushNumbered(1);
            MappedFixture.drain(stays);
            assertThat(without.buffer.status().absentSinks()).containsEntry("gone", 101L);
        }
        try (MappedFixture back = new MappedFixture(directory())) {
            Cursor gone = back.cursor("gone");
            Cursor stays = back.cursor("stays");
            back.buffer.cursorsOpened(true);
            MappedFixture.drain(stays);
            assertThat(MappedFixture.drain(gone)).isEqualTo(numbers(0, 100));
        }
        try (MappedFixture without = new MappedFixture(directory())) {
            Cursor stays = without.cursor("stays");
            without.buffer.cursorsOpened(true);
            List<Long> delivered = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                without.pushNumbered(100); // more than fits, over and over
                delivered.addAll(MappedFixture.drain(stays));
            }
            assertThat(delivered).isEqualTo(numbers(101, 3100));
            assertThat(without.buffer.status().dropped()).isZero();
            assertThat(without.buffer.status().absentSinks().get("gone")).isLessThan(3000);
        }
    }

    @Test
    void startThatFailsCostsNoSinkItsBacklog() {
        try (MappedFixture engine = new MappedFixture(directory())) {
            engine.cursor("file");
            engine.cursor("console");
            engine.buffer.cursorsOpened(true);
            engine.pushNumbered(200);
        }
        try (MappedFixture failed = new MappedFixture(directory())) {
            failed.buffer.checkpointOf("file"); // the file was opened, then another sink failed to
            Cursor console = failed.cursor("console");
            failed.buffer.cursorsOpened(false);
            failed.buffer.close();
            assertThat(MappedFixture.drain(console)).hasSize(200);
            assertThat(failed.reports).isEmpty();
        }
        try (MappedFixture next = new MappedFixture(directory())) {
            assertThat(MappedFixture.drain(next.cursor("file"))).isEqualTo(numbers(0, 199));
            assertThat(next.reports).isEmpty();
        }
    }

    @Test
    void whatABestEffortSinkWasToSkipIsNotMissedByTheNextProcess() {
        Path left;
        try (MappedFixture killed = new MappedFixture(directory(), MappedFixture.options(4))) {
            killed.buffer.openCursor("hangs", false, Thread.currentThread(), 16);
            Cursor other = killed.cursor("other");
            killed.buffer.cursorsOpened(true);
            for (int i = 0; i < 10; i++) {
                killed.pushNumbered(30);
                MappedFixture.drain(other);
            }
            left = killed.kill(folder.resolve("left"));
        }
        try (MappedFixture next = new MappedFixture(left, MappedFixture.options(4))) {
            next.cursor("hangs");
            assertThat(next.reports).isEmpty();
        }
    }

    @Test
    void cursorFileOfAnotherLogIsPutAside() throws IOException {
        try (MappedFixture other = new MappedFixture(folder.resolve("other"))) {
            other.cursor("sink");
            other.pushNumbered(5000);
        }
        try (MappedFixture engine = new MappedFixture(directory())) {
            engine.cursor("sink");
            engine.buffer.cursorsOpened(true);
            engine.pushNumbered(100);
        }
        Files.copy(
                folder.resolve("other").resolve(CursorFile.FILE_NAME),
                directory().resolve(CursorFile.FILE_NAME),
                StandardCopyOption.REPLACE_EXISTING);
        try (MappedFixture next = new MappedFixture(directory())) {
            assertThat(MappedFixture.drain(next.cursor("sink"))).isEqualTo(numbers(0, 99));
            assertThat(next.reports).singleElement().asString().contains("belongs to another log");
            assertThat(next.buffer.status().recovery().damaged()).isZero();
            assertThat(next.buffer.nextSequence()).isEqualTo(100);
        }
    }

    @Test
    void sinkWhosePlaceReadsAsZerosBeginsAtTheOldestRecordThatIsThere() throws IOException {
        Path left = twoSinksThatPassed200Of300();
        zeroSlot(left, 1);
        try (MappedFixture next = new MappedFixture(left)) {
            Cursor intact = next.cursor("intact");
            Cursor zeroed = next.cursor("zeroed");
            assertThat(MappedFixture.drain(intact)).isEqualTo(numbers(200, 299));
            List<Long> again = MappedFixture.drain(zeroed);
            assertThat(again).endsWith(numbers(200, 299).toArray(Long[]::new));
            assertThat(again).isEqualTo(numbers(again.get(0), 299));
            assertThat(next.reports).singleElement().asString().contains("cursors.dat is damaged");
        }
    }

    @Test
    void placesThatAllReadAsZerosAreDamage() throws IOException {
        Path left = twoSinksThatPassed200Of300();
        zeroSlot(left, 0);
        zeroSlot(left, 1);
        try (MappedFixture next = new MappedFixture(left)) {
            Cursor intact = next.cursor("intact");
            Cursor zeroed = next.cursor("zeroed");
            assertThat(MappedFixture.drain(intact)).containsAll(numbers(200, 299));
            assertThat(MappedFixture.drain(zeroed)).containsAll(numbers(200, 299));
            assertThat(next.reports).singleElement().asString().contains("cursors.dat is damaged");
        }
    }

    @Test
    void processThatDiesBeforeASinkWithoutItsPlaceIsOpenedCostsItNoRecord() throws IOException {
        Path left = twoSinksThatPassed200Of300();
        zeroSlot(left, 1);
        try (MappedFixture killed = new MappedFixture(left)) {
            killed.cursor("intact");
            left = killed.kill(folder.resolve("left-again"));
        }
        try (MappedFixture next = new MappedFixture(left)) {
            Cursor intact = next.cursor("intact");
            Cursor zeroed = next.cursor("zeroed");
            assertThat(MappedFixture.drain(intact)).isEqualTo(numbers(200, 299));
            assertThat(MappedFixture.drain(zeroed)).containsAll(numbers(200, 299));
        }
    }

    @Test
    void placeThatWasGivenUpIsNotMissed() {
        try (MappedFixture engine = new MappedFixture(directory())) {
            Cursor stays = engine.cursor("stays");
            engine.cursor("gone").saved().remove();
            engine.buffer.cursorsOpened(true);
            engine.pushNumbered(10);
            MappedFixture.drain(stays);
        }
        try (MappedFixture next = new MappedFixture(directory())) {
            assertThat(MappedFixture.drain(next.cursor("gone"))).isEmpty();
            assertThat(next.reports).isEmpty();
        }
    }

    private Path twoSinksThatPassed200Of300() {
        try (MappedFixture killed = new MappedFixture(directory())) {
            Cursor intact = killed.cursor("intact");
            Cursor zeroed = killed.cursor("zeroed");
            killed.buffer.cursorsOpened(true);
            killed.pushNumbered(200);
            MappedFixture.drain(intact);
            MappedFixture.drain(zeroed);
            killed.pushNumbered(100);
            return killed.kill(folder.resolve("left"));
        }
    }

    /** Leaves of a sink's place what a page reads as that was never written back: both copies are gone. */
    private static void zeroSlot(Path directory, int slot) throws IOException {
        Path file = directory.resolve(CursorFile.FILE_NAME);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        FileFormat.clearSlot(bytes, slot);
        Files.write(file, bytes.array());
    }

    @Test
    void filesOfAnotherVersionAreLeftAsTheyAre() throws IOException {
        try (MappedFixture engine = new MappedFixture(directory())) {
            engine.pushNumbered(1);
        }
        Path cursors = directory().resolve(CursorFile.FILE_NAME);
        byte[] bytes = ofVersion2(cursors, 0);

        assertThatThrownBy(() -> new MappedFixture(directory()))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("cursors.dat is of version 2");
        assertThat(Files.readAllBytes(cursors)).isEqualTo(bytes);
    }

    @Test
    void aSegmentOfAnotherVersionIsLeftAsItIs() throws IOException {
        try (MappedFixture engine = new MappedFixture(directory())) {
            engine.pushNumbered(1);
        }
        Path segment = directory().resolve("segment-1.dat");
        byte[] bytes = ofVersion2(segment, 0, FileFormat.SEGMENT_HEADER + MappedFixture.SEGMENT_SIZE);

        assertThatThrownBy(() -> new MappedFixture(directory()))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("segment-1.dat is of version 2");
        assertThat(Files.readAllBytes(segment)).isEqualTo(bytes);
    }

    /** Makes the headers of a file those of another version, and returns what it has then. */
    private static byte[] ofVersion2(Path file, int... headers) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        for (int at : headers) {
            buffer.putInt(at + 8, 2);
            CRC32C crc = new CRC32C();
            crc.update(bytes, at, 56);
            buffer.putInt(at + 56, (int) crc.getValue());
        }
        Files.write(file, bytes);
        return bytes;
    }

    @Test
    void segmentsThatNobodyReadAreAsGoodAsNewWhenTheyAreUsedAgain() {
        try (MappedFixture engine = new MappedFixture(directory())) {
            engine.cursor("gone");
            Cursor stays = engine.cursor("stays");
            engine.buffer.cursorsOpened(true);
            engine.pushNumbered(400);
            MappedFixture.drain(stays);
        }
        try (MappedFixture next = new MappedFixture(directory())) {
            Cursor stays = next.cursor("stays");
            next.buffer.cursorsOpened(true);
            List<Long> delivered = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                next.pushNumbered(10); // so that the cursor comes into each segment while it is being filled
                delivered.addAll(MappedFixture.drain(stays));
            }
            assertThat(delivered).isEqualTo(numbers(400, 2399));
        }
    }

    @Test
    void recordsBehindAPaddingThatALossOfPowerTookAreMissedByNobody() {
        Path left;
        try (MappedFixture crashed = new MappedFixture(directory())) {
            Cursor upToDate = crashed.cursor("up-to-date");
            crashed.cursor("lagging");
            crashed.buffer.cursorsOpened(true);
            crashed.pushNumbered(3);
            assertThat(MappedFixture.drain(upToDate)).hasSize(3);
            Path onTheDevice = crashed.kill(folder.resolve("device"));
            crashed.buffer.close(); // pads the segment to its end
            MappedFixture.pass(upToDate);
            left = crashed.kill(folder.resolve("left"));
            MappedFixture.copySegments(onTheDevice, left);
        }
        try (MappedFixture next = new MappedFixture(left)) {
            Cursor upToDate = next.cursor("up-to-date");
            Cursor lagging = next.cursor("lagging");
            next.buffer.cursorsOpened(true);
            next.pushNumbered(2);
            assertThat(MappedFixture.drain(upToDate)).isEqualTo(numbers(3, 4));
            assertThat(MappedFixture.drain(lagging)).isEqualTo(numbers(0, 4));
            assertThat(upToDate.recovered()).isZero();
        }
    }
}
