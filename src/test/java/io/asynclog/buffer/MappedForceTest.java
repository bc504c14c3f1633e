package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is forced to the device of a buffer in mapped files. That the name of a file is forced, too, shows where its
 * directory cannot be opened: a mapping needs none.
 */
class MappedForceTest {
    @TempDir
    private Path folder;

    private Path directory() {
        return folder.resolve("buffer");
    }

    private void assertForcesTheDirectory(AsyncBuffer buffer) throws IOException {
        Path away = Files.move(directory(), folder.resolve("away"));
        assertThatThrownBy(buffer::force).isInstanceOf(NoSuchFileException.class);
        Files.move(away, directory());
        buffer.force();
    }

    private void assertForcesNoDirectory(AsyncBuffer buffer) throws IOException {
        Path away = Files.move(directory(), folder.resolve("away"));
        buffer.force();
        Files.move(away, directory());
    }

    @Test
    void theNameOfAFileIsForcedOnceInEachOfItsLives() throws IOException {
        try (MappedFixture engine = new MappedFixture(directory())) {
            AsyncBuffer buffer = engine.buffer;
            Cursor cursor = engine.cursor("sink");
            buffer.cursorsOpened(true);
            engine.pushNumbered(1);
            Segment segment = buffer.log().enter(0, found -> true);
            assertForcesTheDirectory(buffer);
            engine.pushNumbered(1);
            assertForcesNoDirectory(buffer);

            long firstBase = segment.base();
            while (segment.base() == firstBase) {
                buffer.force();
                MappedFixture.drain(cursor);
                engine.pushNumbered(1);
            }
            assertForcesTheDirectory(buffer);
        }
    }

    @Test
    void recordsAreForcedAndTheHeaderBeforeThemInEachLifeOfTheSegment() throws IOException {
        int size = MappedFixture.SEGMENT_SIZE;
        SegmentFile file =
                SegmentFile.create(folder.resolve("segment-1.dat"), new FileFormat.Identity(new UUID(0, 1), 2), size);
        List<String> forced = new ArrayList<>();
        SegmentFile.Device device = (mapping, from, length) -> forced.add(from + "+" + length);
        String header = "0+" + FileFormat.SEGMENT_HEADER;
        String footer = (FileFormat.SEGMENT_HEADER + size) + "+" + FileFormat.SEGMENT_FOOTER;

        file.force(0, 0, 64, device);
        file.force(0, 64, 192, device);
        file.force(size, 0, 8, device);

        int data = FileFormat.SEGMENT_HEADER;
        assertThat(forced)
                .containsExactly(header, footer, data + "+64", (data + 64) + "+128", header, footer, data + "+8");
    }
}
