package io.asynclog.buffer;

import static io.asynclog.buffer.BufferFixture.drain;
import static io.asynclog.buffer.BufferFixture.numbers;
import static io.asynclog.buffer.BufferFixture.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asynclog.LogRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnlookerTest {
    private final BufferFixture fixture = new BufferFixture(options(3));
    private final Onlooker onlooker = fixture.buffer.openOnlooker();
    private final Cursor cursor = fixture.cursor("sink", true);

    @Test
    void readsWhatIsThereAndGoesOn() {
        fixture.pushQuarters(6);
        assertThat(look()).isEqualTo(numbers(0, 5));
        assertThat(look()).isEmpty();
        fixture.pushQuarters(1);
        assertThat(look()).isEqualTo(numbers(6, 6));
    }

    @Test
    void missesWhatWasUsedAgain() {
        fixture.pushQuarters(4);
        assertThat(look()).isEqualTo(numbers(0, 3));
        for (int i = 0; i < 5; i++) {
            fixture.pushQuarters(4);
            drain(cursor);
        }
        fixture.pushQuarters(2);
        assertThat(look()).isEqualTo(numbers(20, 25)); // the last segment is closed, and freed, by the record behind it
    }

    @Test
    void holdsNoSegmentWhileItShows() {
        fixture.pushQuarters(5);
        boolean found = onlooker.look(batch -> {
            drain(cursor);
            fixture.pushQuarters(1);
            assertThat(fixture.buffer.status().segmentsUsed()).isEqualTo(1);
        });
        assertThat(found).isTrue();
    }

    @Test
    void showsItsOwnBytesThoughLongOvertaken() {
        fixture.pushQuarters(4);
        List<String> seen = new ArrayList<>();
        boolean ignored = onlooker.look(batch -> {
            for (int i = 0; i < 10; i++) {
                fixture.pushQuarters(4);
                drain(cursor);
                fixture.runBackground();
            }
            seen.addAll(texts(batch));
        });
        assertThat(fixture.buffer.status().dropped()).isZero();
        assertThat(seen).isEqualTo(numbers(0, 3));
    }

    @Test
    void looksOnlyAtWhatWasThereWhenItBegan() {
        fixture.pushQuarters(1);
        List<String> seen = new ArrayList<>();
        boolean ignored = onlooker.look(batch -> {
            seen.addAll(texts(batch));
            fixture.pushQuarters(1);
        });
        assertThat(seen).isEqualTo(numbers(0, 0));
        assertThat(look()).isEqualTo(numbers(1, 1));
    }

    @Test
    void goesOnBehindABatchThatCouldNotBeShown() {
        fixture.pushQuarters(2);
        assertThatThrownBy(() -> onlooker.look(batch -> {
                    throw new IllegalStateException("for the test");
                }))
                .hasMessage("for the test");
        fixture.pushQuarters(1);
        assertThat(look()).isEqualTo(numbers(2, 2));
    }

    @Test
    void goesOnInTheSameSegmentBehindWhatCannotBeRead() {
        fixture.pushQuarters(1);
        Segment none = fixture.buffer.log().enter(0, segment -> {
            segment.bytes().putInt(0, Integer.MIN_VALUE); // a length that leads out of the segment
            return false;
        });
        assertThat(none).isNull();
        assertThatThrownBy(() -> onlooker.look(batch -> {})).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(look()).isEmpty();
        fixture.pushQuarters(1);
        assertThat(look()).isEqualTo(numbers(1, 1));
    }

    @Test
    void freesNothingBeforeTheCursorsAreOpen() {
        BufferFixture early = new BufferFixture(options(3));
        Onlooker first = early.buffer.openOnlooker();
        early.pushQuarters(5);
        boolean ignored = first.look(batch -> {});
        assertThat(drain(early.cursor("late", true))).isEqualTo(numbers(0, 4));
    }

    @Test
    void countsNeitherAsDepthNorAsProgress() {
        fixture.pushQuarters(1);
        drain(cursor);
        long progress = fixture.buffer.log().cursors().progress();
        assertThat(look()).hasSize(1);
        assertThat(fixture.buffer.status().depthBytes()).isZero();
        assertThat(fixture.buffer.log().cursors().progress()).isEqualTo(progress);
    }

    private List<String> look() {
        List<String> all = new ArrayList<>();
        boolean ignored = onlooker.look(batch -> all.addAll(texts(batch)));
        return all;
    }

    private static List<String> texts(SegmentBatch batch) {
        List<String> texts = new ArrayList<>();
        for (LogRecord record : batch) {
            texts.add(BufferFixture.tag(record));
        }
        return texts;
    }
}
