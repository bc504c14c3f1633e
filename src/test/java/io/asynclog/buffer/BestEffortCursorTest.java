package io.asynclog.buffer;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.buffer.BufferFixture.QUARTER;
import static io.asynclog.buffer.BufferFixture.SEGMENT_SIZE;
import static io.asynclog.buffer.BufferFixture.drain;
import static io.asynclog.buffer.BufferFixture.numbers;
import static io.asynclog.buffer.BufferFixture.options;
import static io.asynclog.buffer.BufferFixture.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.Thread.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class BestEffortCursorTest {
    private final BufferFixture fixture = new BufferFixture(options(3));
    private final Cursor required = fixture.cursor("required", true);
    private final Cursor lagging = fixture.cursor("lagging", false);

    @Test
    void laggardIsSkippedWhenRoomIsNeededAndKnowsHowMany() {
        fixture.pushQuarters(8);
        drain(required);
        fixture.pushQuarters(4);
        assertThat(lagging.read(Level.TRACE, true)).isTrue();
        assertThat(lagging.lagged()).isEqualTo(4);
        assertThat(tags(lagging)).isEqualTo(numbers(4, 7));
        lagging.pass();
        assertThat(lagging.lagged()).isZero();
        assertThat(drain(lagging)).isEqualTo(numbers(8, 11));
        assertThat(fixture.buffer.status().dropped()).isZero();
    }

    @Test
    void laggardIsNotSkippedWhileThereIsRoom() {
        fixture.pushQuarters(8);
        drain(required);
        assertThat(drain(lagging)).isEqualTo(numbers(0, 7));
    }

    @Test
    void requiredCursorIsNeverSkipped() {
        BufferFixture dropping = new BufferFixture(options(3).withPolicy(OverflowPolicy.DROP));
        Cursor slow = dropping.cursor("slow", true);
        Cursor bestEffort = dropping.cursor("best-effort", false);
        dropping.pushQuarters(8);
        drain(bestEffort);
        assertThat(dropping.push("lost")).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(drain(slow)).isEqualTo(numbers(0, 7));
    }

    @Test
    void segmentThatAnOvertakenSinkIsStillReadingIsNotUsedAgain() {
        fixture.pushQuarters(4);
        assertThat(lagging.read(Level.TRACE, true)).isTrue();
        SegmentBatch held = lagging.batch();
        for (int i = 1; i < 12; i++) {
            fixture.pushQuarters(4);
            drain(required);
            fixture.runBackground();
        }
        assertThat(tags(lagging)).isEqualTo(numbers(0, 3));
        assertThat(held.sequence(3)).isEqualTo(3);
        lagging.pass();
        long position = lagging.position();
        assertThat(lagging.read(Level.TRACE, true)).isTrue();
        assertThat(lagging.lagged()).isPositive();
        long first = 4 + lagging.lagged();
        assertThat(lagging.batch().sequence(0)).isEqualTo(first);
        assertThat(lagging.position()).isGreaterThan(position);
        assertThat(drain(lagging)).isEqualTo(numbers(first, 47));
    }

    @Test
    void skipsAddUpUntilTheyArePassed() {
        fixture.pushQuarters(8);
        drain(required);
        fixture.pushQuarters(4);
        assertThat(lagging.read(Level.TRACE, true)).isTrue();
        assertThat(lagging.lagged()).isEqualTo(4);
        drain(required);
        fixture.pushQuarters(4);
        assertThat(lagging.read(Level.TRACE, true)).isTrue();
        assertThat(lagging.lagged()).isEqualTo(8);
        assertThat(tags(lagging)).isEqualTo(numbers(8, 11));
        lagging.pass();
        assertThat(lagging.lagged()).isZero();
    }

    @Test
    void skipThatThePassHasOvertakenSkipsNothing() {
        fixture.pushQuarters(8);
        assertThat(lagging.read(Level.TRACE, true)).isTrue();
        drain(required);
        fixture.pushQuarters(1);
        lagging.pass();
        assertThat(lagging.position()).isEqualTo(SEGMENT_SIZE);
        assertThat(lagging.read(Level.TRACE, true)).isTrue();
        assertThat(lagging.lagged()).isZero();
        assertThat(tags(lagging)).isEqualTo(numbers(4, 7));
    }

    @Test
    void laggardDoesNotHoldUpAPolicyThatNeverWaits() {
        BufferFixture dropping = new BufferFixture(options(2).withPolicy(OverflowPolicy.DROP));
        Cursor fast = dropping.cursor("fast", true);
        dropping.cursor("hanging", false);
        dropping.pushQuarters(4);
        assertThat(dropping.push("lost")).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(drain(fast)).hasSize(4);
        assertThat(dropping.push("found room")).isPositive();
    }

    @Test
    void bufferIsFullForNoLongerThanRequiredCursorsHoldIt() {
        BufferFixture dropping = new BufferFixture(options(4).withPolicy(OverflowPolicy.DROP));
        Cursor fast = dropping.cursor("fast", true);
        dropping.cursor("hanging", false);
        dropping.pushQuarters(12);
        assertThat(dropping.push("lost")).isEqualTo(AsyncBuffer.DROPPED);
        BufferStatus full = dropping.buffer.status();
        assertThat(full.fullNanos()).isPositive();
        assertThat(full.heldBytes()).isEqualTo(full.depthBytes()).isEqualTo(3 * SEGMENT_SIZE);

        drain(fast);
        dropping.pushQuarters(1);
        BufferStatus drained = dropping.buffer.status();
        assertThat(drained.depthBytes()).isGreaterThan(2 * SEGMENT_SIZE);
        assertThat(drained.heldBytes()).isEqualTo(QUARTER);
        assertThat(drained.fullNanos()).isZero();
    }

    @Test
    void callerDoesNotWaitForALaggard() throws Exception {
        BufferFixture full = new BufferFixture(options(2));
        Cursor fast = full.cursor("fast", true);
        full.cursor("hanging", false);
        full.pushQuarters(4);
        Thread waiting = new Thread(() -> full.push("4:"));
        waiting.setDaemon(true);
        waiting.start();
        await().atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        List<String> tags = drain(fast);
        waiting.join(10_000);
        assertThat(waiting.isAlive()).isFalse();
        tags.addAll(drain(fast));
        assertThat(tags).isEqualTo(numbers(0, 4));
    }

    @Test
    void onlyBestEffortCursorsNeverFillTheBuffer() {
        BufferFixture careless = new BufferFixture(options(2));
        Cursor only = careless.cursor("only", false);
        careless.pushQuarters(40);
        assertThat(careless.buffer.status().dropped()).isZero();
        assertThat(only.read(Level.TRACE, true)).isTrue();
        assertThat(only.lagged() + only.batch().size()).isEqualTo(40);
    }

    @Test
    void nobodyTakesASegmentFromACursorThatComesToItFromAGap() {
        long gap = SEGMENT_SIZE;
        PlaceInAGap storage = new PlaceInAGap(gap);
        BufferFixture damaged = new BufferFixture(options(3), storage);
        damaged.push("first behind the gap");
        Cursor cursor = damaged.cursor("sink", false);
        Thread other = new Thread(cursor::lagNanos); // takes the buffer's lock, as whoever takes a segment away does
        other.setDaemon(true);
        storage.onMove = () -> {
            other.start();
            await().atMost(DEADLINE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> other.getState() == State.WAITING || other.getState() == State.TERMINATED);
            assertThat(cursor.position()).isEqualTo(gap);
            assertThat(other.getState()).isEqualTo(State.WAITING);
        };
        assertThat(cursor.read(Level.TRACE, true)).isTrue();
        assertThat(cursor.position()).isEqualTo(3 * SEGMENT_SIZE);
        assertThat(tags(cursor)).containsExactly("first behind the gap");
    }

    @Test
    void passThatBreaksOffIsMadeUpForByTheNextReadAndNothingComesTwice() {
        PlaceInAGap storage = new PlaceInAGap(3 * SEGMENT_SIZE);
        BufferFixture poor = new BufferFixture(options(3), storage);
        Cursor cursor = poor.cursor("sink", false);
        poor.pushQuarters(4);
        assertThat(cursor.read(Level.TRACE, true)).isTrue();
        storage.onMove = () -> {
            throw new OutOfMemoryError("nothing left");
        };
        assertThatThrownBy(cursor::pass).isInstanceOf(OutOfMemoryError.class);
        storage.onMove = () -> {};

        assertThat(cursor.read(Level.TRACE, true)).as("has passed something").isTrue();
        assertThat(cursor.batch()).isNull();
        cursor.pass();
        assertThat(cursor.position()).isEqualTo(4 * SEGMENT_SIZE);
        assertThat(cursor.sequence()).isEqualTo(16);
        assertThat(cursor.read(Level.TRACE, true)).isFalse();
        assertThat(poor.push("16:")).isEqualTo(16);
        assertThat(drain(cursor)).containsExactly("16");
    }

    @Test
    void hangingCursorIsSkippedInABufferThatWasFullBeforeItWasThere() {
        BufferFixture early = new BufferFixture(options(2).withPolicy(OverflowPolicy.DROP));
        early.pushQuarters(4);
        assertThat(early.push("lost")).isEqualTo(AsyncBuffer.DROPPED);
        early.cursor("hanging", false);
        early.buffer.cursorsOpened(true);

        assertThat(early.push("found room")).isPositive();
    }

    /** A log of which an earlier process left nothing but the place of a sink, in the midst of it. */
    private static final class PlaceInAGap extends MemoryStorage implements CursorStore {
        private final SavedCursor place;
        private Runnable onMove = () -> {};

        PlaceInAGap(long position) {
            super(SEGMENT_SIZE, 3 * SEGMENT_SIZE, 12);
            place = new SavedCursor(this, 0, new FileFormat.CursorEntry(0, position, 4, 4, 0, "sink", null));
        }

        @Override
        public SavedCursor openCursor(String sink) {
            return place;
        }

        @Override
        public void write(int slot, FileFormat.CursorEntry entry) {
            onMove.run();
        }

        @Override
        public void remove(SavedCursor cursor) {}
    }

    @Test
    void progressIsThatOfAnyCursorWhereNoneIsRequired() {
        BufferFixture fixture = new BufferFixture(options(4));
        Cursor cursor = fixture.cursor("a", false);
        fixture.pushQuarters(1);
        long before = fixture.buffer.log().cursors().progress();
        assertThat(drain(cursor)).hasSize(1);
        assertThat(fixture.buffer.log().cursors().progress()).isNotEqualTo(before);
    }

    @Test
    void nothingIsHeldWhereNoneIsRequired() {
        BufferFixture fixture = new BufferFixture(options(4));
        fixture.cursor("a", false);
        fixture.cursor("b", false);
        fixture.pushQuarters(6);
        assertThat(fixture.buffer.status().depthBytes()).isPositive();
        assertThat(fixture.buffer.status().heldBytes()).isZero();
    }
}
