package io.asynclog.buffer;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.buffer.BufferFixture.QUARTER;
import static io.asynclog.buffer.BufferFixture.drain;
import static io.asynclog.buffer.BufferFixture.numbers;
import static io.asynclog.buffer.BufferFixture.options;
import static io.asynclog.buffer.BufferFixture.sized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

@Timeout(60)
class AsyncBufferOverflowTest {
    @Test
    void callerWaitsUntilASegmentIsFreed() throws Exception {
        BufferFixture fixture = new BufferFixture(options(3));
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(8);
        WaitingPush waiting = new WaitingPush(fixture, Level.INFO, sized(QUARTER, "8"));
        waiting.awaitWaiting();
        List<String> tags = drain(cursor);
        assertThat(waiting.result()).isEqualTo(8);
        tags.addAll(drain(cursor));
        assertThat(tags).isEqualTo(numbers(0, 8));
        assertThat(fixture.buffer.status().dropped()).isZero();
    }

    @Test
    void stallCostsOneWaitAndNotOnePerCall() {
        Duration maxWait = Duration.ofMillis(100);
        BufferFixture fixture = new BufferFixture(options(2).withMaxWait(maxWait));
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        long begin = System.nanoTime();
        assertThat(fixture.push("5:")).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(maxWait.toNanos());
        for (int i = 0; i < 100; i++) {
            assertThat(fixture.push("6:")).isEqualTo(AsyncBuffer.DROPPED);
        }
        assertThat(fixture.buffer.status().waits()).isEqualTo(1);
        assertThat(fixture.buffer.status().dropped()).isEqualTo(101);
        assertThat(drain(cursor)).isEqualTo(numbers(0, 3));
    }

    @Test
    void sinkThatMovesIsNoReasonToWaitForAnotherThatDoesNot() {
        BufferFixture fixture = new BufferFixture(options(2).withMaxWait(Duration.ofMillis(100)));
        Cursor dead = fixture.cursor("dead", true);
        Cursor healthy = fixture.cursor("healthy", true);
        fixture.pushQuarters(4);
        assertThat(fixture.push("5:")).isEqualTo(AsyncBuffer.DROPPED);
        for (int i = 0; i < 20; i++) {
            assertThat(fixture.push(Level.ERROR, "goes into the reserve")).isNotNegative();
            assertThat(drain(healthy)).isNotEmpty();
            assertThat(fixture.push("6:")).isEqualTo(AsyncBuffer.DROPPED);
        }
        assertThat(fixture.buffer.status().waits()).isEqualTo(1);
        assertThat(drain(dead)).isNotEmpty();
        assertThat(fixture.push("found room")).isNotNegative();
    }

    @Test
    void sinkThatFailsAgainAndAgainIsNoReasonToWait() {
        BufferFixture fixture = new BufferFixture(options(2).withMaxWait(Duration.ofMillis(100)));
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        assertThat(fixture.push("5:")).isEqualTo(AsyncBuffer.DROPPED);
        for (int i = 0; i < 100; i++) {
            assertThat(cursor.read(Level.TRACE, true)).isTrue();
            cursor.passBefore(0); // the flush failed
            assertThat(fixture.push("6:")).isEqualTo(AsyncBuffer.DROPPED);
        }
        assertThat(fixture.buffer.status().waits()).isEqualTo(1);
        assertThat(drain(cursor)).isEqualTo(numbers(0, 3));
    }

    @Test
    void whileCursorsAreBeingOpenedNothingIsSkippedThatALaterOneNeeds() {
        BufferFixture fixture = new BufferFixture(options(3).withMaxWait(Duration.ZERO));
        fixture.pushQuarters(8);
        fixture.buffer.openingCursors();
        Cursor bestEffort = fixture.cursor("console", false);
        assertThat(fixture.push(sized(QUARTER, "no room"))).isEqualTo(AsyncBuffer.DROPPED);
        drain(bestEffort);
        assertThat(fixture.push(sized(QUARTER, "no room yet"))).isEqualTo(AsyncBuffer.DROPPED);
        Cursor required = fixture.cursor("file", true);
        fixture.buffer.cursorsOpened(true);

        assertThat(drain(required)).isEqualTo(numbers(0, 7));
        assertThat(fixture.push(sized(QUARTER, "8"))).isEqualTo(8);
    }

