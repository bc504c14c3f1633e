package io.asynclog.buffer;

import static io.asynclog.EngineFixture.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** How a buffer in mapped files grows and shrinks, and what it does when it cannot. */
class MappedGrowthTest {
    private static final byte[] LOGGER = RecordEncoder.encodeLoggerName("l");
    private static final int SEGMENT_SIZE = 4096;

    @TempDir
    private Path folder;

    private final List<String> reports = new ArrayList<>();
    private final Queue<Runnable> background = new ArrayDeque<>();

    private AsyncBuffer buffer(int maxSegments, Executor executor) {
        BufferOptions options = BufferOptions.mapped(directory())
                .withSegmentSize(SEGMENT_SIZE)
                .withMaxRecordSize(SEGMENT_SIZE)
                .withMaxSize((long) maxSegments * SEGMENT_SIZE)
                .withPolicy(OverflowPolicy.DROP);
        return new AsyncBuffer(options, executor, (message, cause) -> reports.add(message + ": " + cause));
    }

    private Path directory() {
        return folder.resolve("buffer");
    }

    private void runBackground() {
        for (Runnable task = background.poll(); task != null; task = background.poll()) {
            task.run();
        }
    }

    private static long push(AsyncBuffer buffer) {
        RecordEncoder record = buffer.leaseEncoder();
        try {
            record.begin(Level.INFO, LOGGER, 1, Thread.currentThread());
            record.message("x".repeat(1500));
            return buffer.push(record);
        } finally {
            buffer.releaseEncoder(record);
        }
    }

    /** A segment that a slow disk is making is waited for. */
    private static int pushUntilFull(AsyncBuffer buffer) {
        for (int count = 0; ; ) {
            if (push(buffer) != AsyncBuffer.DROPPED) {
                count++;
            } else if (!buffer.dropReason(AsyncBuffer.DROPPED).contains("has been in the making")) {
                return count;
            }
        }
    }

    private List<Path> segmentFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> file.getFileName().toString().startsWith("segment-"))
                    .toList();
        }
    }

    /** Stands in the way of the segments with these numbers. */
    private void obstruct(int from, int to) throws IOException {
        for (int number = from; number < to; number++) {
            Files.createDirectories(directory().resolve("segment-" + number + ".dat.tmp"));
        }
    }

    private void clearTheWay() throws IOException {
        for (Path file : segmentFiles()) {
            if (Files.isDirectory(file)) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aSpareThatComesWhenItsPlaceIsTakenIsDeleted() throws IOException {
        AsyncBuffer buffer = buffer(4, background::add);
        pushUntilFull(buffer); // which made its own while the spares were still to be made
        runBackground();
        BufferStatus status = buffer.status();
        assertThat(segmentFiles()).hasSize(status.segmentsUsed() + status.segmentsFree());
        assertThat(segmentFiles()).hasSizeLessThanOrEqualTo(4);
        buffer.release();
    }

    @Test
    void aSpareThatComesWhenTheDirectoryWasGivenUpIsNotMade() throws IOException {
        AsyncBuffer buffer = buffer(4, background::add);
        push(buffer);
        buffer.release();
        List<Path> left = segmentFiles();
        runBackground();
        assertThat(segmentFiles()).isEqualTo(left);
    }

    @Test
    void callerThatIsInterruptedGetsASegmentToo() {
        AsyncBuffer buffer = buffer(8, background::add); // no spares
        Thread.currentThread().interrupt();
        int room = pushUntilFull(buffer);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(room).isEqualTo(14); // two in each segment but the reserve
        buffer.housekeep();
        assertThat(reports).isEmpty();
        buffer.release();
    }

    @Test
    void growthIsTriedAgainAlthoughNoSinkMoves() throws IOException {
        AsyncBuffer buffer = buffer(100, Runnable::run);
        obstruct(6, 200);
        int room = pushUntilFull(buffer);
        assertThat(room).isBetween(4, 12);
        buffer.housekeep();
        assertThat(push(buffer)).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(buffer.dropReason(AsyncBuffer.DROPPED))
                .contains("no room in the buffer, which cannot grow", ".dat.tmp: Is a directory", "'drop'")
                .contains("See to the disk of 'buffer.directory'.");
        clearTheWay();
        buffer.housekeep();
        await().atMost(DEADLINE).until(() -> push(buffer) >= 0);
        assertThat(pushUntilFull(buffer)).isGreaterThan(100);
        buffer.release();
    }

    @Test
    void growthThatFailsIsToldOnceAndOnceThatItWorksAgain() throws IOException {
        AsyncBuffer buffer = buffer(100, Runnable::run);
        obstruct(6, 200);
        for (int i = 0; i < 3; i++) {
            pushUntilFull(buffer);
            buffer.housekeep();
        }
        assertThat(reports)
                .singleElement()
                .asString()
                .contains("The buffer cannot grow")
                .contains(".dat.tmp: Is a directory");
        clearTheWay();
        await().atMost(DEADLINE).untilAsserted(() -> {
            buffer.housekeep();
            assertThat(reports).hasSize(2).last().asString().contains("No longer: The buffer cannot grow");
        });
        buffer.release();
    }

    @Test
    void anExecutorThatTakesNothingHoldsNobodyUp() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            AsyncBuffer buffer = buffer(4, task -> {
                throw new RejectedExecutionException("Closed");
            });
            assertThat(pushUntilFull(buffer)).isEqualTo(6);
            buffer.housekeep();
            buffer.housekeep();
            assertThat(reports).singleElement().asString().contains("No segment can be made ahead", "Closed");
            buffer.release();
        });
    }

    @Test
    void filesThatCannotBeDeletedAreToldOnce() throws IOException {
        AsyncBuffer buffer = buffer(100, Runnable::run);
        Cursor cursor = buffer.openCursor("sink", true, Thread.currentThread(), 64);
        pushUntilFull(buffer);
        buffer.housekeep();
        assertThat(reports).isEmpty();
        obstruct(1, 150);
        MappedFixture.pass(cursor);
        buffer.housekeep();
        buffer.housekeep();
        assertThat(reports).singleElement().asString().contains("cannot be deleted");
        buffer.release();
    }

    @Test
    void aDirectoryThatIsDeletedIsToldOnceAndHoldsNobodyUp() throws IOException {
        AsyncBuffer buffer = buffer(100, Runnable::run);
        Cursor cursor = buffer.openCursor("sink", true, Thread.currentThread(), 64);
        pushUntilFull(buffer);
        buffer.housekeep();
        long accepted = buffer.accepted();
        assertThat(buffer.status().recovery().directoryLost()).isFalse();
        for (Path file : segmentFiles()) {
            Files.delete(file);
        }
        try (Stream<Path> files = Files.list(directory())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory());
        MappedFixture.pass(cursor);
        assertThat(cursor.sequence()).isEqualTo(accepted);
        for (int i = 0; i < 100; i++) {
            assertThat(push(buffer)).isNotNegative();
            MappedFixture.pass(cursor);
            buffer.housekeep();
        }
        assertThat(reports).singleElement().asString().contains("was deleted");
        assertThat(buffer.status().recovery().directoryLost()).isTrue();
        buffer.release();
    }
}
