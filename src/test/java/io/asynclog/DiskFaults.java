package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.OverflowPolicy;
import io.asynclog.consumer.RetryOptions;
import io.asynclog.consumer.SinkOptions;
import io.asynclog.consumer.SinkStatus;
import io.asynclog.sink.FileOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The child process of {@link FaultIT}: what an engine does when a disk fails, in a process that has that disk for
 * itself.
 */
final class DiskFaults {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    /** How many segments in files are kept ready. */
    private static final int SPARES = 2;

    private static final String FILLING = " " + "x".repeat(200);

    private final Disk disk;
    private final Path elsewhere;
    private final SwitchedSink sink = new SwitchedSink();
    private final RecordedErrors errors = new RecordedErrors();

    private DiskFaults(Disk disk, Path elsewhere) {
        this.disk = disk;
        this.elsewhere = elsewhere;
    }

    /** Takes the name of a fault, the folder where the disk is, whether it is real, and a folder on a sound disk. */
    public static void main(String[] args) throws Exception {
        DiskFaults faults = new DiskFaults(new Disk(Path.of(args[1]), Boolean.parseBoolean(args[2])), Path.of(args[3]));
        switch (args[0]) {
            case "fullBufferDisk" -> faults.fullBufferDisk(OverflowPolicy.valueOf(args[4]));
            case "diesOnFullDisk" -> faults.diesOnFullDisk();
            case "startsOnFullDisk" -> faults.startsOnFullDisk();
            case "fullLogDisk" -> faults.fullLogDisk();
            case "readOnlyFromTheStart" -> faults.readOnlyFromTheStart();
            case "readOnlyWhileRunning" -> faults.readOnlyWhileRunning();
            case "deletedWhileRunning" -> faults.deletedWhileRunning();
            default -> throw new AssertionError(args[0]);
        }
    }

    private AsyncLogManager.Builder engine(OverflowPolicy policy) {
        return AsyncLogManager.builder()
                .bufferOptions(BufferOptions.mapped(disk.buffer())
                        .withSegmentSize(Disk.SEGMENT_SIZE)
                        .withMaxSize(1024L * Disk.SEGMENT_SIZE)
                        .withPolicy(policy)
                        .withMaxWait(Duration.ofMillis(100)))
                .sink("switched", sink, SinkOptions.defaults().withRetry(patient()))
                .errorHandler(errors);
    }

    private static RetryOptions patient() {
        return new RetryOptions(1_000_000, Duration.ofMillis(1), Duration.ofMillis(10));
    }

    // ---- the buffer's disk ------------------------------------------------------------------------------------------

    private void fullBufferDisk(OverflowPolicy policy) throws IOException {
        AsyncLogManager manager = engine(policy).build();
        manager.initialize();
        disk.leave(40L * Disk.SEGMENT_SIZE);
        Load load = new Load(manager);
        load.logUntil(() -> manager.status().buffer().dropped() >= 1000);
        assertThat(sink.count()).isZero();
        await().atMost(DEADLINE).until(() -> has("grow"));

        disk.free();
        long accepted = manager.status().buffer().accepted();
        load.logUntil(() -> manager.status().buffer().accepted() > accepted + 10_000); // although the sink is down

        sink.down(false);
        load.logUntil(() -> sink.count() > accepted);
        load.end(manager);
    }

    private boolean has(String message) {
        return errors.messages().stream().anyMatch(said -> said.contains(message));
    }

    private Path notes() {
        return elsewhere.resolve("accepted");
    }

    private void diesOnFullDisk() throws IOException {
        AsyncLogManager manager = engine(OverflowPolicy.DROP).build();
        manager.initialize();
        disk.leave(40L * Disk.SEGMENT_SIZE);
        Load load = new Load(manager);
        load.logUntil(() -> manager.status().buffer().dropped() >= 1000);
        Files.writeString(notes(), String.valueOf(manager.status().buffer().accepted()));
        Runtime.getRuntime().halt(0);
    }

    private void startsOnFullDisk() throws IOException {
        long left = Long.parseLong(Files.readString(notes()));
        AsyncLogManager manager = engine(OverflowPolicy.DROP).build();
        manager.initialize();
        assertThat(manager.status().sinks().get(0).recovered()).isEqualTo(left);
        sink.down(false);
        await().atMost(DEADLINE).until(() -> sink.count() == left);
        manager.getLogger("1").info("100000000 has room now");
        ShutdownReport report = manager.shutdown(DEADLINE);
        assertThat(report.isComplete()).isTrue();
        assertThat(sink.count()).isEqualTo(left + 1);
        assertThat(sink.failures()).isEmpty();
        EngineFixture.assertLedgerIsExact(manager.status());
    }

    // ---- the log's disk ---------------------------------------------------------------------------------------------

