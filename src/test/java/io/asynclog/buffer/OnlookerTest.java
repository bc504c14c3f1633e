package io.asynclog.buffer;

import static io.asynclog.buffer.BufferFixture.drain;
import static io.asynclog.buffer.BufferFixture.numbers;
import static io.asynclog.buffer.BufferFixture.options;
import static org.assertj.core.api.Assertions.assertThat;

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
    void holdsASegmentOnlyWhileItReads() {
        fixture.pushQuarters(5);
        SegmentBatch held = onlooker.read();
        drain(cursor);
        assertThat(fixture.buffer.status().segmentsUsed()).isEqualTo(2);
        assertThat(texts(held)).isEqualTo(numbers(0, 3));
        onlooker.leave();
        assertThat(fixture.buffer.status().segmentsUsed()).isEqualTo(1);
    }

    @Test
    void givesWayWhenRoomIsNeeded() {
        fixture.pushQuarters(4);
        SegmentBatch held = onlooker.read();
        for (int i = 0; i < 10; i++) {
            fixture.pushQuarters(4);
            drain(cursor);
            fixture.runBackground();
        }
        assertThat(fixture.buffer.status().dropped()).isZero();
        assertThat(texts(held)).isEqualTo(numbers(0, 3)); // still its own bytes, though long overtaken
        onlooker.leave();
    }

    @Test
    void freesNothingBeforeTheCursorsAreOpen() {
        BufferFixture early = new BufferFixture(options(3));
        Onlooker first = early.buffer.openOnlooker();
        early.pushQuarters(5);
        first.read();
        first.leave();
        assertThat(drain(early.cursor("late", true))).isEqualTo(numbers(0, 4));
    }

    @Test
    void countsNeitherAsDepthNorAsProgress() {
        fixture.pushQuarters(1);
        drain(cursor);
        long progress = fixture.buffer.log().cursors().progress();
        onlooker.read();
        assertThat(fixture.buffer.status().depthBytes()).isZero();
        assertThat(fixture.buffer.log().cursors().progress()).isEqualTo(progress);
    }

    private List<String> look() {
        List<String> all = new ArrayList<>();
        for (SegmentBatch batch = onlooker.read(); batch != null; batch = onlooker.read()) {
            all.addAll(texts(batch));
            onlooker.leave();
        }
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
