package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asynclog.AsyncLogManager;
import io.asynclog.EngineFixture;
import io.asynclog.InvalidOptionException;
import io.asynclog.LogRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedKeysTest {
    @ParameterizedTest
    @CsvSource({
        "password, true",
        "Password, true",
        "user.password.old, true",
        "PASS-WORD, true",
        "pass, false",
        "X_API_KEY, true",
        "clientApiKey, true",
        "api, false",
        "key, false",
        "'', false",
    })
    void keyIsMaskedWhenItContainsAWord(String key, boolean masked) {
        MaskedKeys keys = new MaskedKeys(Set.of("password", "api-key"));
        assertThat(keys.contains(key)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-_."})
    void wordWithoutLettersIsRefused(String word) {
        assertThatThrownBy(() -> BufferOptions.defaults().withMaskedKeys(Set.of(word)))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("masked-keys");
    }

    @Test
    void valueThatIsMaskedReachesNeitherSinkNorBuffer(@TempDir Path folder) throws Exception {
        BufferOptions masking = BufferOptions.mapped(folder).withMaskedKeys(Set.of("secret", "authorization"));
        try (EngineFixture engine = new EngineFixture(AsyncLogManager.builder()
                .bufferOptions(masking)
                .context(() -> Map.of("Authorization", "Bearer abc123", "user", "ann")))) {
            engine.log
                    .atInfo()
                    .addKeyValue("client_secret", "swordfish")
                    .addKeyValue("order", 7)
                    .log("paid");
            LogRecord record = engine.only();

            assertThat(record.context()).containsEntry("Authorization", "***").containsEntry("user", "ann");
            assertThat(record.keyValues()).containsEntry("client_secret", "***").containsEntry("order", "7");
            try (var files = Files.list(folder)) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".dat")).toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain("abc123", "swordfish");
                }
            }
        }
    }
}
