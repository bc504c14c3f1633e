package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.internal.ControlCharacters;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableAsciiTest {
    private final PrintableAscii printableAscii = new PrintableAscii();

    @ParameterizedTest
    @ValueSource(ints = {0, PrintableAscii.MIN_BULK}) // one by one, and many at once
    void whatIsCopiedIsAsciiWithoutControlCharacters(int before) {
        byte[] target = new byte[before + 1];
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            String text = "x".repeat(before) + (char) c;
            boolean printable = c < 0x80 && !ControlCharacters.isControl(c);
            assertThat(printableAscii.copy(text, 0, text.length(), target, 0))
                    .as("U+%04X", c)
                    .isEqualTo(printable ? before + 1 : before);
        }
    }

    @ParameterizedTest
    @ValueSource(chars = {'\n', '\u007f', '\u00e9', '\u0141', '\u2028', '\ud83d'})
    void copiesUpToTheFirstOtherCharacterWhereverItStands(char other) {
        for (int length = PrintableAscii.MIN_BULK - 1; length < PrintableAscii.CHUNK + 2 * Long.BYTES; length += 3) {
            String text =
                    "The quick brown fox jumps over the lazy dog. ".repeat(12).substring(0, length);
            byte[] target = new byte[5 + length];
            assertThat(printableAscii.copy("12345" + text, 5, length, target, 5))
                    .isEqualTo(length);
            assertThat(new String(target, 5, length, StandardCharsets.US_ASCII)).isEqualTo(text);
            for (int at = 0; at < length; at++) {
                String broken = text.substring(0, at) + other + text.substring(at + 1);
                assertThat(printableAscii.copy(broken, 0, length, target, 5))
                        .as("%d of %d", at, length)
                        .isEqualTo(at);
                assertThat(new String(target, 5, at, StandardCharsets.US_ASCII)).isEqualTo(text.substring(0, at));
            }
        }
    }
}
