package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class EpochClockTest {
    private static final long TOLERANCE_NANOS = Duration.ofMillis(200).toNanos();

    private final EpochClock clock = new EpochClock();

    @Test
    void tellsTheTimeOfDay() {
        assertIsRight();
    }

    @Test
    void doesNotGoBackWhileTheSystemClockGoesOn() {
        long last = clock.epochNanos();
        for (int i = 0; i < 1000; i++) {
            long next = clock.epochNanos();
            assertThat(next).isGreaterThanOrEqualTo(last);
            last = next;
        }
    }

    @Test
    void staysRightWhenCalibrated() {
        for (int i = 0; i < 100; i++) {
            clock.calibrate();
        }
        assertIsRight();
    }

    private void assertIsRight() {
        long before = now();
        long told = clock.epochNanos();
        assertThat(told).isBetween(before - TOLERANCE_NANOS, now() + TOLERANCE_NANOS);
    }

    private static long now() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
    }
}
