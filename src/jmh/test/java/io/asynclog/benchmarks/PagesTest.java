package io.asynclog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {
    private static final long BYTES = 5_000_000;

    @TempDir
    Path folder = Path.of("");

    @Test
    void fileHoldsThePagesDuringTheRoundAndNotAfterIt() throws IOException, InterruptedException {
        boolean[] ran = new boolean[1];

        new Pages(folder, BYTES).holdInFileDuring(() -> {
            assertThat(files()).hasSize(1);
            assertThat(Files.size(files().get(0))).isGreaterThanOrEqualTo(BYTES);
            ran[0] = true;
        });

        assertThat(ran[0]).isTrue();
        assertThat(files()).isEmpty();
    }

    @Test
    void fileIsGoneWhenTheRoundFails() throws IOException {
        assertThatThrownBy(() -> new Pages(folder, BYTES).holdInFileDuring(() -> {
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
