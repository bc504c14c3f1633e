package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.Latches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentFilesTest {
    private static final long DEADLINE = TimeUnit.SECONDS.toNanos(20);

    @TempDir
    private Path directory;

    private SegmentFiles files;

    @BeforeEach
    void setUp() {
        files = new SegmentFiles(
                directory, new FileFormat.Identity(new UUID(0, 1), 2), 4096, 0, (message, cause) -> {});
    }

    @Test
    void fileOfASegmentThatIsForcedIsNotCut() throws IOException {
        Segment used = new Segment(files.create());
        used.beginForcing();
        files.discard(used);

        assertThat(used.publishedFrom(0)).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void directoryIsNotGivenUpWhileAFileIsAtWork() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread working = new Thread(() -> files.whileOwned(() -> {
            begun.countDown();
            Latches.await(end);
        }));
        working.start();
        Latches.await(begun);

        assertThat(files.giveUp(1)).isFalse();
        end.countDown();
        assertThat(files.giveUp(DEADLINE)).isTrue();
        working.join();
        files.whileOwned(() -> assertThat(directory).as("is somebody else's").isNull());
    }

    @Test
    void threadThatIsInterruptedGivesTheDirectoryUpToo() {
        Thread.currentThread().interrupt();

        assertThat(files.giveUp(DEADLINE)).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void threadThatIsInterruptedMakesAFileToo() throws IOException {
        Thread.currentThread().interrupt();

        assertThat(new Segment(files.create()).publishedFrom(0)).isZero();
        assertThat(Thread.interrupted()).isTrue();
    }
}
