package io.asynclog.buffer;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.buffer.BufferFixture.QUARTER;
import static io.asynclog.buffer.BufferFixture.SEGMENT_SIZE;
import static io.asynclog.buffer.BufferFixture.drain;
import static io.asynclog.buffer.BufferFixture.numbers;
import static io.asynclog.buffer.BufferFixture.options;
import static io.asynclog.buffer.BufferFixture.sized;
import static io.asynclog.buffer.BufferFixture.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.asynclog.Latches;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

/** How callers get a segment where none is free, and that nobody else is held up while that takes its time. */
@Timeout(120)
class SegmentSupplyTest {
    private final SlowStorage storage = new SlowStorage();

    @Test
    void nobodyElseIsHeldUpWhileACallerMakesASegment() throws Exception {
        BufferFixture fixture = new BufferFixture(options(4), storage);
        fixture.pushQuarters(4);
        Cursor cursor = fixture.cursor("a", true);
        WaitingPush caller = stalled(fixture);

        assertThat(fixture.buffer.nextSequence()).isEqualTo(4);
        assertThat(fixture.buffer.status().segmentsUsed()).isEqualTo(1);
        assertThat(drain(cursor)).hasSize(4);

        storage.creation.goOn();
        assertThat(caller.result()).isEqualTo(4);
    }

    @Test
    void oneSegmentIsMadeForAllThatNeedOne() throws Exception {
        BufferFixture fixture = new BufferFixture(options(16), storage);
        fixture.cursor("a", true);
        fixture.pushQuarters(4);
        List<WaitingPush> callers = fourStalled(fixture);
        storage.creation.goOn();
        for (WaitingPush caller : callers) {
            assertThat(caller.result()).isBetween(4L, 7L);
        }
        assertThat(fixture.buffer.status().segmentsUsed()).isEqualTo(2);
        assertThat(fixture.buffer.status().segmentsFree()).isZero();
    }

    @Test
    void aSegmentThatIsFreedWhileAnotherCannotBeMadeIsFound() throws Exception {
        BufferFixture fixture = new BufferFixture(options(4).withMaxWait(Duration.ofHours(1)), storage);
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(8);
        storage.exhausted = true;
        WaitingPush caller = stalled(fixture);
        assertThat(drain(cursor)).hasSize(8);
        storage.creation.goOn();
        assertThat(caller.result()).isEqualTo(8);
    }

    @Test
    void callersThatWaitedForOneThatCouldNotBeMadeDoNotTryAgain() throws Exception {
        BufferFixture fixture = new BufferFixture(options(16).withPolicy(OverflowPolicy.DROP), storage);
        fixture.cursor("a", true);
        fixture.pushQuarters(4);
        storage.exhausted = true;
        int before = storage.creations.get();
        List<WaitingPush> callers = fourStalled(fixture);
        storage.creation.goOn();
        for (WaitingPush caller : callers) {
            assertThat(caller.result()).isEqualTo(AsyncBuffer.DROPPED);
        }
        assertThat(storage.creations.get() - before).isEqualTo(1);
    }

