package io.asynclog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final Path IN_MEMORY = Path.of("/dev/shm");
    private static final long BYTES = 3 << 20;

    private Path folder = IN_MEMORY;

    @BeforeEach
    void makeFolder() throws IOException {
        assumeTrue(Files.isDirectory(IN_MEMORY)
                && Files.getFileStore(IN_MEMORY).type().equals("tmpfs"));
        folder = Files.createTempDirectory(IN_MEMORY, "asynclog-pages-test");
    }

    @AfterEach
    void deleteFolder() throws IOException {
        if (!folder.equals(IN_MEMORY)) {
            Files.delete(folder); // which fails unless it is empty
        }
    }

    @Test
    void fileHoldsThePagesDuringTheRoundAndNotAfterIt() throws IOException, InterruptedException {
        new Pages(folder, BYTES).holdDuring(() -> {
            assertThat(files()).hasSize(1);
            assertThat(Files.size(files().get(0))).isGreaterThanOrEqualTo(BYTES);
        });

        assertThat(files()).isEmpty();
    }

    @Test
    void fileIsGoneWhenTheRoundFails() throws IOException {
        assertThatThrownBy(() -> new Pages(folder, BYTES).holdDuring(() -> {
                    throw new IOException("failed");
                }))
                .hasMessage("failed");

        assertThat(files()).isEmpty();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
