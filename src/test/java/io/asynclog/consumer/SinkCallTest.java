package io.asynclog.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SinkCallTest {
    private final AtomicBoolean down = new AtomicBoolean(true);
    private final SinkCallFixture fixture = new SinkCallFixture(
            batch -> {
                if (down.get()) {
                    throw new IOException("down");
                }
            },
            SinkOptions.defaults().withRetry(new RetryOptions(9, Duration.ofMillis(100), Duration.ofMillis(450))));

    @Test
    void pauseDoublesWithEachRoundAndIsShortenedByChance() {
        int rounds = 0;
        for (int longestMillis : new int[] {100, 200, 400, 450, 450}) {
            assertPausesOfUpTo(++rounds, longestMillis);
        }
    }

    @Test
    void failsUntilSomethingGoesThrough() {
        assertThat(fixture.call.isFailing()).isFalse();
        assertThat(fixture.flush()).isFalse();
        assertThat(fixture.call.isFailing()).isTrue();
        down.set(false);
        assertThat(fixture.flush()).isTrue();
        assertThat(fixture.call.isFailing()).isFalse();
    }

    private void assertPausesOfUpTo(int rounds, int longestMillis) {
        List<Duration> pauses = Stream.generate(() -> fixture.call.pauseAfter(rounds))
                .limit(1000)
                .toList();
        assertThat(pauses).allSatisfy(pause -> assertThat(pause)
                .isBetween(Duration.ofMillis(longestMillis / 2), Duration.ofMillis(longestMillis)));
        // In that range, and over all of it: of so many, one at least lies in each of its outer tenths.
        long tenth = Duration.ofMillis(longestMillis).toNanos() / 20;
        assertThat(pauses)
                .anySatisfy(pause -> assertThat(pause)
                        .isLessThan(Duration.ofMillis(longestMillis / 2).plusNanos(tenth)))
                .anySatisfy(pause -> assertThat(pause)
                        .isGreaterThan(Duration.ofMillis(longestMillis).minusNanos(tenth)));
    }
}
