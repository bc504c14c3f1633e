package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Utf8TextTest {
    @Test
    void wholeNumbersOfAnyLengthAreAppendedAsTheirToString() {
        for (long power = 1; power > 0 && power < Long.MAX_VALUE / 10; power *= 10) {
            for (long value : new long[] {power - 1, power, power + 1, 7 * power, -power, 1 - power}) {
                assertThat(appended(value)).isEqualTo(Long.toString(value));
            }
        }
        for (int bit = 0; bit < Long.SIZE; bit++) {
            long value = 1L << bit;
            assertThat(appended(value)).isEqualTo(Long.toString(value));
            assertThat(appended(value - 1)).isEqualTo(Long.toString(value - 1));
        }
        assertThat(appended(1_000_000_000_000_000_000L)).isEqualTo("1000000000000000000");
        assertThat(appended(999_999_999_999_999_999L)).isEqualTo("999999999999999999");
    }

    private static String appended(long value) {
        Utf8Text text = new Utf8Text();
        text.begin(100);
        text.appendDecimal(value);
        return new String(text.bytes(), 0, text.position(), StandardCharsets.UTF_8);
    }
}
