package io.asynclog.buffer;

import static io.asynclog.buffer.BufferFixture.QUARTER;
import static io.asynclog.buffer.BufferFixture.drain;
import static io.asynclog.buffer.BufferFixture.options;
import static io.asynclog.buffer.BufferFixture.sized;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** How old what waits is, told from positions. */
class LoggedTimeTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final BufferFixture fixture = new BufferFixture(options(4));

    @Test
    void nothingWaitsInAnEmptyBuffer() {
        assertThat(fixture.buffer.status().oldestAgeNanos()).isZero();
        assertThat(fixture.cursor("a", true).lagNanos()).isZero();
    }

    @Test
    void recordsThatNoCursorHasReadHaveTheirAge() {
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushOfAge(HOUR.multipliedBy(2), "0:");
        fixture.pushOfAge(HOUR, "1:");
        assertHours(cursor.lagNanos(), 2);
        assertHours(fixture.buffer.status().oldestAgeNanos(), 2);
    }

    @Test
    void recordsThatWaitForTheStartHaveTheirAge() {
        fixture.pushOfAge(HOUR, "0:");
        assertHours(fixture.buffer.status().oldestAgeNanos(), 1);
    }

    @Test
    void recordsThatWereReadAreOldUntilTheyArePassed() {
        Cursor cursor = fixture.buffer.openCursor("a", true, Thread.currentThread(), 1);
        fixture.pushOfAge(HOUR.multipliedBy(2), "0:");
        fixture.pushOfAge(HOUR, "1:");
        cursor.read(Level.TRACE, true);
        assertHours(cursor.lagNanos(), 2);
        cursor.pass();
        assertHours(cursor.lagNanos(), 1);
        drain(cursor);
        assertThat(cursor.lagNanos()).isZero();
        assertThat(fixture.buffer.status().oldestAgeNanos()).isZero();
    }

    @Test
    void theSlowestCursorCountsForTheBuffer() {
        Cursor fast = fixture.cursor("fast", true);
        Cursor slow = fixture.cursor("slow", true);
        fixture.pushOfAge(HOUR, "0:");
        drain(fast);
        assertThat(fast.lagNanos()).isZero();
        assertHours(slow.lagNanos(), 1);
        assertHours(fixture.buffer.status().oldestAgeNanos(), 1);
    }

    @Test
    void thePaddingAtTheEndOfASegmentIsPassedOver() {
        Cursor cursor = fixture.buffer.openCursor("a", true, Thread.currentThread(), 3);
        for (int i = 0; i < 3; i++) {
            fixture.push(sized(QUARTER, "old"));
        }
        fixture.pushOfAge(HOUR, sized(QUARTER + 8, "next")); // does not fit: the segment ends with padding
        cursor.read(Level.TRACE, true);
        cursor.pass();
        assertHours(cursor.lagNanos(), 1);
    }

    @Test
    void aRecordThatIsClaimedAndNotYetWrittenIsOfNoAge() {
        Cursor cursor = fixture.cursor("a", true);
        RecordEncoder unfinished = fixture.record(Level.INFO, "0:");
        Segment segment = fixture.segmentAt(0);
        segment.claim(unfinished.recordLength());
        fixture.pushOfAge(HOUR, "1:");
        assertThat(cursor.lagNanos()).isZero();
    }

    @Test
    void whatIsNoRecordIsOfNoAge() {
        for (int length : new int[] {Integer.MIN_VALUE, -8192, -12, 8, 12, 8192, Integer.MAX_VALUE}) {
            BufferFixture damaged = new BufferFixture(options(4));
            Cursor cursor = damaged.cursor("a", true);
            damaged.pushOfAge(HOUR, "0:");
            RecordCodec.publish(damaged.segmentAt(0).bytes(), 0, length);
            assertThat(cursor.lagNanos()).as("length %s", length).isZero();
        }
    }

    private static void assertHours(long nanos, long hours) {
        assertThat(nanos)
                .isBetween(
                        HOUR.multipliedBy(hours).toNanos(),
                        HOUR.multipliedBy(hours).plusMinutes(10).toNanos());
    }
}
