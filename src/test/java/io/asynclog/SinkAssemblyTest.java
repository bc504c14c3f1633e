package io.asynclog;

import static io.asynclog.EngineFixture.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.consumer.Delivery;
import io.asynclog.consumer.SinkOptions;
import io.asynclog.internal.Checkpoint;
import io.asynclog.sink.FileOptions;
import io.asynclog.sink.RollingFileSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkAssemblyTest {
    private static final String SINK = "file";

    @TempDir
    Path directory;

    private final RecordedErrors errors = new RecordedErrors();

    @Test
    void thereIsNoCheckpointWhereTheBufferIsInMemory() {
        AsyncBuffer buffer = buffer(BufferOptions.defaults());

        assertThat(buffer.checkpointOf(SINK)).isSameAs(Checkpoint.NONE);
        close(buffer);
    }

    @Test
    void checkpointIsKeptWhereTheBufferIsMapped() {
        AsyncBuffer buffer = buffer(BufferOptions.mapped(directory));
        buffer.checkpointOf(SINK).save(new byte[] {1, 2, 3});

        assertThat(buffer.checkpointOf(SINK).load()).containsExactly(1, 2, 3);
        close(buffer);
    }

    @Test
    void engineKeepsACheckpointOfItsFileWhereItsBufferIsMapped() {
        AsyncBuffer buffer = buffer(BufferOptions.mapped(directory.resolve("buffer")));
        AsyncLogManager.Builder builder =
                AsyncLogManager.builder().buffer(buffer).file(FileOptions.to(directory.resolve("service.log")));
        try (EngineFixture engine = new EngineFixture(builder)) {
            engine.log.info("one");
            engine.flushed();

            assertThat(buffer.checkpointOf(SINK).load()).isNotNull();
        }
    }

    @Test
    void rollingFileOfTheApplicationStopsTheStartWhenItCannotBeWritten() throws IOException {
        try (AsyncLogManager manager = managerOf(unwritableFile())) {
            assertThatThrownBy(manager::initialize)
                    .isInstanceOf(InvalidSinkException.class)
                    .hasMessageStartingWith("Sink 'audit' cannot be opened: Its file cannot be written: ")
                    .hasMessageContaining("audit.log");
        }
    }

    @Test
    void rollingFileOfTheApplicationIsLeftOutOfAShutdownWhenItCannotBeWritten() throws IOException {
        CollectingSink other = new CollectingSink();
        try (AsyncLogManager manager =
                builderWith(unwritableFile()).sink("other", other).build()) {
            manager.getLogger("test").warn("early");
            assertThatThrownBy(manager::initialize).isInstanceOf(InvalidSinkException.class);
            manager.shutdown(EngineFixture.DEADLINE);
        }

        assertThat(other.records()).hasSize(1);
        assertThat(errors.messages()).anyMatch(message -> message.contains("Sink 'audit' cannot be opened"));
    }

    @Test
    void rollingFileOfTheApplicationIsClosedWhenTheStartFails() throws IOException {
        Path path = directory.resolve("first.log");
        RollingFileSink first = new RollingFileSink(FileOptions.to(path), errors);
        AsyncLogManager.Builder builder = AsyncLogManager.builder()
                .sink("first", first)
                .sink("second", new RollingFileSink(FileOptions.to(unwritableFile()), errors))
                .errorHandler(errors);
        try (AsyncLogManager manager = builder.build()) {
            assertThatThrownBy(manager::initialize).isInstanceOf(InvalidSinkException.class);
            assertThat(path).exists();
            assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "open files can be listed");
            assertThat(openFiles()).isNotEmpty().doesNotContain(path.toRealPath());
        }
    }

    @Test
    void allThatIsWrongIsToldWhenTheStartFails() throws IOException {
        Path unwritable = unwritableFile();
        AsyncLogManager.Builder builder = builderWith(unwritable)
                .file(FileOptions.to(unwritable.resolveSibling("app.log")))
                .deadLetters(unwritable.resolveSibling("letters.log"))
                .sinks(() -> {
                    throw new IllegalStateException("no such bean");
                });
        try (AsyncLogManager manager = builder.build()) {
            assertThatThrownBy(manager::initialize).hasMessage("no such bean").satisfies(first -> assertThat(
                            first.getSuppressed())
                    .extracting(Throwable::getMessage)
                    .satisfiesExactly(
                            ownFile -> assertThat(ownFile).startsWith("Option 'file.path'"),
                            audit -> assertThat(audit).startsWith("Sink 'audit' cannot be opened"),
                            letters -> assertThat(letters).startsWith("Option 'dead-letter.path'")));
        }
    }

    @Test
    void twoThatWriteToOneFileStopTheStart() throws IOException {
        Path file = directory.resolve("app.log");
        Path link = Files.createSymbolicLink(directory.resolve("link.log"), file);
        AsyncLogManager manager = AsyncLogManager.builder()
                .file(FileOptions.to(file))
                .sink("second", new RollingFileSink(FileOptions.to(link), errors))
                .deadLetters(directory.resolve("x/../app.log"))
                .errorHandler(errors)
                .build();
        assertThatThrownBy(manager::initialize).isInstanceOfSatisfying(InvalidSinkException.class, fault -> {
            assertThat(fault.sink()).isEqualTo("second");
            assertThat(fault).hasMessageContaining("Sink 'file' writes to its file " + file);
            assertThat(fault.getSuppressed()).singleElement().asString().contains("dead-letter.path");
        });
        manager.close();
    }

    @Test
    void aFileThatIsNotThereYetIsTheSameThroughALinkedFolder() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("folder"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), folder);
        AsyncLogManager manager = AsyncLogManager.builder()
                .file(FileOptions.to(link.resolve("app.log")))
                .sink("second", new RollingFileSink(FileOptions.to(folder.resolve("app.log")), errors))
                .deadLetters(link.resolve("app.log"))
                .errorHandler(errors)
                .build();
        assertThatThrownBy(manager::initialize).isInstanceOfSatisfying(InvalidSinkException.class, fault -> {
            assertThat(fault.sink()).isEqualTo("second");
            assertThat(fault).hasMessageContaining("Give each a file of its own");
            assertThat(fault.getSuppressed()).singleElement().asString().contains("dead-letter.path");
        });
        manager.close();
    }

    @Test
    void severalMayWriteToOneDevice() {
        try (AsyncLogManager manager = AsyncLogManager.builder()
                .file(FileOptions.to(Path.of("/dev/null")))
                .sink("second", new RollingFileSink(FileOptions.to(Path.of("/dev/null")), errors))
                .errorHandler(errors)
                .build()) {
            manager.initialize();
            assertThat(manager.status().sinks()).hasSize(2);
        }
    }

    @Test
    void engineThatHasNoSinkSaysSoAtTheStart() {
        try (AsyncLogManager manager =
                AsyncLogManager.builder().errorHandler(errors).build()) {
            manager.initialize();
            CompletableFuture<LogReceipt> future = manager.getLogger("test").infoAsync("for nobody");

            assertThat(EngineFixture.join(future).status()).isEqualTo(LogReceipt.Status.ACCEPTED);
        }
        assertThat(errors.messages())
                .singleElement()
                .asString()
                .startsWith("There is no sink: what is logged is discarded");
    }

    @Test
    void receiptOfAnEngineWithoutARequiredSinkDoesNotSayThatTheRecordIsFlushed() {
        SinkOptions bestEffort = SinkOptions.defaults().withDelivery(Delivery.BEST_EFFORT);
        try (AsyncLogManager manager = AsyncLogManager.builder()
                .sink("shown", new CollectingSink(), bestEffort)
                .build()) {
            manager.initialize();
            CompletableFuture<LogReceipt> future = manager.getLogger("test").infoAsync("once");

            assertThat(EngineFixture.join(future).status()).isEqualTo(LogReceipt.Status.ACCEPTED);
        }
    }

    private static List<Path> openFiles() throws IOException {
        List<Path> open = new ArrayList<>();
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            for (Path link : links.toList()) {
                try {
                    open.add(Files.readSymbolicLink(link));
                } catch (IOException closedMeanwhile) {
                    // not open any more
                }
            }
        }
        return open;
    }

    @Test
    void rollingFileOfTheApplicationIsTidiedAtTheStart() throws IOException {
        Path overdue = Files.createFile(directory.resolve("audit.log.2019-01-01.0.gz"));
        try (AsyncLogManager manager = managerOf(directory.resolve("audit.log"))) {
            manager.initialize();

            await().atMost(DEADLINE).until(() -> Files.notExists(overdue));
        }
    }

    /** Returns a path that leads through a file. */
    private Path unwritableFile() throws IOException {
        return Files.createFile(directory.resolve("no-folder")).resolve("audit.log");
    }

    private AsyncLogManager managerOf(Path path) {
        return builderWith(path).build();
    }

    private AsyncLogManager.Builder builderWith(Path path) {
        return AsyncLogManager.builder()
                .sink("audit", new RollingFileSink(FileOptions.to(path), errors))
                .errorHandler(errors);
    }

    @Test
    void engineIsNeitherStartedNorStoppedByTheCreationOfItsSinks() {
        for (boolean start : new boolean[] {true, false}) {
            AtomicReference<AsyncLogManager> engine = new AtomicReference<>();
            CollectingSink sink = new CollectingSink();
            List<String> refusals = new ArrayList<>();
            AsyncLogManager manager = AsyncLogManager.builder()
                    .sinks(() -> {
                        try {
                            if (start) {
                                engine.get().initialize();
                            } else {
                                engine.get().close();
                            }
                        } catch (IllegalStateException refusal) {
                            refusals.add(refusal.getMessage());
                        }
                        return Map.of("own", sink);
                    })
                    .build();
            engine.set(manager);
            manager.initialize();
            manager.getLogger("test").info("once");
            manager.close();

            assertThat(sink.records()).hasSize(1);
            assertThat(refusals).singleElement().asString().contains("while it starts", "from another thread");
        }
    }

    private AsyncBuffer buffer(BufferOptions options) {
        return new AsyncBuffer(options, Runnable::run, errors);
    }

    private static void close(AsyncBuffer buffer) {
        buffer.close();
        buffer.release();
    }
}
