package io.asynclog;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.consumer.SinkOptions;
import io.asynclog.sink.FileOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** Records that are logged when the engine is stopped. */
class LateRecordTest {
    @TempDir
    Path folder;

    @Test
    void recordOfAThreadThatIsInterruptedIsWrittenToo() throws IOException {
        Path file = folder.resolve("late.log");
        EngineFixture engine = new EngineFixture(
                AsyncLogManager.builder().file(FileOptions.defaults().withPath(file)));
        engine.close();
        Thread.currentThread().interrupt();
        engine.log.info("told to end with {} jobs left", 3);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(Files.readString(file)).contains("told to end with 3 jobs left");
    }

    @Test
    void recordBelowTheLevelOfASinkIsNotWrittenToIt() throws IOException {
        Path file = folder.resolve("late.log");
        EngineFixture engine = new EngineFixture(AsyncLogManager.builder()
                .file(FileOptions.defaults().withPath(file))
                .sinkOptions("file", SinkOptions.defaults().withLevel(Level.WARN)));
        engine.close();
        engine.log.info("tidied up");
        engine.log.warn("not all is tidied up");

        assertThat(Files.readString(file)).contains("not all is tidied up");
        assertThat(Files.readAllLines(file)).hasSize(1);
        assertThat(engine.manager.status().tooLate()).isEqualTo(2);
    }

    @Test
    void threadThatIsInterruptedShutsDownWithoutLosingRecords() {
        EngineFixture engine = new EngineFixture();
        engine.sink.doFirst(batch -> awaitStopping(engine)); // so that nothing is drained before
        for (int i = 0; i < 10_000; i++) {
            engine.log.info("m");
        }
        Thread.currentThread().interrupt();
        ShutdownReport report = engine.manager.shutdown(Duration.ofSeconds(20));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.isComplete()).isTrue();
        assertThat(engine.sink.records()).hasSize(10_000);
    }

    private static void awaitStopping(EngineFixture engine) {
        while (engine.manager.status().state() == AsyncLogStatus.State.RUNNING) {
            Thread.onSpinWait();
        }
    }
}
