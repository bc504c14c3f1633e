package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbsentSinksTest {
    private static final long START = 1_000_000;

    private final AtomicLong clock = new AtomicLong(START);
    private final CursorSet cursors = new CursorSet();
    private final AtomicLong nanos = new AtomicLong();
    private final AbsentSinks absentSinks = new AbsentSinks(cursors, clock::get, nanos::get);

    @Test
    void recordsOfASinkThatIsGoneAreReleasedAfterADay(@TempDir Path folder) {
        try (MappedFixture engine = new MappedFixture(folder.resolve("buffer"))) {
            Cursor cursor = engine.cursor("gone");
            engine.pushNumbered(10);
            SavedCursor saved = cursor.saved();

            assertThat(absentSinks.add(cursor, saved, 10)).contains("'gone'", "10 records are kept");
            assertThat(absentSinks.depths(10)).containsEntry("gone", 10L);
            assertThat(saved.entry().goneSinceMillis()).isEqualTo(START);
            pass(AbsentSinks.KEPT.toMillis() - 1);
            assertThat(absentSinks.releaseExpired(10)).isEmpty();
            pass(1);
            assertThat(absentSinks.releaseExpired(10))
                    .singleElement()
                    .asString()
                    .contains("'gone'", "10 records");
            assertThat(absentSinks.depths(10)).isEmpty();
            assertThat(cursors.needAll()).isTrue();
        }
    }

    private void pass(long millis) {
        clock.addAndGet(millis);
        nanos.addAndGet(millis * 1_000_000);
    }

    @Test
    void aClockThatIsSetRightIsNoDayThatHasPassed(@TempDir Path folder) {
        try (MappedFixture engine = new MappedFixture(folder.resolve("buffer"))) {
            Cursor cursor = engine.cursor("gone");
            engine.pushNumbered(10);
            assertThat(absentSinks.add(cursor, cursor.saved(), 10)).contains("10 records are kept");
            clock.addAndGet(2 * AbsentSinks.KEPT.toMillis());
            assertThat(absentSinks.releaseExpired(10)).isEmpty();
            nanos.addAndGet(AbsentSinks.KEPT.toNanos());
            assertThat(absentSinks.releaseExpired(10)).hasSize(1);
        }
    }

    @Test
    void theDayBeginsWithTheFirstStartWithoutTheSink(@TempDir Path folder) {
        try (MappedFixture engine = new MappedFixture(folder.resolve("buffer"))) {
            Cursor cursor = engine.cursor("gone");
            cursor.saved().goneSince(START - AbsentSinks.KEPT.toMillis());

            assertThat(absentSinks.add(cursor, cursor.saved(), 0)).contains("are released");
            assertThat(cursors.needAll()).isTrue();
        }
    }

    @Test
    void theHousekeepingReleasesTheRecordsOfASinkThatDoesNotComeBack(@TempDir Path folder) {
        leave10RecordsForASinkThatIsGone(folder);
        try (MappedFixture without = engine(folder)) {
            without.cursor("stays");
            without.buffer.cursorsOpened(true);
            pass(AbsentSinks.KEPT.toMillis() - 1);
            without.buffer.housekeep();
            assertThat(without.buffer.status().absentSinks()).containsEntry("gone", 10L);

            pass(1);
            without.buffer.housekeep();
            assertThat(without.buffer.status().absentSinks()).isEmpty();
            assertThat(without.reports).last().asString().contains("There has been no sink 'gone' for 24 hours");
        }
    }

    @Test
    void theDayBeginsAnewForASinkThatCameBackMeanwhile(@TempDir Path folder) {
        leave10RecordsForASinkThatIsGone(folder);
        startWithout(folder);
        pass(AbsentSinks.KEPT.toMillis() - 1);
        try (MappedFixture back = engine(folder)) {
            back.cursor("gone");
            back.buffer.cursorsOpened(true);
        }
        pass(1);

        assertThat(startWithout(folder)).containsEntry("gone", 10L);
    }

    private MappedFixture engine(Path folder) {
        return new MappedFixture(folder.resolve("buffer"), new BufferClocks(new EpochClock(), clock::get, nanos::get));
    }

    private void leave10RecordsForASinkThatIsGone(Path folder) {
        try (MappedFixture engine = engine(folder)) {
            engine.cursor("gone");
            engine.buffer.cursorsOpened(true);
            engine.pushNumbered(10);
        }
    }

    /** Returns what is kept for sinks that are gone. */
    private Map<String, Long> startWithout(Path folder) {
        try (MappedFixture without = engine(folder)) {
            without.cursor("stays");
            without.buffer.cursorsOpened(true);
            return without.buffer.status().absentSinks();
        }
    }
}
