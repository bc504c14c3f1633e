package io.asynclog.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.asynclog.InvalidOptionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryOptionsTest {
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void delayDoublesUpToTheLongest() {
        RetryOptions retry = new RetryOptions(5, Duration.ofMillis(100), Duration.ofMillis(500));
        assertThat(retry.delayAfter(1)).hasMillis(100);
        assertThat(retry.delayAfter(2)).hasMillis(200);
        assertThat(retry.delayAfter(3)).hasMillis(400);
        assertThat(retry.delayAfter(4)).hasMillis(500);
        assertThat(retry.delayAfter(Integer.MAX_VALUE)).hasMillis(500);
    }

    @Test
    void delayOfZeroGrowsFromAMillisecond() {
        RetryOptions retry = new RetryOptions(5, Duration.ZERO, Duration.ofMillis(5));
        assertThat(retry.delayAfter(1)).isZero();
        assertThat(retry.delayAfter(2)).hasMillis(1);
        assertThat(retry.delayAfter(3)).hasMillis(2);
        assertThat(retry.delayAfter(Integer.MAX_VALUE)).hasMillis(5);
    }

    @Test
    void delayMayBeLongerThanNanosecondsCanCount() {
        RetryOptions retry = new RetryOptions(5, Duration.ofMillis(100), FOR_EVER);
        assertThat(retry.delayAfter(2)).hasMillis(200);
        assertThat(retry.delayAfter(100)).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
        assertThat(new RetryOptions(5, FOR_EVER, FOR_EVER).delayAfter(1)).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }

    @Test
    void longestDelayIsAMillisecondAtLeast() {
        assertThatExceptionOfType(InvalidOptionException.class)
                .isThrownBy(() -> new RetryOptions(5, Duration.ZERO, Duration.ZERO))
                .withMessageContaining("retry.max-delay")
                .withMessageContaining("1ms");
    }
}
