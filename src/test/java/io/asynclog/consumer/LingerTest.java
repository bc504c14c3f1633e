package io.asynclog.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LingerTest {
    private final Linger linger = new Linger(4096);

    @Test
    void lingersLongerFromRoundToRoundAndThenSleepsUntilWoken() {
        assertThat(pauses(linger))
                .containsExactly(50_000L, 100_000L, 200_000L, 400_000L, 800_000L, 1_600_000L, 3_200_000L, 4_000_000L);
        assertThat(linger.nextNanos()).isEqualTo(Linger.UNTIL_WOKEN);
    }

    @Test
    void beginsAnewWhenThereWasSomethingToDo() {
        List<Long> first = pauses(linger);
        linger.reset();

        assertThat(pauses(linger)).isEqualTo(first);
    }

    @Test
    void letsMoreRecordsComeTogetherWhileBatchesAreSmall() {
        linger.after(1, 100, false);
        assertThat(pauses(linger)).startsWith(100_000L);

        for (int i = 0; i < 100; i++) {
            linger.after(1, 100, false);
        }
        assertThat(pauses(linger)).containsOnly(Linger.MAX_NANOS);
    }

    @Test
    void letsRecordsComeTogetherOnceBehindASmallBatchBeforeItLooksAgain() {
        assertThat(linger.gatherNanos(0)).isZero();

        linger.after(1, 100, false);
        assertThat(linger.gatherNanos(0)).isEqualTo(100_000L);
        assertThat(linger.gatherNanos(0)).isZero();
        assertThat(linger.nextNanos()).as("the second round").isEqualTo(200_000L);

        linger.after(Linger.LARGE_BATCH, 100, false);
        assertThat(linger.gatherNanos(0)).isZero();
        linger.after(1, 100, true);
        assertThat(linger.gatherNanos(0))
                .as("somebody waits, or there are more")
                .isZero();
    }

    @Test
    void recordsThatCameTogetherDuringTheFlushNeedNotDoSoAnyLonger() {
        linger.after(1, 100, false);
        assertThat(linger.gatherNanos(30_000)).isEqualTo(70_000L);

        linger.after(1, 100, false);
        assertThat(linger.gatherNanos(5_000_000)).isZero();
    }

    @Test
    void isQuickerAgainWhenBatchesAreLarge() {
        for (int i = 0; i < 100; i++) {
            linger.after(1, 100, false);
        }
        linger.after(Linger.LARGE_BATCH, 100, false);
        assertThat(pauses(linger)).startsWith(Linger.MAX_NANOS / 2);

        for (int i = 0; i < 100; i++) {
            linger.after(Linger.LARGE_BATCH, 100, false);
        }
        assertThat(pauses(linger)).startsWith(Linger.MIN_NANOS);
    }

    @Test
    void batchIsLargeByItsBytesAndByTheMostASinkTakes() {
        linger.after(1, 100, false);
        linger.after(1, Linger.LARGE_BATCH_BYTES, false);
        assertThat(pauses(linger)).startsWith(Linger.MIN_NANOS);

        Linger ofTen = new Linger(10);
        ofTen.after(9, 100, false);
        ofTen.after(10, 100, false);
        assertThat(pauses(ofTen)).startsWith(Linger.MIN_NANOS);
    }

    /** Returns how long the loop waits, moments left out, until it is to sleep. */
    private static List<Long> pauses(Linger linger) {
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