    @Test
    void recordIsTakenThoughThereIsNoThreadToMakeTheNextSegmentAhead() {
        AsyncBuffer buffer = new AsyncBuffer(
                options(8),
                task -> {
                    throw new OutOfMemoryError("unable to create native thread");
                },
                (message, cause) -> {},
                new MemoryStorage(BufferFixture.SEGMENT_SIZE, 0, 0));
        RecordEncoder record = buffer.leaseEncoder();
        for (int i = 0; i < 20; i++) {
            record.begin(Level.INFO, new byte[0], 1, Thread.currentThread());
            record.message("x".repeat(900));
            assertThat(buffer.push(record)).isEqualTo(i);
        }
    }

    @Test
    void callersWaitAgainOnceACursorMoves() throws Exception {
        BufferFixture fixture = new BufferFixture(options(2).withMaxWait(Duration.ofMillis(50)));
        Cursor cursor = fixture.buffer.openCursor("a", true, Thread.currentThread(), 1);
        fixture.pushQuarters(4);
        assertThat(fixture.push("lost")).isEqualTo(AsyncBuffer.DROPPED);
        cursor.read(Level.TRACE, true);
        cursor.pass();
        long begin = System.nanoTime();
        assertThat(fixture.push("lost after another wait")).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
    }

    @Test
    void waitMayBeLongerThanNanosecondsCanCount() throws Exception {
        BufferFixture fixture = new BufferFixture(options(2).withMaxWait(Duration.ofSeconds(Long.MAX_VALUE)));
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        WaitingPush waiting = new WaitingPush(fixture, Level.INFO, "4:");
        BufferFixture.Outcome parked = new BufferFixture.Outcome();
        waiting.awaitWaiting();
        assertThat(fixture.pushOrPark(Level.INFO, "5:", parked)).isEqualTo(AsyncBuffer.PARKED);
        fixture.buffer.expireParked();
        drain(cursor);
        assertThat(waiting.result()).isBetween(4L, 5L);
        assertThat(parked.result()).isBetween(4L, 5L);
    }

    @Test
    void waitOfZeroDropsAtOnce() {
        BufferFixture fixture = new BufferFixture(options(2).withMaxWait(Duration.ZERO));
        fixture.cursor("a", true);
        fixture.pushQuarters(4);
        assertThat(fixture.push("lost")).isEqualTo(AsyncBuffer.DROPPED);
    }

    @Test
    void dropPolicyNeverWaits() {
        BufferFixture fixture = new BufferFixture(options(2).withPolicy(OverflowPolicy.DROP));
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        assertThat(fixture.push("lost")).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(fixture.push(Level.ERROR, "4:")).isEqualTo(4);
        assertThat(fixture.push(Level.WARN, "lost")).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(drain(cursor)).isEqualTo(numbers(0, 4));
        assertThat(fixture.push("found room")).isPositive();
    }

    @Test
    void bufferIsFullFromTheFirstRefusalUntilAQuarterIsFree() {
        BufferFixture fixture = new BufferFixture(options(4).withPolicy(OverflowPolicy.DROP));
        Cursor cursor = fixture.buffer.openCursor("a", true, Thread.currentThread(), 4); // a segment at a time
        fixture.pushQuarters(11);
        assertThat(fixture.buffer.status().fullNanos()).isZero();
        fixture.pushQuarters(1);
        assertThat(fixture.push("lost")).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(fixture.buffer.status().full()).isTrue();
        assertThat(fixture.buffer.status().fullNanos()).isPositive();
        long since = System.nanoTime();

        passOne(cursor); // a segment is free, and filled at once
        assertThat(fixture.push("more")).isPositive();
        while (fixture.push(sized(QUARTER, "more")) != AsyncBuffer.DROPPED) {}
        long lasted = System.nanoTime() - since;
        assertThat(fixture.buffer.status().fullNanos()).isGreaterThanOrEqualTo(lasted);

        passOne(cursor);
        assertThat(fixture.buffer.status().full()).isFalse();
        passOne(cursor);
        fixture.buffer.housekeep();
        assertThat(fixture.buffer.status().fullNanos()).isZero();
    }

