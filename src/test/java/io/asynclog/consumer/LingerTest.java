package io.asynclog.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LingerTest {
    private final Linger linger = new Linger();

    @Test
    void lingersLongerFromRoundToRoundAndThenSleepsUntilWoken() {
        assertThat(pauses())
                .containsExactly(50_000L, 100_000L, 200_000L, 400_000L, 800_000L, 1_000_000L, 1_000_000L, 1_000_000L);
        assertThat(linger.nextNanos()).isEqualTo(Linger.UNTIL_WOKEN);
    }

    @Test
    void beginsAnewWhenThereWasSomethingToDo() {
        List<Long> first = pauses();
        linger.reset();

        assertThat(pauses()).isEqualTo(first);
    }

    @Test
    void letsMoreRecordsComeTogetherWhileBatchesAreSmall() {
        linger.afterSmall(false);
        assertThat(pauses()).startsWith(100_000L);

        for (int i = 0; i < 100; i++) {
            linger.afterSmall(false);
        }
        assertThat(pauses()).containsOnly(Linger.MAX_NANOS);
    }

    @Test
    void isQuickerAgainWhenBatchesAreLarge() {
        for (int i = 0; i < 100; i++) {
            linger.afterSmall(false);
        }
        linger.afterLarge();
        assertThat(pauses()).startsWith(Linger.MAX_NANOS / 2);

        for (int i = 0; i < 100; i++) {
            linger.afterLarge();
        }
        assertThat(pauses()).startsWith(Linger.MIN_NANOS);
    }

    @Test
    void sleepsAtOnceWhereSomebodyAwaitsTheRecords() {
        linger.afterSmall(true);
        assertThat(pauses()).isEmpty();

        linger.afterSmall(false);
        assertThat(pauses()).startsWith(Linger.MIN_NANOS);
    }

    /** Returns how long the loop waits, moments left out, until it is to sleep. */
    private List<Long> pauses() {
        linger.reset();
        List<Long> pauses = new ArrayList<>();
        for (long nanos = linger.nextNanos(); nanos != Linger.UNTIL_WOKEN; nanos = linger.nextNanos()) {
            if (nanos > 0) {
                pauses.add(nanos);
            }
        }
        return pauses;
    }
}
