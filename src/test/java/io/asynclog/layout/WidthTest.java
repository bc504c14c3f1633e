package io.asynclog.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WidthTest {
    private static final Width NOTHING = new Width(0, 0, true, true);

    private final ByteOutput out = new ByteOutput();

    @Test
    void whatLiesBehindTheTextIsNoPartOfIt() {
        out.append("aé"); // the second byte of the é stays in the array
        out.clear();
        out.append("ab");
        NOTHING.fit(out, 0);

        assertThat(out.length()).isZero();
    }

    @Test
    void textMayFillTheArray() {
        out.append(new byte[out.array().length]);
        assertThat(out.array()).hasSize(out.length());
        NOTHING.fit(out, 0);

        assertThat(out.length()).isZero();
    }
}
