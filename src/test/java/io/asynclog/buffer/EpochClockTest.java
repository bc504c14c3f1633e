package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EpochClockTest {
    private static final long TOLERANCE_NANOS = Duration.ofMillis(200).toNanos();

    private static final long HOUR = Duration.ofHours(1).toNanos();

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

    @Test
    void stepOfTheSystemClockIsFollowedFromTheNextCalibrationOn() {
        AtomicLong distance = new AtomicLong(HOUR);
        EpochClock stepping = new EpochClock(distance::get);
        distance.set(2 * HOUR);
        assertDistance(stepping, HOUR);
        stepping.calibrate();
        assertDistance(stepping, 2 * HOUR);
        distance.set(HOUR);
        stepping.calibrate();
        assertDistance(stepping, HOUR);
    }

    @Test
    void jitterOfTheMeasurementIsNotFollowed() {
        AtomicLong distance = new AtomicLong(HOUR);
        EpochClock wavering = new EpochClock(distance::get);
        distance.addAndGet(100_000);
        wavering.calibrate();
        assertDistance(wavering, HOUR);
    }

    /** Asserts how far the clock is from {@link System#nanoTime}. */
    private static void assertDistance(EpochClock clock, long nanos) {
        long before = System.nanoTime();
        long told = clock.epochNanos();
        assertThat(told).isBetween(before + nanos, System.nanoTime() + nanos);
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
