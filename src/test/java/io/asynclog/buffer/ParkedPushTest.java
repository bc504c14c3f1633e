package io.asynclog.buffer;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.buffer.BufferFixture.QUARTER;
import static io.asynclog.buffer.BufferFixture.SEGMENT_SIZE;
import static io.asynclog.buffer.BufferFixture.drain;
import static io.asynclog.buffer.BufferFixture.numbers;
import static io.asynclog.buffer.BufferFixture.options;
import static io.asynclog.buffer.BufferFixture.sized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.asynclog.buffer.BufferFixture.Outcome;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ParkedPushTest {
    private final BufferFixture fixture = new BufferFixture(options(2));
    private final AsyncBuffer buffer = fixture.buffer;
    private final Cursor cursor = fixture.cursor("a", true);

    @Test
    void recordThatFindsRoomIsNotParked() {
        Outcome outcome = new Outcome();
        assertThat(fixture.pushOrPark(Level.INFO, "0:", outcome)).isZero();
        assertThat(outcome.result()).isEqualTo(Outcome.PENDING);
    }

    @Test
    void parkedRecordsKeepTheirOrderAndComeBeforeWhatIsPushedLater() {
        fixture.pushQuarters(4);
        List<Outcome> outcomes = park(3);
        assertThat(drain(cursor)).isEqualTo(numbers(0, 6));
        assertThat(outcomes).extracting(Outcome::result).containsExactly(4L, 5L, 6L);
        assertThat(fixture.push("7:")).isEqualTo(7);
        assertThat(drain(cursor)).isEqualTo(numbers(7, 7));
        assertThat(buffer.accepted()).isEqualTo(8);
    }

    @Test
    void parkedRecordComesBeforeTheErrorThatOpensTheReserve() {
        fixture.pushQuarters(4);
        List<Outcome> outcomes = park(1);
        assertThat(fixture.push(Level.ERROR, "5:")).isEqualTo(5);
        assertThat(outcomes.get(0).result()).isEqualTo(4);
        assertThat(drain(cursor)).isEqualTo(numbers(0, 5));
    }

    @Test
    void recordParkedBesideAnOpenReserveComesBeforeTheNextError() {
        fixture.pushQuarters(4);
        assertThat(fixture.push(Level.ERROR, "4:")).isEqualTo(4);
        List<Outcome> outcomes = park(5, 1);
        assertThat(fixture.push(Level.ERROR, "6:")).isEqualTo(6);
        assertThat(outcomes.get(0).result()).isEqualTo(5);
        assertThat(drain(cursor)).isEqualTo(numbers(0, 6));
    }

    @Test
    void callbackSeesTheRecordAsClaimed() {
        fixture.pushQuarters(4);
        List<Long> nextSequences = new ArrayList<>();
        for (int i = 4; i < 6; i++) {
            assertThat(fixture.pushOrPark(Level.INFO, i + ":", new PushCallback() {
                        @Override
                        public void accepted(long sequence) {
                            nextSequences.add(buffer.nextSequence());
                        }

                        @Override
                        public void refused(long result) {
                            throw new AssertionError(result);
                        }
                    }))
                    .isEqualTo(AsyncBuffer.PARKED);
        }
        drain(cursor);
        assertThat(nextSequences).hasSize(2);
        assertThat(nextSequences.get(0)).isGreaterThan(4);
        assertThat(nextSequences.get(1)).isGreaterThan(5);
    }

    @Test
    void parkedRecordsHaveABoundInBytes() {
        fixture.pushQuarters(4);
        assertThat(fixture.pushOrPark(Level.INFO, sized(QUARTER, "4"), new Outcome()))
                .isEqualTo(AsyncBuffer.PARKED);
        assertThat(fixture.pushOrPark(Level.INFO, sized(QUARTER, "5"), new Outcome()))
                .isEqualTo(AsyncBuffer.PARKED);
        assertThat(fixture.pushOrPark(Level.INFO, "lost", new Outcome())).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(buffer.status().dropped()).isEqualTo(1);
        drain(cursor);
        assertThat(buffer.accepted()).isEqualTo(6);
    }

    @Test
    void parkedRecordsHaveABoundInNumber() {
        int size = 512 * 1024;
        BufferFixture large = new BufferFixture(
                options(2).withSegmentSize(size).withMaxSize(2L * size).withMaxRecordSize(size));
        Cursor largeCursor = large.cursor("a", true);
        int filled = 0;
        while (large.pushOrPark(Level.INFO, filled + ":", new Outcome()) != AsyncBuffer.PARKED) {
            filled++;
        }
        for (int i = 1; i < 1024; i++) {
            assertThat(large.pushOrPark(Level.INFO, filled + i + ":", new Outcome()))
                    .isEqualTo(AsyncBuffer.PARKED);
        }
        assertThat(large.pushOrPark(Level.INFO, "lost", new Outcome())).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(drain(largeCursor)).isEqualTo(numbers(0, filled + 1023));
    }

    @Test
    void parkedRecordsAreDroppedWhenTheirTimeIsOver() {
        BufferFixture hasty = new BufferFixture(options(2).withMaxWait(Duration.ZERO));
        Cursor slow = hasty.cursor("a", true);
        hasty.pushQuarters(4);
        Outcome outcome = new Outcome();
        assertThat(hasty.pushOrPark(Level.INFO, "lost", outcome)).isEqualTo(AsyncBuffer.PARKED);
        assertThat(hasty.buffer.expireParked()).isEqualTo(AsyncBuffer.NONE_PARKED);
        assertThat(outcome.result()).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(hasty.buffer.status().dropped()).isEqualTo(1);
        assertThat(drain(slow)).hasSize(4);
        assertThat(hasty.push("room")).isPositive();
    }

    @Test
    void parkedRecordThatCannotBeWrittenIsDroppedAndHoldsUpNobody() {
        fixture.pushQuarters(4);
        assertThat(fixture.push(Level.ERROR, "4:")).isEqualTo(4);
        List<Outcome> outcomes = park(5, 2);
        Segment current = fixture.segmentAt(SEGMENT_SIZE);
        ByteBuffer memory = current.bytes();
        memory.limit((int) current.claimedOffset() + RecordCodec.ALIGNMENT);
        assertThat(cursor.read(Level.TRACE, true)).isTrue();
        cursor.pass();
        assertThat(outcomes).extracting(Outcome::result).containsOnly(AsyncBuffer.BROKEN_OFF);
        assertThat(buffer.dropReason(AsyncBuffer.BROKEN_OFF)).contains("could not be written");
        memory.limit(memory.capacity());
        buffer.housekeep();

        assertThat(fixture.push("8:")).isEqualTo(8); // behind the line that tells what was dropped
        assertThat(drain(cursor)).hasSize(3).startsWith("4").endsWith("8");
        assertThat(buffer.accepted()).isEqualTo(7);
        assertThat(buffer.status().dropped()).isEqualTo(2);
    }

    @Test
    void parkedRecordThatCannotBeWrittenIntoTheNextSegmentIsDropped() {
        Set<Segment> unwritable = new HashSet<>();
        BufferFixture faulty = new BufferFixture(options(3), new MemoryStorage(SEGMENT_SIZE, 0, 0) {
            @Override
            public void clear(Segment segment) {
                super.clear(segment);
                segment.bytes().limit(RecordCodec.ALIGNMENT);
                unwritable.add(segment);
            }
        });
        Cursor only = faulty.cursor("a", true);
        faulty.pushQuarters(8);
        Outcome parked = new Outcome();
        assertThat(faulty.pushOrPark(Level.INFO, "8:", parked)).isEqualTo(AsyncBuffer.PARKED);
        assertThat(only.read(Level.TRACE, true)).isTrue();
        only.pass();
        assertThat(unwritable).hasSize(1);

        assertThat(parked.result()).isEqualTo(AsyncBuffer.BROKEN_OFF);
        unwritable.forEach(segment -> segment.bytes().limit(SEGMENT_SIZE));
        faulty.buffer.housekeep();
        assertThat(faulty.push("10:")).isEqualTo(10); // behind the line that tells what was dropped
        assertThat(drain(only)).hasSize(6).startsWith("4").endsWith("10");
    }

    @Test
    void closingLetsTheParkedGoThoughTheMemoryCannotBeWritten() {
        fixture.pushQuarters(4);
        assertThat(fixture.push(Level.ERROR, "4:")).isEqualTo(4);
        List<Outcome> outcomes = park(5, 2);
        Segment current = fixture.segmentAt(SEGMENT_SIZE);
        current.bytes().limit((int) current.claimedOffset());
        assertThat(buffer.close()).isEqualTo(5);

        assertThat(outcomes).extracting(Outcome::result).containsOnly(AsyncBuffer.CLOSED);
    }

    @Test
    void parkedRecordsDoNotExpireBeforeTheirTime() {
        fixture.pushQuarters(4);
        List<Outcome> outcomes = park(1);
        assertThat(buffer.expireParked())
                .isPositive()
                .isLessThanOrEqualTo(buffer.options().maxWait().toNanos());
        assertThat(outcomes.get(0).result()).isEqualTo(Outcome.PENDING);
    }

    @Test
    void closingRefusesParkedRecords() {
        fixture.pushQuarters(4);
        List<Outcome> outcomes = park(2);
        assertThat(buffer.close()).isEqualTo(4);
        assertThat(outcomes).extracting(Outcome::result).containsOnly(AsyncBuffer.CLOSED);
        assertThat(drain(cursor)).isEqualTo(numbers(0, 3));
        assertThat(buffer.accepted()).isEqualTo(4);
    }

    @Test
    void roomThatIsMadeWhileTheCloseRefusesTheParkedIsForNobody() {
        fixture.pushQuarters(4);
        List<String> drained = new ArrayList<>();
        PushCallback freeing = new PushCallback() {
            @Override
            public void accepted(long sequence) {
                drained.add("accepted");
            }

            @Override
            public void refused(long result) {
                drained.addAll(drain(cursor)); // which gives a segment back
            }
        };
        assertThat(fixture.pushOrPark(Level.INFO, "4:", freeing)).isEqualTo(AsyncBuffer.PARKED);
        List<Outcome> outcomes = park(2);
        assertThat(buffer.close()).isEqualTo(4);
        assertThat(drained).isEqualTo(numbers(0, 3));
        assertThat(outcomes).extracting(Outcome::result).containsOnly(AsyncBuffer.CLOSED);
        assertThat(fixture.push("late")).isEqualTo(AsyncBuffer.CLOSED);
        assertThat(buffer.isDrained(cursor)).isTrue();
        assertThat(buffer.accepted()).isEqualTo(4);
    }

    @Test
    void whatThePolicyDropsIsNotParked() {
        BufferFixture dropping = new BufferFixture(options(2).withPolicy(OverflowPolicy.DROP));
        dropping.cursor("a", true);
        dropping.pushQuarters(4);
        assertThat(dropping.pushOrPark(Level.INFO, "lost", new Outcome())).isEqualTo(AsyncBuffer.DROPPED);
    }

    @Test
    void waitingCallerComesBehindTheParkedRecords() throws Exception {
        fixture.pushQuarters(4);
        List<Outcome> outcomes = park(1);
        Thread waiting = new Thread(() -> fixture.push("5:"));
        waiting.setDaemon(true);
        waiting.start();
        await().atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        List<String> tags = drain(cursor);
        waiting.join(10_000);
        tags.addAll(drain(cursor));
        assertThat(tags).isEqualTo(numbers(0, 5));
        assertThat(outcomes.get(0).result()).isEqualTo(4);
    }

    @Test
    void recordThatFoundNoRoomIsNotCompletedAgain() {
        fixture.pushQuarters(4);
        RecordEncoder record = fixture.record(Level.INFO, "4:");
        assertThat(buffer.tryPush(record)).isEqualTo(AsyncBuffer.NO_ROOM);
        byte[] complete = record.bytes().clone();
        record.markAwaited(); // completing the record again would make this part of it
        assertThat(buffer.pushOrPark(record, new Outcome())).isEqualTo(AsyncBuffer.PARKED);

        assertThat(record.bytes()).isEqualTo(complete);
    }

    private List<Outcome> park(int count) {
        return park(4, count);
    }

    private List<Outcome> park(int first, int count) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            Outcome outcome = new Outcome();
            assertThat(fixture.pushOrPark(Level.INFO, i + ":", outcome)).isEqualTo(AsyncBuffer.PARKED);
            assertThat(outcome.result()).isEqualTo(Outcome.PENDING);
            outcomes.add(outcome);
        }
        return outcomes;
    }
}