    @Test
    void aFaultOfTheDiskBelowAMappingIsNoFailureOfTheCall() {
        AtomicInteger attempts = new AtomicInteger();
        MemoryStorage faulty = new MemoryStorage(SEGMENT_SIZE, 0, 0) {
            @Override
            public Segment create() {
                if (attempts.getAndIncrement() > 0) {
                    throw new InternalError("a fault occurred in an unsafe memory access operation");
                }
                return super.create();
            }
        };
        BufferFixture fixture = new BufferFixture(options(4).withPolicy(OverflowPolicy.DROP), faulty);
        fixture.cursor("a", true);
        fixture.pushQuarters(4);
        assertThat(fixture.push("no room")).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void nobodyElseIsHeldUpWhileASegmentIsClearedThatALaggardSkips() throws Exception {
        BufferFixture fixture = new BufferFixture(options(3), storage);
        Cursor fast = fixture.cursor("fast", true);
        Cursor lagging = fixture.cursor("lagging", false); // stays in the first segment, which is not cleared for that
        fixture.pushQuarters(8);
        assertThat(drain(fast)).hasSize(8);
        fixture.pushQuarters(4);
        assertThat(drain(fast)).hasSize(4);
        storage.clearing.stall();
        WaitingPush caller = push(fixture, "12");
        storage.clearing.awaitBegun();

        assertThat(fixture.buffer.nextSequence()).isEqualTo(12);
        assertThat(fixture.buffer.status().segmentsUsed()).isEqualTo(1);
        assertThat(lagging.read(Level.TRACE, true)).isTrue();
        assertThat(tags(lagging)).isEqualTo(numbers(8, 11));

        storage.clearing.goOn();
        assertThat(caller.result()).isEqualTo(12);
    }

    @Test
    void aSegmentInWhichARecordIsStillWrittenIsNotUsedAgainWhenALaggardSkipsIt() {
        BufferFixture fixture = new BufferFixture(options(3), storage);
        fixture.cursor("lagging", false); // stays in the first segment, so that it never reads the second
        fixture.pushQuarters(7);
        Segment first = fixture.segmentAt(0);
        Segment second = fixture.segmentAt(SEGMENT_SIZE);
        assertThat(second.fits(second.claim(QUARTER), QUARTER)).isTrue(); // by a producer that is held up then
        for (int i = 8; i < 13; i++) {
            assertThat(fixture.push(sized(QUARTER, "any"))).isEqualTo(i);
        }
        assertThat(storage.cleared).isEmpty();
        assertThat(storage.abandoned).containsExactly(first, second);
        assertThat(fixture.buffer.status().segmentsUsed()).isEqualTo(2);
    }

    @Test
    void aCursorThatMovesWhileTheReserveIsMadeMakesRoomForAll() throws Exception {
        BufferFixture fixture = new BufferFixture(options(3).withPolicy(OverflowPolicy.DROP), storage);
        Cursor fast = fixture.cursor("fast", true);
        fixture.cursor("lagging", false);
        fixture.pushQuarters(8);
        assertThat(fixture.push("no room")).isEqualTo(AsyncBuffer.DROPPED);
        storage.creation.stall();
        WaitingPush error = new WaitingPush(fixture, Level.ERROR, "8");
        storage.creation.awaitBegun();
        assertThat(drain(fast)).hasSize(8);
        storage.creation.goOn();
        assertThat(error.result()).isEqualTo(8);
        assertThat(fixture.push("found room")).isEqualTo(10); // behind the line that tells what was dropped
    }

    @Test
    void callersThatWaitForASegmentToBeMadeAreLetGoWhenTheBufferIsClosed() throws Exception {
        BufferFixture fixture = new BufferFixture(options(4), storage);
        fixture.cursor("a", true);
        fixture.pushQuarters(4);
        WaitingPush first = stalled(fixture);
        WaitingPush second = push(fixture, "5");
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(2)).until(second::isHeldUp);
        assertThat(fixture.buffer.close()).isEqualTo(4);
        assertThat(second.result()).isEqualTo(AsyncBuffer.CLOSED);
        storage.creation.goOn();
        assertThat(first.result()).isEqualTo(AsyncBuffer.CLOSED);
    }

