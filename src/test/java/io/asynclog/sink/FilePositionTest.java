package io.asynclog.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.internal.Checkpoint;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FilePositionTest {
    private static final FilePosition POSITION = new FilePosition(
            Long.MAX_VALUE, 1L << 40, (1L << 40) + 7, "(dev=fd00,inode=4711)", "0f3c1b1e-0d3f-4a51-8a55-3b2ff1c6a0d2");

    @Test
    void positionIsReadAsItWasWritten() {
        assertThat(FilePosition.decode(POSITION.encode())).isEqualTo(POSITION);
    }

    @Test
    void keyAndBootMayBeUnknown() {
        FilePosition position = new FilePosition(0, 0, 0, null, null);

        assertThat(FilePosition.decode(position.encode())).isEqualTo(position);
    }

    @Test
    void textThatDoesNotFitIsUnknown() {
        FilePosition position = new FilePosition(3, 2, 2, "\u00fc".repeat(300), "b".repeat(400));

        assertThat(position.encode()).hasSizeLessThanOrEqualTo(Checkpoint.MAX_LENGTH);
        assertThat(FilePosition.decode(position.encode())).isEqualTo(new FilePosition(3, 2, 2, null, position.boot()));
    }

    @Test
    void bytesOfAnotherVersionOrCutOffAreNoPosition() {
        byte[] state = POSITION.encode();
        byte[] later = state.clone();
        later[0]++;

        assertThat(FilePosition.decode(later)).isNull();
        for (int length = 0; length < state.length; length++) {
            assertThat(FilePosition.decode(Arrays.copyOf(state, length))).isNull();
        }
    }
}
