package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.asynclog.InvalidSinkException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorFileTest {
    @Test
    void thereIsAPlaceFor64SinksAndOneThatIsGivenUpIsForTheNext(@TempDir Path folder) throws IOException {
        CursorFile file = CursorFile.open(folder);
        file.begin(new FileFormat.Identity(new UUID(0, 1), 2));
        for (int i = 0; i < 64; i++) {
            assertThat(file.add("sink-" + i, i, i).slot()).isEqualTo(i);
        }
        assertThatExceptionOfType(InvalidSinkException.class)
                .isThrownBy(() -> file.add("next", 100, 10))
                .withMessageContaining("'next'")
                .withMessageContaining("64 sinks");

        file.find("sink-7").remove();
        assertThat(file.add("next", 100, 10).slot()).isEqualTo(7);
        CursorFile reopened = CursorFile.open(folder);
        assertThat(reopened.isDamaged()).isFalse();
        assertThat(reopened.cursors()).hasSize(64);
        assertThat(reopened.find("sink-7")).isNull();
        assertThat(reopened.find("sink-63").entry().position()).isEqualTo(63);
        assertThat(reopened.find("next").entry().position()).isEqualTo(100);
    }
}
