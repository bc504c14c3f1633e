package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.internal.ControlCharacters;
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
}
