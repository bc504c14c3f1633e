package io.asynclog.buffer;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.buffer.BufferFixture.drain;
import static io.asynclog.buffer.BufferFixture.numbers;
import static io.asynclog.buffer.BufferFixture.options;
import static io.asynclog.buffer.BufferFixture.tags;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

@Timeout(60)
class CursorTest {
    private static final long LONG_SLEEP_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final BufferFixture fixture = new BufferFixture(options(4));

    @Test
    void emptyBufferHasNothingToRead() {
        Cursor cursor = fixture.cursor("a", true);
        assertThat(cursor.read(Level.TRACE, true)).isFalse();
        assertThat(cursor.batch()).isNull();
    }

    @Test
    void knowsItsNameAndPlace() {
        Cursor cursor = fixture.cursor("a", false);
        assertThat(cursor.name()).isEqualTo("a");
        assertThat(cursor.isRequired()).isFalse();
        assertThat(cursor.position()).isZero();
        assertThat(cursor.sequence()).isZero();
    }

    @Test
    void readsAgainWhatItHasNotPassed() {
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(3);
        cursor.read(Level.TRACE, true);
        cursor.read(Level.TRACE, true);
        assertThat(tags(cursor)).isEqualTo(numbers(0, 2));
        assertThat(cursor.sequence()).isZero();
        cursor.pass();
        assertThat(cursor.sequence()).isEqualTo(3);
        assertThat(cursor.batch()).isNull();
    }

    @Test
    void readsBatchesOfItsSize() {
        Cursor cursor = fixture.buffer.openCursor("a", true, Thread.currentThread(), 2);
        fixture.pushQuarters(3);
        cursor.read(Level.TRACE, true);
        assertThat(tags(cursor)).isEqualTo(numbers(0, 1));
        cursor.pass();
        cursor.read(Level.TRACE, true);
        assertThat(tags(cursor)).isEqualTo(numbers(2, 2));
    }

    @Test
    void batchEndsWithItsSegment() {
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(6);
        cursor.read(Level.TRACE, true);
        assertThat(tags(cursor)).isEqualTo(numbers(0, 3));
    }

    @Test
    void passesTheRecordsBeforeAnIndexAndReadsTheRestAgain() {
        Cursor cursor = fixture.cursor("a", true);
        fixture.pushQuarters(4);
        cursor.read(Level.TRACE, true);
        cursor.passBefore(0);
        assertThat(cursor.sequence()).isZero();
        cursor.read(Level.TRACE, true);
        cursor.passBefore(3);
        assertThat(cursor.sequence()).isEqualTo(3);
        assertThat(drain(cursor)).isEqualTo(numbers(3, 3));
    }

    @Test
    void passesOverRecordsBelowItsLevelAndCountsThem() {
        Cursor cursor = fixture.cursor("a", true);
        fixture.push(Level.DEBUG, "0:");
        fixture.push(Level.INFO, "1:");
        fixture.push(Level.DEBUG, "2:");
        fixture.push(Level.DEBUG, "3:");
        fixture.push(Level.ERROR, "4:");
        fixture.push(Level.TRACE, "5:");
        cursor.read(Level.INFO, true);
        assertThat(tags(cursor)).containsExactly("1", "4");
        assertThat(cursor.filtered()).isEqualTo(4);
        cursor.passBefore(1);
        assertThat(cursor.filtered()).isEqualTo(3);
        assertThat(cursor.sequence()).isEqualTo(4);
        cursor.read(Level.INFO, true);
        assertThat(cursor.filtered()).isEqualTo(1);
        assertThat(tags(cursor)).containsExactly("4");
        cursor.pass();
        assertThat(cursor.sequence()).isEqualTo(6);
    }

    @Test
    void hasSomethingToPassWhenAllIsFiltered() {
        Cursor cursor = fixture.cursor("a", true);
        fixture.push(Level.DEBUG, "0:");
        assertThat(cursor.read(Level.INFO, true)).isTrue();
        assertThat(cursor.batch()).isNull();
        assertThat(cursor.filtered()).isEqualTo(1);
        cursor.pass();
        assertThat(cursor.sequence()).isEqualTo(1);
    }

    @Test
    void passesOverRecordsOfSinksWhenAskedTo() {
        Cursor cursor = fixture.cursor("a", true);
        RecordEncoder record = fixture.record(Level.INFO, "0:");
        record.markFromSink();
        fixture.buffer.push(record);
        fixture.push("1:");
        cursor.read(Level.TRACE, false);
        assertThat(tags(cursor)).containsExactly("1");
        assertThat(cursor.filtered()).isEqualTo(1);
        cursor.read(Level.TRACE, true);
        assertThat(tags(cursor)).containsExactly("0", "1");
    }

    @Test
    void doesNotSleepWhileThereIsAClaim() {
        Cursor cursor = fixture.cursor("a", true);
        fixture.push("0:");
        cursor.sleep(LONG_SLEEP_NANOS);
        assertThat(drain(cursor)).containsExactly("0");
    }

    @Test
    void sleepEndsWithItsTime() {
        fixture.cursor("a", true).sleep(1_000_000);
        assertThat(fixture.push("0:")).isZero();
    }

    @Test
    void pushWakesEverySleepingCursor() throws Exception {
        SleepingOwner first = new SleepingOwner("first");
        SleepingOwner second = new SleepingOwner("second");
        first.awaitAsleep();
        second.awaitAsleep();
        fixture.push("0:");
        first.awaitAwake();
        second.awaitAwake();
    }

