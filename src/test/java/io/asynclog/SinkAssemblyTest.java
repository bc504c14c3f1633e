package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
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
    void thereIsNoCheckpointWhereTheBufferIsInMemory() {
        AsyncBuffer buffer = buffer(BufferOptions.defaults());

        assertThat(buffer.checkpointOf(SINK)).isSameAs(Checkpoint.NONE);
        close(buffer);
    }

    @Test
    void checkpointIsKeptWhereTheBufferIsMapped() {
        AsyncBuffer buffer = buffer(BufferOptions.defaults().withDirectory(directory));
        buffer.checkpointOf(SINK).save(new byte[] {1, 2, 3});

        assertThat(buffer.checkpointOf(SINK).load()).containsExactly(1, 2, 3);
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

            assertThat(buffer.checkpointOf(SINK).load()).isNotNull();
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
