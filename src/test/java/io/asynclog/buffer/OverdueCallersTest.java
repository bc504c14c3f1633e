package io.asynclog.buffer;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.buffer.BufferFixture.QUARTER;
import static io.asynclog.buffer.BufferFixture.options;
import static io.asynclog.buffer.BufferFixture.sized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

/** Callers that have waited for so long that whoever makes room writes their records for them. */
@Timeout(120)
class OverdueCallersTest {
    private static final int SEGMENTS = 24;

    private final BufferFixture fixture = new BufferFixture(options(SEGMENTS).withMaxWait(Duration.ofHours(1)));
    private final Cursor cursor = fixture.buffer.openCursor("a", true, Thread.currentThread(), 4);

    OverdueCallersTest() {
        fixture.pushQuarters(4 * (SEGMENTS - 1));
    }

    @Test
    void haveTheirRecordsWrittenBeforeAnybodyElseSeesThatThereIsRoom() throws Exception {
        long next = fixture.buffer.nextSequence();
        List<WaitingPush> overdue = overdue(3, "short");
        passOne();
        assertThat(fixture.push("later")).isEqualTo(next + 3);
        List<Long> sequences = new ArrayList<>();
        for (WaitingPush each : overdue) {
            sequences.add(each.result());
        }
        assertThat(sequences).containsExactlyInAnyOrder(next, next + 1, next + 2);
        assertThat(BufferFixture.drain(cursor)).endsWith("short", "short", "short", "later");
    }

    @Test
    void getAPartOfTheSegmentAndOneHelpsTheNextUntilNothingIsLeftOfIt() throws Exception {
        List<WaitingPush> overdue = overdue(6, sized(QUARTER, "long"));
        passOne();
        await().atMost(DEADLINE)
                .until(() -> overdue.stream().filter(WaitingPush::isDone).count() == 4
                        && fixture.buffer.overdueCount() == 2);
        passOne();
        for (WaitingPush each : overdue) {
            assertThat(each.result()).isPositive();
        }
    }

    @Test
    void comeBehindTheParkedRecords() throws Exception {
        long next = fixture.buffer.nextSequence();
        WaitingPush overdue = overdue(1, "short").get(0);
        BufferFixture.Outcome parked = new BufferFixture.Outcome();
        assertThat(fixture.pushOrPark(Level.INFO, "parked", parked)).isEqualTo(AsyncBuffer.PARKED);
        passOne();
        assertThat(parked.result()).isEqualTo(next);
        assertThat(overdue.result()).isEqualTo(next + 1);
    }

    @Test
    void waitForTheNextSegmentWhenTheParkedRecordsLeaveTooLittle() throws Exception {
        WaitingPush overdue = overdue(1, sized(4 * QUARTER, "long")).get(0);
        BufferFixture.Outcome parked = new BufferFixture.Outcome();
        assertThat(fixture.pushOrPark(Level.INFO, "parked", parked)).isEqualTo(AsyncBuffer.PARKED);
        passOne();
        assertThat(parked.result()).isPositive();
        passOne();
        assertThat(overdue.result()).isEqualTo(parked.result() + 1);
    }

    @Test
    void doNotGetTheReserve() throws Exception {
        WaitingPush overdue = overdue(1, "short").get(0);
        for (int i = 0; i < 4; i++) {
            assertThat(fixture.push(Level.ERROR, sized(QUARTER, "reserve"))).isPositive();
        }
        passOne(); // now there is the reserve again, and nothing else
        assertThat(fixture.push(Level.ERROR, "reserve")).isPositive();
        assertThat(fixture.buffer.overdueCount()).isEqualTo(1);
        passOne();
        assertThat(overdue.result()).isPositive();
    }

    @Test
    void takeTheirRecordBackWhenTheyAreInterrupted() throws Exception {
        WaitingPush overdue = overdue(1, "interrupted").get(0);
        overdue.interrupt();
        assertThat(overdue.result()).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(overdue.endedInterrupted()).isTrue();
        assertThat(fixture.buffer.overdueCount()).isZero();
        assertThat(BufferFixture.drain(cursor)).doesNotContain("interrupted");
    }

    @Test
    void takeTheirRecordBackWhenTheirTimeIsOver() throws Exception {
        BufferFixture hasty = new BufferFixture(options(2).withMaxWait(Duration.ofMillis(10)));
        Cursor standing = hasty.cursor("a", true);
        hasty.pushQuarters(4);
        assertThat(hasty.push("lost")).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(hasty.buffer.overdueCount()).isZero();
        assertThat(BufferFixture.drain(standing)).doesNotContain("lost");
    }

    @Test
    void areLetGoWhenTheBufferIsClosed() throws Exception {
        List<WaitingPush> overdue = overdue(2, "short");
        fixture.buffer.close();
        for (WaitingPush each : overdue) {
            assertThat(each.result()).isEqualTo(AsyncBuffer.CLOSED);
        }
        assertThat(fixture.buffer.overdueCount()).isZero();
        assertThat(BufferFixture.drain(cursor)).doesNotContain("short");
    }

    /** Has callers wait until they are overdue, one behind the other. */
    private List<WaitingPush> overdue(int count, String message) {
        List<WaitingPush> overdue = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            overdue.add(WaitingPush.begun(fixture, Level.INFO, message));
        }
        await().atMost(DEADLINE).until(() -> fixture.buffer.overdueCount() == count);
        return overdue;
    }

    private void passOne() {
        assertThat(cursor.read(Level.TRACE, true)).isTrue();
        cursor.pass();
    }
}
