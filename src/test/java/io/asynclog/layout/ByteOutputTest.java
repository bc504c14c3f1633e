package io.asynclog.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteOutputTest {
    private final ByteOutput out = new ByteOutput();

    @Test
    void growsWithWhatIsAppended() {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            out.append("é" + i);
            out.append((byte) '-');
            out.append("bytes".getBytes(StandardCharsets.UTF_8), 1, 3);
            expected.append("é").append(i).append("-yte");
        }

        assertThat(text()).isEqualTo(expected.toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 99, 100, 4711, Long.MAX_VALUE, 1_000_000_000_000_000_000L, -1, Long.MIN_VALUE})
    void numbersAreDecimal(long number) {
        out.appendDecimal(number);

        assertThat(text()).isEqualTo(Long.toString(number));
    }

    @Test
    void paddedTextsStandAsTheyAreOneBehindTheOther() {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            String text = "\"name\":é\"0123456789".substring(0, i % 20);
            out.appendPadded(ByteOutput.padded(text));
            expected.append(text);
        }

        assertThat(text()).isEqualTo(expected.toString());
    }

    @Test
    void loneSurrogatesBecomeQuestionMarks() {
        out.append("a\uD83Db");

        assertThat(text()).isEqualTo("a?b");
    }

    @Test
    void clearKeepsAUsualArrayAndGivesAHugeOneBack() {
        out.append(new byte[100_000]);
        byte[] usual = out.array();
        out.clear();

        assertThat(out.length()).isZero();
        assertThat(out.array()).isSameAs(usual);

        out.append(new byte[3_000_000]);
        out.clear();

        assertThat(out.array()).hasSizeLessThan(100_000);
    }

    @Test
    void blanksAreInsertedAndBytesRemoved() {
        out.append("abcdef");
        out.insertBlanks(2, 3);

        assertThat(text()).isEqualTo("ab   cdef");

        out.remove(1, 5);

        assertThat(text()).isEqualTo("adef");
    }

    private String text() {
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    }
}