    @Test
    void whoWaitsForASegmentToBeMadeTakesOneThatIsFreedMeanwhile() throws Exception {
        BufferFixture fixture = new BufferFixture(options(4), storage);
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        WaitingPush maker = stalled(fixture);
        WaitingPush other = push(fixture, "any");
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(2)).until(other::isHeldUp);
        assertThat(drain(cursor)).startsWith("0", "1", "2", "3");
        assertThat(other.result()).isEqualTo(4);
        storage.creation.goOn();
        assertThat(maker.result()).isEqualTo(5);
    }

    @Test
    void noErrorOpensABufferAgainThatWasClosedWhileASegmentWasMade() throws Exception {
        BufferFixture fixture = new BufferFixture(options(4), storage);
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        WaitingPush maker = stalled(fixture);
        assertThat(drain(cursor)).hasSize(4);
        assertThat(fixture.buffer.close()).isEqualTo(4);
        assertThat(fixture.push(Level.ERROR, "too late")).isEqualTo(AsyncBuffer.CLOSED);
        storage.creation.goOn();
        assertThat(maker.result()).isEqualTo(AsyncBuffer.CLOSED);
        assertThat(fixture.buffer.isDrained(cursor)).isTrue();
    }

    @Test
    void anErrorTakesTheReserveRatherThanWaitForASegmentToBeMade() throws Exception {
        BufferFixture fixture = new BufferFixture(options(4), storage);
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(8);
        WaitingPush maker = stalled(fixture);
        storage.creation.stallNoMore();
        storage.exhausted = true;
        fixture.runBackground(); // where no spare can be made
        assertThat(cursor.read(Level.TRACE, true)).isTrue();
        cursor.pass();
        assertThat(fixture.buffer.status().segmentsFree()).isEqualTo(1);

        assertThat(fixture.push(Level.ERROR, "found the reserve")).isEqualTo(8);

        storage.exhausted = false;
        storage.creation.goOn();
        assertThat(maker.result()).isEqualTo(9);
    }

    @Test
    void parkedRecordsGetANewSegmentWhenTheFreedOneIsNotWantedBack() {
        BufferFixture fixture = new BufferFixture(options(2), new MemoryStorage(SEGMENT_SIZE, 0, 0) {
            @Override
            public int maxFree() {
                return 0;
            }
        });
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        BufferFixture.Outcome outcome = new BufferFixture.Outcome();
        assertThat(fixture.pushOrPark(Level.INFO, "4:", outcome)).isEqualTo(AsyncBuffer.PARKED);
        assertThat(drain(cursor)).hasSize(4);
        fixture.runBackground();
        assertThat(outcome.result()).isEqualTo(4);
        assertThat(drain(cursor)).containsExactly("4");
    }

    @Test
    void parkedRecordGetsTheSegmentWhoseWayBackBrokeOff() {
        AtomicBoolean outOfMemory = new AtomicBoolean();
        BufferFixture fixture = new BufferFixture(options(2), failingOnTheWayBack(outOfMemory));
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        BufferFixture.Outcome parked = new BufferFixture.Outcome();
        assertThat(fixture.pushOrPark(Level.INFO, "4:", parked)).isEqualTo(AsyncBuffer.PARKED);
        assertThat(cursor.read(Level.TRACE, true)).isTrue();
        outOfMemory.set(true);
        assertThatThrownBy(cursor::pass).isInstanceOf(OutOfMemoryError.class);
        assertThat(parked.result()).isEqualTo(BufferFixture.Outcome.PENDING);
        fixture.buffer.housekeep();

        assertThat(parked.result()).isEqualTo(4);
    }

    private static SegmentStorage failingOnTheWayBack(AtomicBoolean outOfMemory) {
        return new MemoryStorage(SEGMENT_SIZE, 0, 0) {
            @Override
            public int maxFree() {
                if (outOfMemory.getAndSet(false)) {
                    throw new OutOfMemoryError("Java heap space");
                }
                return super.maxFree();
            }
        };
    }

    @Test
    void segmentsWhoseWayBackBrokeOffAreUsedAgain() {
        AtomicBoolean outOfMemory = new AtomicBoolean();
        BufferFixture fixture =
                new BufferFixture(options(3).withMaxWait(Duration.ZERO), failingOnTheWayBack(outOfMemory));
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(8);
        assertThat(fixture.push("only the reserve is left")).isEqualTo(AsyncBuffer.DROPPED);
        for (int i = 0; i < 2; i++) {
            assertThat(cursor.read(Level.TRACE, true)).isTrue();
            outOfMemory.set(true);
            assertThatThrownBy(cursor::pass).isInstanceOf(OutOfMemoryError.class);
        }
        fixture.buffer.housekeep();
        int found = 0;
        for (int i = 0; i < 8; i++) {
            found += fixture.push(sized(QUARTER, "x")) >= 0 ? 1 : 0;
        }

        assertThat(found).isEqualTo(7); // and the line that tells what was dropped
    }

    @Test
    void aDiskThatHangsHoldsCallersUpForABoundedTimeOnce() {
        BufferFixture fixture = hanging(options(16).withMaxWait(Duration.ZERO));
        fixture.cursor("a", true);
        fixture.pushQuarters(4);
        storage.creation.stall();
        int before = storage.creations.get();
        assertThat(fixture.push(sized(QUARTER, "had its wait"))).isEqualTo(AsyncBuffer.DROPPED);
        long waits = waits();
        assertThat(fixture.push(sized(QUARTER, "had none"))).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(fixture.push(Level.ERROR, "nor this")).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(waits()).isEqualTo(waits);
        for (int i = 0; i < 5; i++) {
            fixture.buffer.housekeep();
        }
        assertThat(fixture.reports).singleElement().asString().contains("The buffer cannot grow");
        assertThat(storage.creations.get() - before).as("attempts that hang").isEqualTo(1);

        storage.creation.goOn();
        await().atMost(DEADLINE).until(() -> fixture.push("found room") >= 0);
        fixture.buffer.housekeep();
        assertThat(fixture.reports).hasSize(2).last().asString().contains("No longer: The buffer cannot grow");
    }

    @Test
    void aRecordThatMayWaitGoesInWhenADiskThatHungGoesOn() throws Exception {
        BufferFixture fixture = hanging(options(16));
        fixture.cursor("a", true);
        fixture.pushQuarters(4);
        WaitingPush caller = stalled(fixture);
        await().atMost(DEADLINE).until(() -> {
            fixture.buffer.housekeep();
            return !fixture.reports.isEmpty(); // that it hangs
        });
        storage.creation.goOn();
        assertThat(caller.result()).isEqualTo(4);
    }

    @Test
    void aParkedRecordGoesInWhenADiskThatHungGoesOn() {
        BufferFixture fixture = hanging(options(16));
        fixture.cursor("a", true);
        fixture.pushQuarters(4);
        storage.creation.stall();
        BufferFixture.Outcome outcome = new BufferFixture.Outcome();
        assertThat(fixture.pushOrPark(Level.INFO, "4:", outcome)).isEqualTo(AsyncBuffer.PARKED);
        storage.creation.goOn();
        await().atMost(DEADLINE).until(() -> outcome.result() == 4);
    }

    @Test
    void aDiskThatHangsWhenALaggardsSegmentIsClearedHoldsCallersUpForABoundedTimeToo() {
        BufferFixture fixture = hanging(options(3).withMaxWait(Duration.ZERO));
        fillWithALaggard(fixture);
        storage.clearing.stall();
        assertThat(fixture.push(sized(QUARTER, "had its wait"))).isEqualTo(AsyncBuffer.DROPPED);
        assertThat(fixture.push(sized(QUARTER, "had none"))).isEqualTo(AsyncBuffer.DROPPED);

        fixture.buffer.housekeep();
        assertThat(fixture.reports).last().asString().contains("The buffer cannot grow");

        storage.clearing.goOn();
        await().atMost(DEADLINE).until(() -> fixture.push("found room") >= 0);
        await().atMost(DEADLINE).untilAsserted(() -> {
            fixture.buffer.housekeep();
            assertThat(fixture.reports).last().asString().contains("No longer: The buffer cannot grow");
        });
    }

    @Test
    void callerMakesItsSegmentWhereThereIsNoThreadForIt() {
        BufferFixture fixture = hanging(options(16).withMaxWait(Duration.ZERO));
        fixture.cursor("a", true);
        fixture.pushQuarters(4);
        storage.noThread = new OutOfMemoryError("Java heap space");
        assertThat(fixture.push(sized(QUARTER, "4"))).isEqualTo(4);
        fixture.pushQuarters(3);
        storage.noThread = new StackOverflowError();
        assertThat(fixture.push(sized(QUARTER, "8"))).isEqualTo(8);
        assertThat(storage.noThread).isNull();
    }

    @Test
    void whatFailsApartIsTold() {
        BufferFixture fixture = hanging(options(3).withMaxWait(Duration.ZERO));
        Cursor required = fillWithALaggard(fixture);
        storage.unclearable = true;
        pushUntil(fixture, required, () -> reports(fixture, "A file of the buffer could not be made, or cleared") == 1);
        fixture.buffer.housekeep(); // nothing was cleared since
        assertThat(reports(fixture, "No longer: A file")).isZero();
        storage.unclearable = false;
        pushUntil(fixture, required, () -> reports(fixture, "No longer: A file") == 1);
        storage.unclearable = true;
        pushUntil(fixture, required, () -> reports(fixture, "A file of the buffer could not be made, or cleared") == 2);
        fixture.buffer.housekeep(); // what was cleared before says nothing
        assertThat(reports(fixture, "No longer: A file")).isEqualTo(1);
    }

    private static void pushUntil(BufferFixture fixture, Cursor required, BooleanSupplier condition) {
        await().atMost(DEADLINE).until(() -> {
            long ignored = fixture.push(sized(QUARTER, "any"));
            List<String> unused = drain(required); // or the laggard alone would hold nothing up
            fixture.runBackground(); // which the executor takes
            fixture.buffer.housekeep();
            return condition.getAsBoolean();
        });
    }

    private static long reports(BufferFixture fixture, String beginning) {
        return fixture.reports.stream()
                .filter(report -> report.startsWith(beginning))
                .count();
    }

    @Test
    void aBestEffortCursorIsSkippedWhereADiskHangs() {
        BufferFixture fixture = hanging(options(16).withMaxWait(Duration.ofMinutes(1)));
        Cursor lagging = fixture.cursor("lagging", false); // stays in the first segment, which is not cleared for that
        Cursor required = fixture.cursor("required", true);
        fixture.pushQuarters(8);
        assertThat(drain(required)).hasSize(8);
        storage.creation.stall();
        assertThat(fixture.push(sized(QUARTER, "8"))).isEqualTo(8);
        assertThat(drain(required)).containsExactly("8");
        assertThat(drain(lagging)).containsExactly("8");
        storage.creation.goOn();
    }

    private static long waits() {
        return ManagementFactory.getThreadMXBean()
                .getThreadInfo(Thread.currentThread().getId())
                .getWaitedCount();
    }

    /** Fills three segments, of which a cursor that may be skipped has read none. */
    private static Cursor fillWithALaggard(BufferFixture fixture) {
        Cursor required = fixture.cursor("required", true);
        fixture.cursor("lagging", false); // stays in the first segment, which is not cleared for that
        fixture.pushQuarters(8);
        assertThat(drain(required)).hasSize(8);
        fixture.pushQuarters(4);
        assertThat(drain(required)).hasSize(4);
        return required;
    }

    /** Returns a buffer whose callers do not make segments themselves, and for which there are no spares. */
    private BufferFixture hanging(BufferOptions options) {
        storage.mayHang = true;
        return new BufferFixture(options, storage);
    }

    /** Begins a push that makes a segment, which stalls. */
    private WaitingPush stalled(BufferFixture fixture) {
        storage.creation.stall();
        WaitingPush caller = push(fixture, "any");
        storage.creation.awaitBegun();
        return caller;
    }

    /** Begins four pushes, one of which makes a segment, which stalls. */
    private List<WaitingPush> fourStalled(BufferFixture fixture) {
        List<WaitingPush> callers = new ArrayList<>();
        callers.add(stalled(fixture));
        for (int i = 1; i < 4; i++) {
            callers.add(push(fixture, "any"));
        }
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(2)).until(() -> callers.stream()
                .allMatch(caller -> caller.isHeldUp() || caller.isDone())); // done: its second is over
        return callers;
    }

    private static WaitingPush push(BufferFixture fixture, String tag) {
        return new WaitingPush(fixture, Level.INFO, sized(QUARTER, tag));
    }

    /** Memory that can be told to take long, and to be exhausted. */
    private static final class SlowStorage extends MemoryStorage {
        private final Stall creation = new Stall();
        private final Stall clearing = new Stall();
        private final List<Segment> cleared = new ArrayList<>();
        private final List<Segment> abandoned = new ArrayList<>();
        private volatile boolean exhausted;
        private volatile boolean mayHang;
        private volatile Error noThread;
        private volatile boolean unclearable;
        private final AtomicInteger creations = new AtomicInteger();

        SlowStorage() {
            super(SEGMENT_SIZE, 0, 0);
        }

        @Override
        public Segment create() {
            creations.incrementAndGet();
            creation.pass();
            if (exhausted) {
                throw new OutOfMemoryError("Cannot reserve direct memory");
            }
            return super.create();
        }

        @Override
        public boolean mayHang() {
            Error thrown = noThread;
            if (thrown != null) {
                noThread = null;
                throw thrown;
            }
            return mayHang;
        }

        @Override
        public void clear(Segment segment) {
            clearing.pass();
            if (unclearable) {
                throw new InternalError("a fault occurred in an unsafe memory access operation");
            }
            cleared.add(segment);
            super.clear(segment);
        }

        @Override
        public void abandon(Segment segment) {
            abandoned.add(segment);
        }
    }

    /** Something that goes on at once, unless it was told to stall until it may. */
    private static final class Stall {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private volatile boolean stalled;

        void stall() {
            stalled = true;
        }

        void stallNoMore() {
            stalled = false;
        }

        void pass() {
            if (stalled) {
                begun.countDown();
                Latches.await(goOn);
            }
        }

        void awaitBegun() {
            Latches.await(begun);
        }

        void goOn() {
            goOn.countDown();
        }
    }
}
