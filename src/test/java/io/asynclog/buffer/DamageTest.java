package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted of what an earlier process left and cannot be read, and what is kept of it. */
class DamageTest {
    @TempDir
    private Path folder;

    @Test
    void aRecordThatIsDamagedIsCountedAndACopyOfItsFileKept() throws IOException {
        Path left = killedWith3Records();
        Path file = firstSegment(left);
        damageSecondRecord(file);
        byte[] damaged = Files.readAllBytes(file);
        try (MappedFixture next = new MappedFixture(left)) {
            assertThat(MappedFixture.drain(next.cursor("sink"))).containsExactly(0L, 2L);
            RecoveryStatus recovery = next.buffer.status().recovery();
            assertThat(recovery.damaged()).isEqualTo(1);
            assertThat(recovery.unfinished()).isZero();
            assertThat(kept(left)).singleElement().satisfies(copy -> {
                assertThat(copy.getFileName().toString()).matches(file.getFileName() + "\\.[0-9a-f]{8}");
                assertThat(copy).hasBinaryContent(damaged);
                assertThat(next.reports)
                        .singleElement()
                        .asString()
                        .contains("damaged; known to be missing: record 1; a copy is kept as " + copy);
            });
        }
    }

    @Test
    void aCallThatHadNotReturnedIsCountedApartAndNothingIsKeptOfIt() throws IOException {
        Path left;
        try (MappedFixture killed = new MappedFixture(folder.resolve("buffer"))) {
            killed.pushNumbered(1);
            long unpublished = killed.buffer.log().enter(0, found -> true).claim(64);
            assertThat(unpublished).isPositive();
            killed.pushNumbered(1);
            left = killed.kill(folder.resolve("left"));
        }
        try (MappedFixture next = new MappedFixture(left)) {
            assertThat(MappedFixture.drain(next.cursor("sink"))).containsExactly(0L, 2L);
            RecoveryStatus recovery = next.buffer.status().recovery();
            assertThat(recovery.unfinished()).isEqualTo(1);
            assertThat(recovery.damaged()).isZero();
            assertThat(next.reports)
                    .singleElement()
                    .asString()
                    .contains("had not returned when the process ended, or zeroed; known to be missing: record 1");
            assertThat(left.resolve(DamageReport.DIRECTORY)).doesNotExist();
        }
    }

    @Test
    void ofACallAtTheEndThatHadNotReturnedNoRecordIsKnownToBeMissing() throws IOException {
        Path left;
        try (MappedFixture killed = new MappedFixture(folder.resolve("buffer"))) {
            killed.pushNumbered(1);
            long half = killed.buffer.log().enter(0, found -> true).claim(64);
            killed.buffer.log().enter(0, found -> true).bytes().putInt((int) half + 8, 1);
            left = killed.kill(folder.resolve("left"));
        }
        try (MappedFixture next = new MappedFixture(left)) {
            assertThat(MappedFixture.drain(next.cursor("sink"))).containsExactly(0L);
            assertThat(next.reports).singleElement().asString().contains("known to be missing: nothing");
        }
    }

    @Test
    void namesTheRecordsThatAreMissing() {
        assertThat(DamageReport.records(5, 0)).isEqualTo("nothing");
        assertThat(DamageReport.records(5, 1)).isEqualTo("record 5");
        assertThat(DamageReport.records(5, 5)).isEqualTo("records 5 to 9");
    }

    /** The umask takes permissions away, and gives none: whatever it is, there are none left for others. */
    @Test
    void nothingOfTheBufferIsAccessibleToOthers() throws IOException {
        Path parent = folder.resolve("parent");
        Path directory = parent.resolve("buffer");
        try (MappedFixture engine = new MappedFixture(directory)) {
            engine.pushNumbered(3);
        }
        damageSecondRecord(firstSegment(directory));
        try (MappedFixture next = new MappedFixture(directory)) {
            MappedFixture.pass(next.cursor("sink"));
            try (Stream<Path> all = Files.walk(parent)) {
                List<Path> made = all.toList();
                assertThat(made)
                        .contains(
                                parent,
                                directory,
                                directory.resolve(DirectoryLock.FILE_NAME),
                                directory.resolve(CursorFile.FILE_NAME),
                                firstSegment(directory),
                                kept(directory).get(0))
                        .allSatisfy(path -> assertThat(Files.getPosixFilePermissions(path))
                                .as("permissions of %s", path)
                                .doesNotContain(
                                        PosixFilePermission.OTHERS_READ,
                                        PosixFilePermission.OTHERS_WRITE,
                                        PosixFilePermission.OTHERS_EXECUTE));
            }
        }
    }

    private Path killedWith3Records() {
        try (MappedFixture killed = new MappedFixture(folder.resolve("buffer"))) {
            killed.pushNumbered(3);
            return killed.kill(folder.resolve("left"));
        }
    }

    private static Path firstSegment(Path directory) {
        return directory.resolve("segment-1.dat");
    }

    private static void damageSecondRecord(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
        int first = FileFormat.SEGMENT_HEADER;
        int second = first + bytes.getInt(first);
        int third = second + bytes.getInt(second);
        int within = (second + third) / 2;
        bytes.put(within, (byte) (bytes.get(within) ^ 1));
        Files.write(file, bytes.array());
    }

    private static List<Path> kept(Path directory) throws IOException {
        try (Stream<Path> copies = Files.list(directory.resolve(DamageReport.DIRECTORY))) {
            return copies.toList();
        }
    }
}