    @Test
    void wakeEndsASleepThatHasBegunAndOneThatIsAboutTo() throws Exception {
        SleepingOwner sleeper = new SleepingOwner("a");
        sleeper.awaitAsleep();
        sleeper.cursor.wake();
        sleeper.awaitAwake();
        Cursor own = fixture.cursor("own", true);
        own.wake();
        own.sleep(LONG_SLEEP_NANOS);
    }

    @Test
    void onlyOneThreadPerSleepHasToWakeTheOwner() {
        Cursor cursor = fixture.cursor("a", true);
        assertThat(cursor.sleeper().noteWoken()).isFalse();
        SleepingOwner sleeper = new SleepingOwner("b");
        sleeper.awaitAsleep();
        assertThat(sleeper.cursor.sleeper().noteWoken()).isTrue();
        assertThat(sleeper.cursor.sleeper().noteWoken()).isFalse();
        sleeper.cursor.wake();
    }

    @Test
    void ownerWhoseWakingBrokeOffIsWokenByTheHousekeeping() throws Exception {
        SleepingOwner sleeper = new SleepingOwner("a");
        sleeper.awaitAsleep();
        assertThat(sleeper.cursor.sleeper().noteWoken()).isTrue(); // and unparks not
        fixture.push("0:");
        fixture.buffer.housekeep();
        sleeper.awaitAwake();
    }

    @Test
    void ownerWhoseWakingBrokeOffIsWokenByWhoeverFindsNoRoom() throws Exception {
        BufferFixture hasty = new BufferFixture(options(2).withMaxWait(Duration.ZERO));
        SleepingOwner sleeper = new SleepingOwner(hasty, "a");
        sleeper.awaitAsleep();
        assertThat(sleeper.cursor.sleeper().noteWoken()).isTrue(); // and unparks not
        while (hasty.push("0:") != AsyncBuffer.DROPPED) {}
        sleeper.awaitAwake();
    }

    private final class SleepingOwner {
        private final Thread thread;
        private final Cursor cursor;

        SleepingOwner(String name) {
            this(fixture, name);
        }

        SleepingOwner(BufferFixture owned, String name) {
            thread = new Thread(this::run);
            cursor = owned.buffer.openCursor(name, true, thread, 1);
            thread.setDaemon(true);
            thread.start();
        }

        private void run() {
            cursor.sleep(LONG_SLEEP_NANOS);
        }

        void awaitAsleep() {
            await().atMost(DEADLINE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        }

        void awaitAwake() throws InterruptedException {
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void batchEndsWithTheRecordThatMakesItTooLarge() {
        BufferFixture large = new BufferFixture(BufferOptions.defaults().withMaxRecordSize(200_000));
        Cursor reader = large.buffer.openCursor("large", true, Thread.currentThread(), 100);
        String text = "x".repeat(100_000);
        for (int i = 0; i < 5; i++) {
            large.push(i + text);
        }

        assertThat(reader.read(Level.TRACE, true)).isTrue();
        assertThat(reader.batch().size()).isEqualTo(3);
        assertThat(reader.batch().get(2).message()).isEqualTo("2" + text);
        reader.pass();
        assertThat(reader.read(Level.TRACE, true)).isTrue();
        assertThat(reader.batch().size()).isEqualTo(2);
        assertThat(reader.batch().get(1).message()).isEqualTo("4" + text);
    }

    @Test
    void remembersByWhichLevelItHasRead() {
        Cursor cursor = fixture.cursor("a", true);
        assertThat(cursor.takes(0, Level.TRACE)).isTrue();
        cursor.read(Level.WARN, true); // and again at the same place
        read(cursor, Level.ERROR);
        read(cursor, Level.INFO);

        assertThat(cursor.takes(0, Level.WARN)).isFalse();
        assertThat(cursor.takes(0, Level.ERROR)).isTrue();
        assertThat(cursor.takes(1, Level.INFO)).isTrue();
        assertThat(cursor.takes(1, Level.DEBUG)).isFalse();

        for (int i = 0; i < 10; i++) {
            read(cursor, Level.DEBUG);
            read(cursor, Level.TRACE);
        }
        assertThat(cursor.takes(21, Level.TRACE)).isTrue();
        assertThat(cursor.takes(20, Level.TRACE)).isFalse();
        assertThat(cursor.takes(0, Level.ERROR)).as("too long ago").isFalse();
    }

    private void read(Cursor cursor, Level level) {
        fixture.push("any");
        assertThat(cursor.read(level, true)).isTrue();
        cursor.pass();
    }

    @Test
    void sleepInFrontOfAClaimThatIsNotPublishedTakesNoProcessor() {
        BufferFixture fixture = new BufferFixture(options(4));
        Cursor cursor = fixture.cursor("a", true);
        long ignored = fixture.segmentAt(0).claim(BufferFixture.QUARTER); // by a producer that is held up then
        LockSupport.parkNanos(1); // should there be a permit left
        long before = waits();
        cursor.sleep(TimeUnit.HOURS.toNanos(1));
        assertThat(waits()).isGreaterThan(before);
    }

    private static long waits() {
        return ManagementFactory.getThreadMXBean()
                .getThreadInfo(Thread.currentThread().getId())
                .getWaitedCount();
    }
}
