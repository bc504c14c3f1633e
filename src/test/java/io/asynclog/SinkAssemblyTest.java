package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import io.asynclog.buffer.SinkMemory;
import io.asynclog.sink.Checkpoint;
import io.asynclog.sink.FileOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkAssemblyTest {
    private static final String SINK = "file";

    @TempDir
    Path directory;

    private final RecordedErrors errors = new RecordedErrors();

    @Test
    void fileHasNoCheckpointWhereTheBufferIsInMemory() {
        AsyncBuffer buffer = buffer(BufferOptions.defaults());
        SinkMemory memory = buffer.memoryOf(SINK);

        assertThat(memory.isKept()).isFalse();
        assertThat(SinkAssembly.checkpoint(memory)).isSameAs(Checkpoint.NONE);
        close(buffer);
    }

    @Test
    void checkpointOfAFileIsKeptWhereTheBufferIsMapped() {
        AsyncBuffer buffer = buffer(BufferOptions.defaults().withDirectory(directory));
        SinkMemory memory = buffer.memoryOf(SINK);
        Checkpoint checkpoint = SinkAssembly.checkpoint(memory);
        checkpoint.save(new byte[] {1, 2, 3});

        assertThat(memory.isKept()).isTrue();
        assertThat(checkpoint.load()).containsExactly(1, 2, 3);
        assertThat(memory.load()).containsExactly(1, 2, 3);
        close(buffer);
    }

    @Test
    void engineKeepsACheckpointOfItsFileWhereItsBufferIsMapped() {
        AsyncBuffer buffer = buffer(BufferOptions.defaults().withDirectory(directory.resolve("buffer")));
        AsyncLogManager.Builder builder = AsyncLogManager.builder()
                .buffer(buffer)
                .file(FileOptions.defaults().withPath(directory.resolve("service.log")));
        try (EngineFixture engine = new EngineFixture(builder)) {
            engine.log.info("one");
            engine.flushed();

            assertThat(buffer.memoryOf(SINK).load()).isNotNull();
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