    @Test
    void bufferThatWasEmptyMeanwhileHasNotBeenFullSinceBefore() {
        BufferFixture fixture = new BufferFixture(options(4).withPolicy(OverflowPolicy.DROP));
        Cursor cursor = fixture.cursor("a", true);
        while (fixture.push(sized(QUARTER, "first")) != AsyncBuffer.DROPPED) {}
        drain(cursor);
        long empty = System.nanoTime();
        while (fixture.push(sized(QUARTER, "more")) != AsyncBuffer.DROPPED) {}

        assertThat(fixture.buffer.status().fullNanos()).isBetween(1L, System.nanoTime() - empty);
    }

    private static void passOne(Cursor cursor) {
        assertThat(cursor.read(Level.TRACE, true)).isTrue();
        cursor.pass();
    }

    @Test
    void dropBelowDropsLowLevelsAndLetsTheOthersWait() throws Exception {
        BufferFixture fixture = new BufferFixture(
                options(2).withPolicy(OverflowPolicy.DROP_BELOW).withDropBelow(Level.WARN));
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        assertThat(fixture.push(Level.INFO, "lost")).isEqualTo(AsyncBuffer.DROPPED);
        WaitingPush waiting = new WaitingPush(fixture, Level.WARN, "waits");
        waiting.awaitWaiting();
        drain(cursor);
        assertThat(waiting.result()).isEqualTo(4);
    }

    @Test
    void errorsFindTheReserveWhileOthersWait() throws Exception {
        BufferFixture fixture = new BufferFixture(options(2));
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        WaitingPush waiting = new WaitingPush(fixture, Level.INFO, "5:");
        waiting.awaitWaiting();
        assertThat(fixture.push(Level.ERROR, sized(QUARTER, "4"))).isEqualTo(4);
        waiting.awaitWaiting();
        List<String> tags = drain(cursor);
        assertThat(waiting.result()).isEqualTo(5);
        tags.addAll(drain(cursor));
        assertThat(tags).isEqualTo(numbers(0, 5));
    }

    @Test
    void reserveIsForAllOnceASegmentIsFreed() {
        BufferFixture fixture = new BufferFixture(options(2));
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        assertThat(fixture.push(Level.ERROR, "4:")).isEqualTo(4);
        assertThat(drain(cursor)).hasSize(5);
        assertThat(fixture.push(Level.INFO, "5:")).isEqualTo(5);
        assertThat(fixture.buffer.status().full()).isFalse();
    }

    @Test
    void interruptedCallerStopsWaitingAndStaysInterrupted() throws Exception {
        BufferFixture fixture = new BufferFixture(options(2));
        fixture.cursor("a", true);
        fixture.pushQuarters(4);
        WaitingPush waiting = new WaitingPush(fixture, Level.INFO, "lost");
        waiting.awaitWaiting();
        waiting.interrupt();
        assertThat(waiting.result()).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(waiting.endedInterrupted()).isTrue();
        assertThat(fixture.buffer.status().dropped()).isEqualTo(1);
    }

    @Test
    void closingLetsWaitingCallersGo() throws Exception {
        BufferFixture fixture = new BufferFixture(options(2));
        fixture.cursor("a", true);
        fixture.pushQuarters(4);
        WaitingPush waiting = new WaitingPush(fixture, Level.INFO, "late");
        waiting.awaitWaiting();
        assertThat(fixture.buffer.close()).isEqualTo(4);
        assertThat(waiting.result()).isEqualTo(AsyncBuffer.CLOSED);
        assertThat(fixture.buffer.status().dropped()).isZero();
    }

