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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

/**
 * Who is woken when there is room again. No caller looks by itself before its time is over, which is after any of
 * these.
 */
@Timeout(120)
class BlockedCallersTest {
    /** So many that one free segment is not ample room yet, with which all would be woken. */
    private static final int SEGMENTS = 24;

    private final BufferFixture fixture = new BufferFixture(options(SEGMENTS).withMaxWait(Duration.ofHours(1)));

    @Test
    void allThatFindRoomInOneFreedSegmentComeOneAfterTheOther() throws Exception {
        Cursor cursor = fill();
        List<WaitingPush> waiting = waiting(fixture, Level.INFO, 6, "short");
        passOne(cursor);
        for (WaitingPush each : waiting) {
            assertThat(each.result()).isPositive();
        }
    }

    @Test
    void waitsAreCountedAndTimedOncePerCaller() throws Exception {
        Cursor cursor = fill();
        assertThat(fixture.buffer.status().waits()).isZero();
        long begin = System.nanoTime();
        List<WaitingPush> waiting = waiting(fixture, Level.INFO, 3, sized(2 * QUARTER, "two in a segment"));
        assertThat(fixture.buffer.status().waits()).isEqualTo(3);
        passOne(cursor);
        await().atMost(DEADLINE)
                .until(() -> waiting.stream().filter(WaitingPush::isDone).count() == 2
                        && waiting.stream().filter(WaitingPush::isWaiting).count() == 1); // still, or again
        passOne(cursor);
        for (WaitingPush each : waiting) {
            assertThat(each.result()).isPositive();
        }
        BufferStatus status = fixture.buffer.status();
        assertThat(status.waits()).isEqualTo(3);
        assertThat(status.waitedNanos()).isBetween(1L, 3 * (System.nanoTime() - begin));
    }

    @Test
    void waitsOfNoTimeAreNone() {
        BufferFixture hasty = new BufferFixture(options(2).withMaxWait(Duration.ZERO));
        hasty.cursor("a", true);
        hasty.pushQuarters(4);
        assertThat(hasty.push("lost")).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(hasty.buffer.status().waits()).isZero();
    }

    @Test
    void whoFindsNoRoomWaitsForTheNextSegment() throws Exception {
        Cursor cursor = fill();
        List<WaitingPush> waiting = waiting(fixture, Level.INFO, 8, sized(QUARTER, "long"));
        passOne(cursor);
        await().atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> waiting.stream().filter(WaitingPush::isWaiting).count() == 4
                        && waiting.stream().filter(WaitingPush::isDone).count() == 4);
        passOne(cursor);
        for (WaitingPush each : waiting) {
            assertThat(each.result()).isPositive();
        }
    }

    @Test
    void whoMayUseTheReserveIsWokenForItThoughOthersHaveWaitedLonger() throws Exception {
        Cursor cursor = fill();
        List<WaitingPush> others = waiting(fixture, Level.INFO, 2, "other");
        for (int i = 0; i < 4; i++) {
            assertThat(fixture.push(Level.ERROR, sized(QUARTER, "reserve"))).isPositive();
        }
        List<WaitingPush> errors = waiting(fixture, Level.ERROR, 3, sized(QUARTER, "error"));
        passOne(cursor); // now there is the reserve again, and nothing else
        for (WaitingPush each : errors) {
            assertThat(each.result()).isPositive();
        }
        others.forEach(WaitingPush::awaitWaiting);
        passOne(cursor);
        for (WaitingPush each : others) {
            assertThat(each.result()).isPositive();
        }
    }

    @Test
    void thoseThatFoundNoMemoryAreWokenWhenThereIsSomeAgain() throws Exception {
        AtomicBoolean exhausted = new AtomicBoolean();
        BufferOptions options = options(SEGMENTS).withMaxWait(Duration.ofHours(1));
        BufferFixture scarce = new BufferFixture(options, new MemoryStorage(BufferFixture.SEGMENT_SIZE, 0, 0) {
            @Override
            public Segment create() {
                if (exhausted.get()) {
                    throw new OutOfMemoryError("Cannot reserve direct memory");
                }
                return super.create();
            }
        });
        Cursor held = scarce.cursor("a", true);
        scarce.pushQuarters(4);
        exhausted.set(true);
        List<WaitingPush> waiting = waiting(scarce, Level.INFO, 3, "short");
        exhausted.set(false);
        scarce.buffer.housekeep();
        for (WaitingPush each : waiting) {
            assertThat(each.result()).isPositive();
        }
        assertThat(held.sequence()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nobodyIsForgottenHoweverManyWait(boolean memoryIsShort) throws Exception {
        BufferFixture fixture = memoryIsShort ? fixtureWithShortMemory() : this.fixture;
        int threads = 64;
        int records = 200;
        AtomicInteger accepted = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        List<Future<?>> done = new ArrayList<>();
        Cursor cursor = fixture.buffer.openCursor("a", true, Thread.currentThread(), 4);
        fixture.cursor("lagging", false); // has all it needs skipped
        for (int thread = 0; thread < threads; thread++) {
            Level level = thread % 8 == 0 ? Level.ERROR : Level.INFO;
            done.add(callers.submit(() -> {
                for (int i = 0; i < records; i++) {
                    if (fixture.push(level, "one of many: " + "x".repeat(i * 4)) >= 0) {
                        accepted.incrementAndGet();
                    }
                }
            }));
        }
        while (!done.stream().allMatch(Future::isDone)) {
            assertThat(System.nanoTime()).as("accepted %d", accepted.get()).isLessThan(deadline);
            // A batch is passed only while somebody may be waiting for it, so that whoever is forgotten at the end
            // stays so.
            if (fixture.buffer.status().full() && cursor.read(Level.TRACE, true)) {
                cursor.pass();
            }
            fixture.runBackground();
            fixture.buffer.housekeep();
        }
        callers.shutdown();
        assertThat(callers.awaitTermination(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(accepted).hasValue(threads * records);
    }

    /** Returns a buffer for whose next segment there is no memory at times. */
    private static BufferFixture fixtureWithShortMemory() {
        AtomicInteger attempts = new AtomicInteger();
        return new BufferFixture(
                options(SEGMENTS).withMaxWait(Duration.ofHours(1)),
                new MemoryStorage(BufferFixture.SEGMENT_SIZE, 0, 0) {
                    @Override
                    public Segment create() {
                        if (attempts.getAndIncrement() % 3 != 0) {
                            throw new OutOfMemoryError("Cannot reserve direct memory");
                        }
                        return super.create();
                    }

                    @Override
                    public int maxFree() {
                        return 2; // or all would soon be there
                    }
                });
    }

    /** Fills the buffer up to the reserve, and returns a cursor that reads a segment at a time. */
    private Cursor fill() {
        Cursor cursor = fixture.buffer.openCursor("a", true, Thread.currentThread(), 4);
        fixture.pushQuarters(4 * (SEGMENTS - 1));
        return cursor;
    }

    private static List<WaitingPush> waiting(BufferFixture fixture, Level level, int count, String message) {
        List<WaitingPush> waiting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waiting.add(WaitingPush.begun(fixture, level, message));
        }
        return waiting;
    }

    private static void passOne(Cursor cursor) {
        assertThat(cursor.read(Level.TRACE, true)).isTrue();
        cursor.pass();
    }
}
