package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a buffer does once a second, by clocks that the test sets. */
class BufferHousekeepingTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final AtomicLong distance = new AtomicLong();
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5); // which goes on below zero
    private final BufferFixture fixture = new BufferFixture(
            BufferFixture.options(8),
            new BufferClocks(new EpochClock(distance::get), System::currentTimeMillis, nanoTime::get));

    @Test
    void memoryIsGivenBackWhenNoSegmentWasNeededForTenSeconds() {
        Cursor cursor = fixture.cursor("sink", true);
        nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
        fixture.pushQuarters(16); // four segments, the last of which is the current one
        BufferFixture.drain(cursor);
        assertThat(fixture.buffer.status().segmentsFree()).isEqualTo(3);

        nanoTime.addAndGet(Duration.ofSeconds(9).toNanos());
        fixture.buffer.housekeep();
        assertThat(fixture.buffer.status().segmentsFree()).isEqualTo(3);
        nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());
        fixture.buffer.housekeep();
        assertThat(fixture.buffer.status().segmentsFree()).isEqualTo(2);
    }

    @Test
    void noCallerMakesASegmentHoweverSeldomOneIsFull() {
        Cursor cursor = fixture.cursor("sink", true);
        for (int i = 0; i < 5; i++) {
            fixture.pushQuarters(4);
            BufferFixture.drain(cursor);
            fixture.runBackground();
            nanoTime.addAndGet(Duration.ofSeconds(26).toNanos());
            fixture.buffer.housekeep();
            assertThat(fixture.buffer.status().segmentsFree()).isPositive();
        }
    }

    @Test
    void timeStampsFollowTheSystemClock() {
        distance.addAndGet(HOUR);
        fixture.buffer.housekeep();

        long before = System.nanoTime();
        assertThat(fixture.buffer.clock().epochNanos()).isBetween(before + HOUR, System.nanoTime() + HOUR);
    }
}
