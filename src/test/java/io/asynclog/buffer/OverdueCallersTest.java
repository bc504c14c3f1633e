package io.asynclog.buffer;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.buffer.BufferFixture.QUARTER;
import static io.asynclog.buffer.BufferFixture.SEGMENT_SIZE;
import static io.asynclog.buffer.BufferFixture.options;
import static io.asynclog.buffer.BufferFixture.sized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** Callers that have waited for so long that whoever makes room writes their records for them. */
@Timeout(120)
class OverdueCallersTest {
    private static final int SEGMENTS = 24;

    private final BufferFixture fixture = new BufferFixture(options(SEGMENTS).withMaxWait(Duration.ofHours(1)));
    private final Cursor cursor = fixture.buffer.openCursor("a", true, Thread.currentThread(), 4);

    OverdueCallersTest() {
        fill(fixture);
    }

    /** Fills it up to the reserve. */
    private static void fill(BufferFixture fixture) {
        fixture.pushQuarters((int) (4 * (fixture.buffer.options().maxSize() / SEGMENT_SIZE - 1)));
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
    void haveABestEffortSinkSkippedWhenAllOthersHavePassed() throws Exception {
        BufferFixture small = new BufferFixture(options(4).withMaxWait(Duration.ofHours(1)));
        Cursor required = small.cursor("a", true);
        small.cursor("lagging", false);
        fill(small);
        assertAllAreHelped(small, required);
    }

    @Test
    void haveASegmentMadeWhenThereIsNoOther() throws Exception {
        BufferOptions options = options(4).withMaxWait(Duration.ofHours(1));
        BufferFixture small = new BufferFixture(options, new MemoryStorage(SEGMENT_SIZE, 0, 0) {
            @Override
            public int maxFree() {
                return 0; // what was passed is not used again
            }
        });
        Cursor required = small.cursor("a", true);
        fill(small);
        assertAllAreHelped(small, required);
    }

    /** Nobody but they themselves does anything for it: the executor is busy, as it were. */
    private static void assertAllAreHelped(BufferFixture fixture, Cursor required) throws Exception {
        List<WaitingPush> overdue = overdue(fixture, 12, sized(QUARTER, "long"));
        await().atMost(DEADLINE).until(() -> {
            List<String> ignored = BufferFixture.drain(required);
            return overdue.stream().allMatch(WaitingPush::isDone);
        });
        for (WaitingPush each : overdue) {
            assertThat(each.result()).isPositive();
        }
    }

    @Test
    void areHelpedInSegmentsThatAreSmallerThanThoseOfAnEarlierProcess(@TempDir Path directory) throws Exception {
        long largeSize = 16 * SEGMENT_SIZE;
        BufferOptions large =
                options(4).withSegmentSize(largeSize).withMaxSize(4 * largeSize).withPolicy(OverflowPolicy.DROP);
        try (MappedFixture earlier = new MappedFixture(directory, large)) {
            earlier.cursor("a");
            while (earlier.push(sized(QUARTER, "earlier")) >= 0) {}
        }
        try (MappedFixture later = new MappedFixture(directory, options(4).withMaxWait(Duration.ofHours(1)))) {
            Cursor resumed = later.cursor("a");
            later.buffer.cursorsOpened(true);
            List<WaitingPush> overdue = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                overdue.add(new WaitingPush(() -> later.push(sized(QUARTER, "later"))));
            }
            await().atMost(DEADLINE).until(() -> later.buffer.overdueCount() == 12);
            await().atMost(DEADLINE).until(() -> {
                MappedFixture.pass(resumed);
                return overdue.stream().allMatch(WaitingPush::isDone);
            });
            for (WaitingPush each : overdue) {
                assertThat(each.result()).isPositive();
            }
            assertThat(later.buffer.status().dropped()).isZero();
        }
    }

    @Test
    void whoseRecordCannotBeWrittenIsToldThatItWasDropped() throws Exception {
        Set<Segment> unwritable = ConcurrentHashMap.newKeySet();
        BufferOptions options = options(3).withMaxWait(Duration.ofHours(1));
        BufferFixture faulty = new BufferFixture(options, new MemoryStorage(SEGMENT_SIZE, 0, 0) {
            @Override
            public void clear(Segment segment) {
                super.clear(segment);
                segment.bytes().limit(RecordCodec.ALIGNMENT);
                unwritable.add(segment);
            }
        });
        Cursor only = faulty.buffer.openCursor("a", true, Thread.currentThread(), 4);
        faulty.pushQuarters(8);
        WaitingPush broken = overdue(faulty, 1, "broken").get(0);
        assertThat(only.read(Level.TRACE, true)).isTrue();
        only.pass();
        assertThat(broken.result()).isEqualTo(AsyncBuffer.BROKEN_OFF);
        assertThat(faulty.buffer.status().dropped()).isEqualTo(1);
        unwritable.forEach(segment -> segment.bytes().limit(SEGMENT_SIZE));
        faulty.buffer.housekeep();
        assertThat(faulty.push("next:")).isPositive();
        assertThat(BufferFixture.drain(only)).doesNotContain("broken").endsWith("next");
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
        BufferFixture hasty = new BufferFixture(options(2).withMaxWait(Duration.ofSeconds(10)));
        Cursor standing = hasty.cursor("a", true);
        hasty.pushQuarters(4);
        WaitingPush overdue = overdue(hasty, 1, "lost").get(0);
        assertThat(overdue.result()).isEqualTo(AsyncBuffer.DROPPED);
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
        return overdue(fixture, count, message);
    }

    private static List<WaitingPush> overdue(BufferFixture fixture, int count, String message) {
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
