package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogger;
import io.asynclog.FlushFunction;
import io.asynclog.autoconfigure.actuate.AsyncLogEndpoint;
import io.asynclog.autoconfigure.actuate.AsyncLogEndpointAutoConfiguration;
import io.asynclog.autoconfigure.actuate.AsyncLogReport;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.BufferOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A buffer in mapped files, from property to endpoint. */
@ExtendWith(OutputCaptureExtension.class)
class MappedBufferTests {
    @TempDir
    private Path folder;

    private Path directory;
    private ApplicationContextRunner memory;
    private ApplicationContextRunner mapped;

    @BeforeEach
    void setUp() {
        directory = folder.resolve("buffer");
        memory = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(AsyncLogAutoConfiguration.class, AsyncLogEndpointAutoConfiguration.class))
                .withPropertyValues(
                        "asynclog.console.enabled=false",
                        "asynclog.shutdown-timeout=0s",
                        "management.endpoints.web.exposure.include=asynclog");
        mapped = memory.withPropertyValues("asynclog.buffer.directory=" + directory);
    }

    @Test
    void aDirectoryMeansMappedFilesAndALargerBuffer() {
        mapped.run(context -> {
            AsyncBuffer buffer = context.getBean(AsyncBuffer.class);
            assertThat(buffer.isDurable()).isTrue();
            assertThat(buffer.options().maxSize()).isEqualTo(BufferOptions.DEFAULT_MAPPED_MAX_SIZE);
            assertThat(directory.resolve("cursors.dat")).exists();
        });
    }

    @Test
    void itsMaximumSizeCanBeSet() {
        mapped.withPropertyValues("asynclog.buffer.max-size=64MB").run(context -> assertThat(
                        context.getBean(AsyncBuffer.class).options().maxSize())
                .isEqualTo(64 << 20));
    }

    @Test
    void storageInMemoryTakesNoDirectory() {
        mapped.withPropertyValues("asynclog.buffer.storage=memory").run(context -> {
            assertThat(context.getBean(AsyncBuffer.class).isDurable()).isFalse();
            assertThat(directory).doesNotExist();
        });
    }

    @Test
    void mappedStorageNeedsADirectory() {
        memory.withPropertyValues("asynclog.buffer.storage=mapped").run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("buffer.storage")
                .hasMessageContaining("Set 'buffer.directory'"));
    }

    @Test
    void aSecondContextOnTheSameDirectoryIsToldWhoOwnsIt() {
        mapped.run(owner -> mapped.run(second -> assertThat(second)
                .getFailure()
                .rootCause()
                .hasMessageContaining("buffer.directory")
                .hasMessageContaining("process " + ProcessHandle.current().pid())));
        mapped.run(next -> assertThat(next).hasNotFailed());
    }

    @Test
    void aContextThatFailsToStartGivesTheDirectoryUp() {
        mapped.withBean("broken", Object.class, () -> {
                    throw new IllegalStateException("broken");
                })
                .run(context -> assertThat(context).hasFailed());
        mapped.run(next -> assertThat(next).hasNotFailed());
    }

    @Test
    void aContextThatFailsToStartKeepsWhatIsForASinkThatItNeverCreated() {
        mapped.withBean("audit", FlushFunction.class, () -> batch -> {
                    throw new IllegalStateException("the database is down");
                })
                .run(context -> context.getBean(AsyncLogger.class).info("first"));
        mapped.withPropertyValues("asynclog.shutdown-timeout=10s")
                .withBean(Early.class)
                .withBean("broken", Object.class, () -> {
                    throw new IllegalStateException("the database is still down");
                })
                .withBean("audit", FlushFunction.class, RecordingSink::new)
                .run(context -> assertThat(context).hasFailed());
        RecordingSink audit = new RecordingSink();
        mapped.withPropertyValues("asynclog.shutdown-timeout=10s")
                .withBean("audit", FlushFunction.class, () -> audit)
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(audit.messages()).containsExactly("first", "second");
    }

    @Test
    void whatASinkHasNotFlushedIsReportedAtTheEndAndDeliveredAfterTheNextStart(CapturedOutput output) {
        BlockingSink blocked = new BlockingSink();
        mapped.withBean("audit", FlushFunction.class, () -> blocked).run(context -> {
            AsyncLogger log = context.getBean(AsyncLogger.class);
            for (int i = 0; i < 10; i++) {
                log.info("record {}", i);
            }
        });
        blocked.release();
        assertThat(output).contains("asynclog is down").contains("audit flushed 0, left 10, lost 0");
        RecordingSink audit = new RecordingSink();
        mapped.withBean("audit", FlushFunction.class, () -> audit)
                .withPropertyValues("asynclog.shutdown-timeout=10s")
                .run(context -> {
                    context.getBean(AsyncLogger.class).info("record 10");
                    AsyncLogReport.Recovery recovery =
                            context.getBean(AsyncLogEndpoint.class).report().recovery();
                    assertThat(recovery.directory()).isEqualTo(directory.toString());
                    assertThat(recovery.damaged()).isZero();
                    context.getBean(AsyncLogManager.class).close();
                    AsyncLogReport.Sink sink = context.getBean(AsyncLogEndpoint.class)
                            .report()
                            .sinks()
                            .get("audit");
                    assertThat(sink.recovered()).isEqualTo(10);
                    assertThat(sink.flushed()).isEqualTo(11);
                    assertThat(sink.depth()).isZero();
                });
        assertThat(output).contains("recovered records: 10 for audit");
        assertThat(audit.messages()).hasSize(11).startsWith("record 0").endsWith("record 10");
    }

    @Test
    void aDirectoryThatCannotBeUsedStopsTheStart() throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));
        memory.withPropertyValues("asynclog.buffer.directory=" + file.resolve("buffer"))
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(file.toString()));
    }

    static final class Early {
        Early(AsyncLogger log) {
            log.info("second");
        }
    }
}