    @Test
    void threadOfASinkDoesNotWait() {
        BufferFixture fixture = new BufferFixture(options(2));
        fixture.cursor("a", true);
        fixture.pushQuarters(4);
        RecordEncoder record = fixture.record(Level.INFO, "from a sink");
        record.markFromSink();
        assertThat(fixture.buffer.push(record)).isEqualTo(AsyncBuffer.DROPPED);
    }

    @Test
    void recordsFromBeforeTheFirstCursorAreKept() {
        BufferFixture fixture = new BufferFixture(options(2));
        fixture.pushQuarters(4);
        assertThat(fixture.push("lost")).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(fixture.push(Level.ERROR, "4:")).isEqualTo(4);
        assertThat(drain(fixture.cursor("a", true))).isEqualTo(numbers(0, 4));
    }

    @Test
    void sleepingCursorIsWokenByTheRecordThatFindsNoRoomBehindIt() throws Exception {
        BufferFixture fixture = new BufferFixture(options(2));
        Drainer drainer = new Drainer(fixture);
        fixture.pushQuarters(3);
        drainer.awaitAsleepAt(3);
        WaitingPush push = new WaitingPush(fixture, Level.INFO, sized(2 * QUARTER, "3"));
        assertThat(push.result()).isEqualTo(3);
        drainer.awaitAsleepAt(4);
        drainer.stop();
    }

    @Test
    void oneLineTellsOfTheDropsBeforeTheNextRecord() {
        BufferFixture fixture = new BufferFixture(options(2).withPolicy(OverflowPolicy.DROP));
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        for (int i = 0; i < 3; i++) {
            assertThat(fixture.push("lost")).isEqualTo(AsyncBuffer.DROPPED);
        }
        drain(cursor);
        fixture.push("first after:");
        fixture.push("second after:");
        cursor.read(Level.TRACE, true);
        SegmentBatch batch = cursor.batch();
        List<String> messages = List.of(
                batch.get(0).message(),
                batch.get(1).message(),
                batch.get(batch.size() - 1).message());
        // The first record finds the old segment closed, so the report may come behind it, but only once.
        assertThat(messages)
                .anyMatch(message -> message.contains("3 log records were dropped")
                        && message.contains(Long.toString(2L * BufferFixture.SEGMENT_SIZE)));
        assertThat(batch.size()).isEqualTo(3);
        assertThat(fixture.buffer.accepted()).isEqualTo(7);
    }

    @Test
    void errorFindsTheReserveWhileASpareIsStillBeingMade() {
        BufferFixture fixture = new BufferFixture(options(3).withPolicy(OverflowPolicy.DROP));
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(8);
        assertThat(fixture.push(Level.ERROR, "8:")).isEqualTo(8);
        fixture.runBackground();
        BufferStatus status = fixture.buffer.status();
        assertThat(status.segmentsUsed() + status.segmentsFree()).isLessThanOrEqualTo(3);
        assertThat(drain(cursor)).isEqualTo(numbers(0, 8));
    }

    /** A cursor on a thread of its own, which drains the buffer and sleeps when there is nothing. */
    private static final class Drainer {
        private final Thread thread = new Thread(this::run);
        private final Cursor cursor;
        private volatile boolean stopping;

        Drainer(BufferFixture fixture) {
            cursor = fixture.buffer.openCursor("a", true, thread, 16);
            thread.setDaemon(true);
            thread.start();
        }

        private void run() {
            while (!stopping) {
                if (drain(cursor).isEmpty() && !stopping) {
                    cursor.sleep(TimeUnit.MINUTES.toNanos(1));
                }
            }
        }

        void awaitAsleepAt(long sequence) {
            await().atMost(DEADLINE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> cursor.sequence() == sequence && thread.getState() == Thread.State.TIMED_WAITING);
        }

        void stop() throws InterruptedException {
            stopping = true;
            cursor.wake();
            thread.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(thread.isAlive()).isFalse();
        }
    }
}
