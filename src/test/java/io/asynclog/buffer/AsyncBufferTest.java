package io.asynclog.buffer;

import static io.asynclog.buffer.BufferFixture.QUARTER;
import static io.asynclog.buffer.BufferFixture.SEGMENT_SIZE;
import static io.asynclog.buffer.BufferFixture.drain;
import static io.asynclog.buffer.BufferFixture.numbers;
import static io.asynclog.buffer.BufferFixture.options;
import static io.asynclog.buffer.BufferFixture.sized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class AsyncBufferTest {
    private final BufferFixture fixture = new BufferFixture(options(4));
    private final AsyncBuffer buffer = fixture.buffer;

    @Test
    void numbersRecordsFromZeroAndHandsThemOutInOrder() {
        Cursor cursor = fixture.cursor("a", true);
        assertThat(fixture.push("0:")).isEqualTo(0);
        assertThat(fixture.push("1:")).isEqualTo(1);
        assertThat(drain(cursor)).containsExactly("0", "1");
        assertThat(cursor.sequence()).isEqualTo(2);
        assertThat(buffer.accepted()).isEqualTo(2);
        assertThat(buffer.nextSequence()).isEqualTo(2);
    }

    @Test
    void recordThatDoesNotFitGoesToTheNextSegmentAndTheRestIsPadding() {
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(3);
        assertThat(fixture.push(sized(QUARTER + 8, "3"))).isEqualTo(3);
        assertThat(buffer.status().segmentsUsed()).isEqualTo(2);
        assertThat(drain(cursor)).isEqualTo(numbers(0, 3));
        assertThat(cursor.position()).isEqualTo(SEGMENT_SIZE + QUARTER + 8);
    }

    @Test
    void restOfEightBytesIsPadding() {
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(3);
        fixture.push(sized(QUARTER - 8, "3"));
        assertThat(fixture.push("4:")).isEqualTo(4);
        assertThat(drain(cursor)).isEqualTo(numbers(0, 4));
    }

    @Test
    void recordsThatFillASegmentExactlyNeedNoPadding() {
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        assertThat(buffer.status().segmentsUsed()).isEqualTo(1);
        assertThat(drain(cursor)).isEqualTo(numbers(0, 3));
        assertThat(cursor.position()).isEqualTo(SEGMENT_SIZE);
        fixture.pushQuarters(1);
        assertThat(drain(cursor)).isEqualTo(numbers(4, 4));
        assertThat(cursor.position()).isEqualTo(SEGMENT_SIZE + QUARTER);
    }

    @Test
    void recordMayFillAWholeSegment() {
        BufferFixture large = new BufferFixture(options(4));
        Cursor cursor = large.cursor("a", true);
        int attachments = SEGMENT_SIZE / 4; // what a message leaves free for them
        for (int i = 0; i < 5; i++) {
            RecordEncoder record = large.record(Level.INFO, sized(SEGMENT_SIZE - attachments, Integer.toString(i)));
            record.exception(new IllegalStateException("y".repeat(SEGMENT_SIZE)));
            assertThat(record.recordLength()).isEqualTo(SEGMENT_SIZE);
            assertThat(large.buffer.push(record)).isEqualTo(i);
            assertThat(drain(cursor)).isEqualTo(numbers(i, i));
        }
    }

    @Test
    void growsToTheMaximumAndKeepsTheLastSegmentForErrors() {
        BufferFixture dropping = new BufferFixture(options(4).withPolicy(OverflowPolicy.DROP));
        Cursor cursor = dropping.cursor("a", true);
        dropping.pushQuarters(12);
        assertThat(dropping.push("lost")).isEqualTo(AsyncBuffer.DROPPED);
        for (int i = 12; i < 16; i++) {
            assertThat(dropping.push(Level.ERROR, sized(QUARTER, Integer.toString(i))))
                    .isEqualTo(i);
        }
        assertThat(dropping.push(Level.ERROR, sized(QUARTER, "lost"))).isEqualTo(AsyncBuffer.DROPPED);
        BufferStatus status = dropping.buffer.status();
        assertThat(status.segmentsUsed()).isEqualTo(4);
        assertThat(status.segmentsMax()).isEqualTo(4);
        assertThat(status.depthBytes()).isEqualTo(4 * SEGMENT_SIZE);
        assertThat(status.capacityBytes()).isEqualTo(4 * SEGMENT_SIZE);
        assertThat(status.full()).isTrue();
        assertThat(status.accepted()).isEqualTo(16);
        assertThat(status.dropped()).isEqualTo(2);
        assertThat(drain(cursor)).isEqualTo(numbers(0, 15));
        assertThat(dropping.buffer.status().full()).isFalse();
    }

    @Test
    void passedSegmentsAreUsedAgain() {
        Cursor cursor = fixture.cursor("a", true);
        Set<Object> segments = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            fixture.pushQuarters(2);
            segments.add(System.identityHashCode(fixture.segmentAt(cursor.position())));
            assertThat(drain(cursor)).isEqualTo(numbers(2L * i, 2L * i + 1));
            fixture.runBackground();
        }
        assertThat(segments).hasSizeLessThanOrEqualTo(3);
        assertThat(buffer.status().depthBytes()).isZero();
    }

    @Test
    void oneCursorThatStaysBehindHoldsTheMemory() {
        Cursor fast = fixture.cursor("fast", true);
        Cursor slow = fixture.cursor("slow", true);
        fixture.pushQuarters(8);
        drain(fast);
        assertThat(buffer.status().segmentsUsed()).isEqualTo(2);
        assertThat(buffer.status().depthBytes()).isEqualTo(2 * SEGMENT_SIZE);
        assertThat(drain(slow)).isEqualTo(numbers(0, 7));
        fixture.pushQuarters(1);
        assertThat(buffer.status().segmentsUsed()).isLessThanOrEqualTo(2);
    }

    @Test
    void worksNearTheEndOfItsNumbers() {
        long firstPosition = Long.MAX_VALUE - 100L * SEGMENT_SIZE;
        long firstSequence = Long.MAX_VALUE - 400;
        BufferFixture late = new BufferFixture(options(3), firstPosition, firstSequence);
        Cursor cursor = late.cursor("a", true);
        for (int i = 0; i < 99; i++) {
            late.pushQuarters(4);
            assertThat(late.buffer.status().depthBytes()).isEqualTo(SEGMENT_SIZE);
            long sequence = firstSequence + 4L * i;
            assertThat(drain(cursor)).isEqualTo(numbers(sequence, sequence + 3));
        }
        assertThat(cursor.position()).isEqualTo(firstPosition + 99L * SEGMENT_SIZE);
        assertThat(late.buffer.close()).isEqualTo(firstSequence + 4L * 99);
    }

    @Test
    void placeThatCouldNotBeFilledBecomesPaddingAndIsNotCounted() {
        Cursor cursor = fixture.cursor("a", true);
        fixture.push("0:");
        RecordEncoder broken = fixture.record(Level.INFO, "broken");
        ByteBuffer memory = fixture.segmentAt(0).bytes();
        memory.limit((int) buffer.status().depthBytes() + RecordCodec.ALIGNMENT);
        assertThatThrownBy(() -> buffer.push(broken)).isInstanceOf(IndexOutOfBoundsException.class);
        memory.limit(memory.capacity());
        assertThat(fixture.push("2:")).isEqualTo(2);
        buffer.releaseEncoder(broken);
        buffer.housekeep();
        assertThat(drain(cursor)).containsExactly("0", "2");
        assertThat(cursor.sequence()).isEqualTo(3);
        assertThat(buffer.accepted()).isEqualTo(2);
    }

    @Test
    void placeThatCouldNotBeFilledIsNoRecordEitherThatALaggardMisses() {
        BufferFixture narrow = new BufferFixture(options(3));
        Cursor required = narrow.cursor("required", true);
        Cursor laggard = narrow.cursor("laggard", false);
        narrow.push("0:");
        RecordEncoder broken = narrow.record(Level.INFO, "broken");
        ByteBuffer memory = narrow.segmentAt(0).bytes();
        memory.limit((int) narrow.buffer.status().depthBytes() + RecordCodec.ALIGNMENT);
        assertThatThrownBy(() -> narrow.buffer.push(broken)).isInstanceOf(IndexOutOfBoundsException.class);
        memory.limit(memory.capacity());
        narrow.buffer.releaseEncoder(broken);
        narrow.buffer.housekeep();
        for (int i = 0; i < 5; i++) {
            narrow.pushQuarters(4);
            assertThat(drain(required)).isNotEmpty();
        }

        assertThat(laggard.read(Level.TRACE, true)).isTrue();
        assertThat(laggard.lagged()).isPositive();
        long read = 0;
        long lagged = laggard.lagged();
        do {
            read += laggard.batch().size();
            laggard.pass();
        } while (laggard.read(Level.TRACE, true));
        assertThat(lagged + read).isEqualTo(narrow.buffer.accepted());
    }

    @Test
    void cursorThatOpensLateBeginsAtTheOldestRecord() {
        fixture.pushQuarters(6);
        assertThat(drain(fixture.cursor("first", true))).isEqualTo(numbers(0, 5));
        assertThat(drain(fixture.cursor("second", true))).isEqualTo(numbers(4, 5));
    }

    @Test
    void cursorThatOpensWhenAllIsPassedBeginsAtTheNextRecord() {
        Cursor first = fixture.cursor("first", true);
        fixture.pushQuarters(3);
        assertThat(drain(first)).hasSize(3);
        RecordEncoder tooLong = fixture.record(Level.INFO, sized(2 * QUARTER, "3"));
        assertThat(buffer.push(tooLong)).isEqualTo(3);
        assertThat(drain(first)).hasSize(1);
        Cursor second = fixture.cursor("second", true);
        fixture.push("4:");
        assertThat(drain(second)).endsWith("4");
    }

    @Test
    void closedBufferTakesNothingAndKnowsItsEnd() {
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(5);
        assertThat(buffer.isDrained(cursor)).isFalse();
        assertThat(buffer.close()).isEqualTo(5);
        assertThat(buffer.close()).isEqualTo(5);
        assertThat(buffer.isClosed()).isTrue();
        assertThat(fixture.push("late")).isEqualTo(AsyncBuffer.CLOSED);
        assertThat(fixture.push(Level.ERROR, "late")).isEqualTo(AsyncBuffer.CLOSED);
        assertThat(fixture.pushOrPark(Level.INFO, "late", new BufferFixture.Outcome()))
                .isEqualTo(AsyncBuffer.CLOSED);
        assertThat(buffer.isDrained(cursor)).isFalse();
        assertThat(drain(cursor)).isEqualTo(numbers(0, 4));
        assertThat(buffer.isDrained(cursor)).isTrue();
        assertThat(buffer.accepted()).isEqualTo(5);
        assertThat(buffer.nextSequence()).isEqualTo(5);
    }

    @Test
    void emptyBufferCloses() {
        Cursor cursor = fixture.cursor("a", true);
        assertThat(buffer.close()).isZero();
        assertThat(buffer.isDrained(cursor)).isTrue();
    }

    @Test
    void bufferFilledExactlyCloses() {
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        assertThat(drain(cursor)).hasSize(4);
        assertThat(buffer.close()).isEqualTo(4);
        assertThat(buffer.isDrained(cursor)).isTrue();
    }

    @Test
    void highWaterRemembersTheLargestDepth() {
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(6);
        drain(cursor);
        fixture.push("small");
        drain(cursor);
        assertThat(buffer.status().highWaterBytes()).isEqualTo(6 * QUARTER);
        assertThat(buffer.status().depthBytes()).isZero();
    }

    @Test
    void highWaterIsNoLowerThanTheDepthOfASinkThatTakesNothing() {
        Cursor ignored = fixture.cursor("a", true);
        fixture.pushQuarters(6);
        BufferStatus status = buffer.status();
        assertThat(status.highWaterBytes()).isEqualTo(status.depthBytes()).isEqualTo(6 * QUARTER);
    }

    @Test
    void highWaterHasWhatCameWhileABatchWasFlushed() {
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(1);
        cursor.read(Level.TRACE, true);
        fixture.pushQuarters(5);
        cursor.pass();
        drain(cursor);
        assertThat(buffer.status().highWaterBytes()).isEqualTo(6 * QUARTER);
    }

    @Test
    void depthBeforeTheFirstCursorIsAllThatWaits() {
        fixture.pushQuarters(2);
        assertThat(buffer.status().depthBytes()).isEqualTo(2 * QUARTER);
    }

    @Test
    void sequencesStayDenseOverManySegmentsOfOddSizes() {
        Cursor cursor = fixture.cursor("a", true);
        List<String> expected = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int length = 64 + 8 * (i * 37 % 300);
            assertThat(fixture.push(sized(length, Integer.toString(i)))).isEqualTo(i);
            expected.add(Integer.toString(i));
            if (i % 3 == 0) {
                seen.addAll(drain(cursor));
            }
        }
        seen.addAll(drain(cursor));
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void placeThatCannotBePaddedEitherIsMendedWhenItCan() {
        Cursor cursor = fixture.cursor("a", true);
        fixture.push("0:");
        RecordEncoder broken = fixture.record(Level.INFO, "broken");
        Segment segment = fixture.segmentAt(0);
        ByteBuffer memory = segment.bytes();
        memory.limit((int) segment.claimedOffset() + 1);
        assertThatThrownBy(() -> buffer.push(broken)).isInstanceOf(IndexOutOfBoundsException.class);
        buffer.housekeep();
        assertThat(fixture.reports)
                .containsExactly("The buffer failed to write a record, or to tell of one, that no caller waits for");
        memory.limit(memory.capacity());
        buffer.housekeep();
        assertThat(fixture.reports).hasSize(2).last().asString().startsWith("No longer: The buffer failed");
        assertThat(fixture.push("2:")).isEqualTo(2);
        assertThat(drain(cursor)).containsExactly("0", "2");
        assertThat(buffer.accepted()).isEqualTo(2);
    }

    @Test
    void segmentWhoseEndCannotBePaddedIsClosedAllTheSameAndPaddedWhenItCan() {
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(3);
        Segment segment = fixture.segmentAt(0);
        ByteBuffer memory = segment.bytes();
        memory.limit((int) segment.claimedOffset());
        RecordEncoder crossing = fixture.record(Level.INFO, BufferFixture.sized(BufferFixture.QUARTER + 8, "3"));
        assertThatThrownBy(() -> buffer.push(crossing)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(buffer.nextSequence()).isEqualTo(3); // waits for nobody
        assertThat(fixture.push("3:")).isEqualTo(3);
        memory.limit(memory.capacity());
        buffer.housekeep();
        assertThat(drain(cursor)).containsExactly("0", "1", "2", "3");
    }

    @Test
    void segmentWhoseBeginningBrokeOffIsTheNextAllTheSame() {
        AtomicBoolean outOfMemory = new AtomicBoolean();
        BufferFixture fixture = new BufferFixture(options(8), new MemoryStorage(BufferFixture.SEGMENT_SIZE, 0, 0) {
            @Override
            public void noteNewest(Segment next, long base, long firstSequence) {
                if (outOfMemory.getAndSet(false)) {
                    throw new OutOfMemoryError("Java heap space");
                }
            }
        });
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        outOfMemory.set(true);
        assertThatThrownBy(() -> fixture.push("breaks off")).isInstanceOf(OutOfMemoryError.class);
        fixture.runBackground(); // puts another segment beside the one that was chosen
        fixture.pushQuarters(2);
        assertThat(drain(cursor)).isEqualTo(numbers(0, 5));
        assertThat(fixture.buffer.status().segmentsUsed()).isEqualTo(1);
    }

    @Test
    void beginningThatBrokeOffOfTheCurrentSegmentItselfLeavesNoHole() {
        AtomicBoolean outOfMemory = new AtomicBoolean();
        BufferFixture fixture = new BufferFixture(
                options(2).withMaxWait(Duration.ZERO), new MemoryStorage(BufferFixture.SEGMENT_SIZE, 0, 0) {
                    @Override
                    public void noteNewest(Segment next, long base, long firstSequence) {
                        if (outOfMemory.getAndSet(false)) {
                            throw new OutOfMemoryError("Java heap space");
                        }
                    }
                });
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        assertThat(fixture.push("only the reserve is left")).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(drain(cursor)).isEqualTo(numbers(0, 3));
        outOfMemory.set(true);
        assertThatThrownBy(() -> fixture.push("breaks off")).isInstanceOf(OutOfMemoryError.class);
        assertThat(fixture.push("arrives")).isNotNegative();

        assertThat(drain(cursor)).contains("arrives");
    }

    @Test
    void noAgeIsReadFromALogThatWasGivenUp() {
        BufferFixture fixture = new BufferFixture(options(2));
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushOfAge(Duration.ofHours(1), "old");
        fixture.buffer.close();
        assertThat(Duration.ofNanos(cursor.lagNanos())).isGreaterThanOrEqualTo(Duration.ofHours(1));
        fixture.buffer.release();

        assertThat(cursor.lagNanos()).isZero();
        assertThat(cursor.read(Level.TRACE, true)).isFalse();
    }

    @Test
    void segmentThatCannotBeWrittenIsGivenUpForAnother() {
        List<Segment> abandoned = new ArrayList<>();
        AtomicBoolean faulty = new AtomicBoolean();
        Set<Segment> unwritable = new HashSet<>();
        BufferFixture fixture = new BufferFixture(
                options(8).withMaxWait(Duration.ZERO), new MemoryStorage(BufferFixture.SEGMENT_SIZE, 0, 0) {
                    @Override
                    public void noteNewest(Segment next, long base, long firstSequence) {
                        if (faulty.getAndSet(false)) {
                            unwritable.add(next); // for good
                        }
                        if (unwritable.contains(next)) {
                            throw new InternalError("a fault occurred in an unsafe memory access operation");
                        }
                    }

                    @Override
                    public void abandon(Segment segment) {
                        abandoned.add(segment);
                    }
                });
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        fixture.runBackground(); // makes a spare
        faulty.set(true);
        assertThat(fixture.push("no room")).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(fixture.buffer.status().segmentsFree()).isZero();
        fixture.buffer.housekeep();
        assertThat(fixture.push("found room")).isNotNegative();
        assertThat(drain(cursor)).startsWith("0", "1", "2", "3").contains("found room");
        assertThat(abandoned).hasSize(1).containsExactlyElementsOf(unwritable);
    }
}
