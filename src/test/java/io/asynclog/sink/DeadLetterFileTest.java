package io.asynclog.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.asynclog.LogRecord;
import io.asynclog.layout.FakeRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterFileTest {
    @TempDir
    Path folder;

    private final FaultyDisk disk = new FaultyDisk();

    @Test
    void recordIsALineThatNamesTheSinkAndItsFailure() throws IOException {
        DeadLetterFile file = new DeadLetterFile(path());
        file.accept(
                "remote",
                new FakeRecord().sequence(7).message("line\nbreak"),
                new IOException("refused: \"x\"\n{\"forged\":1}"));
        file.accept("other", new FakeRecord().sequence(8), new Error());

        assertThat(log().lines("dead.jsonl"))
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith(
                                        "{\"sink\":\"remote\",\"failure\":\"java.io.IOException: refused: \\\"x\\\"\\n"
                                                + "{\\\"forged\\\":1}\",\"instance\":\"" + new FakeRecord().instance()
                                                + "\",\"@timestamp\":")
                                .contains("\"sequence\":7,")
                                .endsWith("\"message\":\"line\\nbreak\"}"),
                        second ->
                                assertThat(second).startsWith("{\"sink\":\"other\",\"failure\":\"java.lang.Error\","));
    }

    @Test
    void recordAndTheNameOfTheFileAreForcedToTheDisk() throws IOException {
        DeadLetterFile file = new DeadLetterFile(path(), disk);
        file.accept("a", new FakeRecord(), new Error());
        assertThat(disk.forced).isEqualTo(1);
        assertThat(disk.foldersForced).isEqualTo(1);

        file.accept("a", new FakeRecord(), new Error());
        assertThat(disk.forced).isEqualTo(2);
        assertThat(disk.foldersForced).isEqualTo(1);
    }

    @Test
    void recordThatCannotBeForcedIsThereAllTheSame() throws IOException {
        DeadLetterFile file = new DeadLetterFile(path(), disk);
        disk.forceFails = true;
        assertThatIOException().isThrownBy(() -> file.accept("a", new FakeRecord(), new Error()));
        disk.forceFails = false;
        disk.forceFolderFails = true;
        assertThatIOException().isThrownBy(() -> file.accept("b", new FakeRecord(), new Error()));
        disk.forceFolderFails = false;
        file.accept("c", new FakeRecord(), new Error());

        assertThat(log().lines("dead.jsonl")).hasSize(3);
        assertThat(disk.foldersForced).isEqualTo(1);
    }

    @Test
    void recordIsKeptEvenWhenItsFailureCannotBeDescribed() throws IOException {
        new DeadLetterFile(path()).accept("a", new FakeRecord(), new Undescribed());

        assertThat(log().lines("dead.jsonl"))
                .singleElement()
                .asString()
                .startsWith("{\"sink\":\"a\",\"failure\":\"" + Undescribed.class.getName() + "\",");
    }

    @Test
    void foldersAreCreatedAndTheFileIsReadableByOwnerAndGroupOnly() throws IOException {
        Path deep = folder.resolve("a/b/dead.jsonl");
        new DeadLetterFile(deep).open();

        assertThat(deep).isEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(deep)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void twoSinksMayWriteAtOnce() throws Exception {
        DeadLetterFile file = new DeadLetterFile(path());
        ExecutorService sinks = Executors.newFixedThreadPool(2);
        try {
            Future<?> first = sinks.submit(() -> acceptMany(file, "first"));
            Future<?> second = sinks.submit(() -> acceptMany(file, "second"));
            first.get();
            second.get();
        } catch (ExecutionException failure) {
            throw new AssertionError(failure);
        } finally {
            sinks.shutdown();
        }

        assertThat(log().lines("dead.jsonl"))
                .hasSize(1000)
                .allMatch(line -> line.startsWith("{\"sink\":\"") && line.endsWith("\"}"))
                .filteredOn(line -> line.startsWith("{\"sink\":\"first\""))
                .hasSize(500);
    }

    private static Void acceptMany(DeadLetterFile file, String sink) throws IOException {
        for (int i = 0; i < 500; i++) {
            file.accept(sink, new FakeRecord().sequence(i).message("x".repeat(i)), new IllegalStateException());
        }
        return null;
    }

    @Test
    void failureLeavesNoHalfLine() throws IOException {
        DeadLetterFile file = new DeadLetterFile(path(), disk);
        LogRecord record = new FakeRecord();
        file.accept("a", record, new Error());
        disk.room = 20;
        assertThatIOException().isThrownBy(() -> file.accept("b", record, new Error()));
        disk.room = FaultyDisk.ENDLESS;
        file.accept("c", record, new Error());

        assertThat(log().lines("dead.jsonl")).hasSize(2).last().asString().startsWith("{\"sink\":\"c\"");
    }

    @Test
    void lineThatWasCutOffByACrashIsNotContinued() throws IOException {
        Files.writeString(path(), "{\"sink\":");
        new DeadLetterFile(path()).accept("a", new FakeRecord(), new Error());

        assertThat(log().lines("dead.jsonl")).hasSize(2);
    }

    @Test
    void fileMayBeMovedAway() throws IOException {
        DeadLetterFile file = new DeadLetterFile(path());
        file.accept("a", new FakeRecord(), new Error());
        Files.move(path(), folder.resolve("moved"));
        file.accept("b", new FakeRecord(), new Error());

        assertThat(log().lines("moved")).hasSize(1);
        assertThat(log().lines("dead.jsonl")).hasSize(1);
    }

    @Test
    void interruptedThreadCanKeepARecord() throws IOException {
        DeadLetterFile file = new DeadLetterFile(path());
        Thread.currentThread().interrupt();
        file.accept("a", new FakeRecord(), new Error());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(log().lines("dead.jsonl")).hasSize(1);
    }

    private Path path() {
        return folder.resolve("dead.jsonl");
    }

    private LogFolder log() {
        return new LogFolder(folder);
    }

    private static final class Undescribed extends Exception {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }
}