    private void fullLogDisk() throws IOException {
        disk.leaveForLog(1 << 20);
        AsyncLogManager manager = AsyncLogManager.builder()
                .bufferOptions(BufferOptions.mapped(elsewhere.resolve("buffer")).withSegmentSize(Disk.SEGMENT_SIZE))
                .file(FileOptions.to(disk.log()).withPattern("%msg%n").withMaxHistory(0))
                .sinkOptions("file", SinkOptions.defaults().withRetry(patient()))
                .errorHandler(errors)
                .build();
        manager.initialize();
        AsyncLogger log = manager.getLogger("log");
        long number = 0;
        for (; number < 20_000; number++) {
            log.info(new Numbered(1, 0, number).text());
        }
        await().atMost(DEADLINE).until(() -> manager.status().sinks().get(0).state() == SinkStatus.State.RETRYING);
        for (; number < 40_000; number++) {
            log.info(new Numbered(1, 0, number).text());
        }
        assertThat(manager.status().sinks().get(0).lastFailure().message())
                .containsPattern("No space left on device|File too large");

        await().atMost(DEADLINE).until(() -> {
            disk.freeForLog();
            return manager.status().sinks().get(0).depth() == 0;
        });
        ShutdownReport report = manager.shutdown(DEADLINE);
        assertThat(report.isComplete()).isTrue();
        assertThat(report.sinks().get("file").flushed()).isEqualTo(number);
        Lives inFile = new Lives("file");
        new RolledLog(disk.log()).forEachLine(line -> inFile.arrived(Numbered.parse(line)));
        assertThat(inFile.count()).isEqualTo(number);
        EngineFixture.assertLedgerIsExact(manager.status());
    }

    // ---- a directory that cannot be written to ----------------------------------------------------------------------

    private void readOnlyFromTheStart() {
        assertThatThrownBy(() -> engine(OverflowPolicy.BLOCK).build())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("buffer.directory")
                .hasMessageContaining(disk.buffer().toString());
    }

    private void readOnlyWhileRunning() throws IOException, InterruptedException {
        AsyncLogManager manager = engine(OverflowPolicy.DROP).build();
        manager.initialize();
        Load load = new Load(manager);
        load.logUntil(() -> manager.status().buffer().segmentsUsed() >= 20);
        awaitSpares(manager);
        disk.makeReadOnly();
        load.logUntil(() -> manager.status().buffer().dropped() >= 1000);
        await().atMost(DEADLINE).until(() -> has("grow"));
        assertThat(sink.count()).isZero();
        sink.down(false);
        long accepted = manager.status().buffer().accepted();
        load.logUntil(() -> sink.count() > accepted + 10_000);
        load.end(manager);
        assertThat(errors.messages())
                .filteredOn(said -> !said.contains("'switched'"))
                .hasSizeBetween(1, 2) // that it cannot grow, and perhaps that files cannot be deleted
                .allMatch(said -> said.contains("cannot"));
    }

    private void deletedWhileRunning() {
        AsyncLogManager manager = engine(OverflowPolicy.DROP).build();
        manager.initialize();
        Load load = new Load(manager);
        load.logUntil(() -> manager.status().buffer().segmentsUsed() >= 20);
        awaitSpares(manager);
        disk.deleteBuffer();
        await().atMost(DEADLINE).until(() -> has("deleted"));
        sink.down(false);
        long accepted = manager.status().buffer().accepted();
        load.logUntil(() -> sink.count() > accepted + 10_000);
        load.end(manager);
        assertThat(errors.messages())
                .filteredOn(said -> !said.contains("'switched'") && !said.contains("cannot grow"))
                .singleElement()
                .asString()
                .contains(disk.buffer() + " of the buffer was deleted");
    }

    /** Waits until no file is in the making any more, for nobody logs: one that appears meanwhile is not the fault. */
    private static void awaitSpares(AsyncLogManager manager) {
        await().atMost(DEADLINE).until(() -> manager.status().buffer().segmentsFree() >= SPARES);
    }

    /** Two threads that log numbered records while something is not yet the case. */
    private final class Load {
        private final AsyncLogManager manager;
        private final long[] next = new long[2];

        Load(AsyncLogManager manager) {
            this.manager = manager;
        }

        void logUntil(BooleanSupplier over) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < next.length; i++) {
                int producer = i;
                AsyncLogger log = manager.getLogger(Integer.toString(producer));
                Thread thread = new Thread(() -> {
                    while (!over.getAsBoolean()) {
                        for (int k = 0; k < 10; k++) {
                            log.info(next[producer]++ + FILLING);
                        }
                    }
                });
                thread.start();
                threads.add(thread);
            }
            threads.forEach(DiskFaults::join);
        }

        /** Has everything delivered that was taken, and the engine end. */
        void end(AsyncLogManager manager) {
            ShutdownReport report = manager.shutdown(DEADLINE);
            assertThat(report.isComplete()).isTrue();
            assertThat(sink.failures()).isEmpty();
            assertThat(sink.count()).isEqualTo(report.accepted());
            assertThat(report.accepted() + report.dropped() - sink.foreign()).isEqualTo(next[0] + next[1]);
            EngineFixture.assertLedgerIsExact(manager.status());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
