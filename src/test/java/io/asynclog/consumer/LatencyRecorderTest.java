package io.asynclog.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyRecorderTest {
    private static final long HOUR = 3_600_000_000_000L;

    private final LatencyRecorder recorder = new LatencyRecorder();

    @Test
    void percentilesAreExactToOnePercentFromMicrosecondsToAnHour() {
        Random random = new Random(1);
        long[] sorted = random.doubles(10_000, Math.log(100_000), Math.log(HOUR))
                .mapToLong(logarithm -> (long) Math.exp(logarithm))
                .peek(recorder::record)
                .sorted()
                .toArray();

        LatencySummary summary = recorder.summary();

        Percentage exact = Percentage.withPercentage(1);
        assertThat(summary.p50Nanos()).isCloseTo(sorted[5_000 - 1], exact);
        assertThat(summary.p90Nanos()).isCloseTo(sorted[9_000 - 1], exact);
        assertThat(summary.p99Nanos()).isCloseTo(sorted[9_900 - 1], exact);
        assertThat(summary.p999Nanos()).isCloseTo(sorted[9_990 - 1], exact);
        assertThat(summary.maxNanos()).isCloseTo(sorted[sorted.length - 1], exact);
        assertThat(summary.totalNanos())
                .isEqualTo((double) Arrays.stream(sorted).sum());
        assertThat(summary.count()).isEqualTo(sorted.length);
    }

    @Test
    void nothingIsZero() {
        assertThat(recorder.summary()).isEqualTo(new LatencySummary(0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void durationCountsSoManyTimes() {
        recorder.record(1_000_000, 99);
        recorder.record(5_000_000);

        LatencySummary summary = recorder.summary();
        assertThat(summary.count()).isEqualTo(100);
        assertThat(summary.totalNanos()).isEqualTo(104_000_000);
        assertThat(summary.p99Nanos()).isCloseTo(1_000_000, Percentage.withPercentage(1));
        assertThat(summary.p999Nanos()).isCloseTo(5_000_000, Percentage.withPercentage(1));
    }

    @Test
    void impossibleDurationsAreBounded() {
        recorder.record(-1);
        assertThat(recorder.summary().totalNanos()).isZero();

        recorder.record(Long.MAX_VALUE);
        assertThat(recorder.summary().maxNanos()).isCloseTo(HOUR, Percentage.withPercentage(1));
        assertThat(recorder.summary().p999Nanos()).isCloseTo(HOUR, Percentage.withPercentage(1));
        assertThat(recorder.summary().totalNanos()).isEqualTo(HOUR);
    }

    @Test
    void sumDoesNotOverflow() {
        long hour = 3_600_000_000_000L;
        recorder.record(hour, 3_000_000);
        assertThat(recorder.summary().meanNanos()).isEqualTo((double) hour);
    }
}
