package io.asynclog.buffer;

import static io.asynclog.EngineFixture.DEADLINE;
import static io.asynclog.buffer.BufferFixture.QUARTER;
import static io.asynclog.buffer.BufferFixture.options;
import static io.asynclog.buffer.BufferFixture.sized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** Whether the owner of a cursor may linger behind a look that somebody was in a hurry for. */
class CursorHurryTest {
    private static final int BATCH_SIZE = 2;

    private final BufferFixture fixture = new BufferFixture(options(4));
    private final Cursor cursor = fixture.buffer.openCursor("a", true, Thread.currentThread(), BATCH_SIZE);

    @Test
    void lingersWhereNobodyIsInAHurry() {
        fixture.push("0:");
        read();

        assertThat(cursor.isPressed()).isFalse();
        assertThat(lingers()).isTrue();
    }

    @Test
    void whoBeginsASegmentHasItLookAndIsInNoHurry() throws InterruptedException {
        fixture.pushQuarters(3);
        AtomicReference<Cursor> lingering = new AtomicReference<>();
        Thread owner = new Thread(() -> {
            lingering.set(fixture.buffer.openCursor("b", true, Thread.currentThread(), BATCH_SIZE));
            lingering.get().linger(DEADLINE.toNanos());
        });
        owner.start();
        await().atMost(DEADLINE).until(() -> owner.getState() == Thread.State.TIMED_WAITING);
        fixture.pushQuarters(1);
        assertThat(lingering.get().sleeper().isLingering())
                .as("in the same segment")
                .isTrue();
        fixture.pushQuarters(1);
        owner.join(DEADLINE.toMillis() / 2);

        assertThat(owner.isAlive()).isFalse();
        assertThat(lingers()).as("the other cursor").isTrue();
    }

    @Test
    void gathersNoMoreWhereEnoughHasComeDuringAFlush() throws InterruptedException {
        AtomicReference<Cursor> gathering = new AtomicReference<>();
        CountDownLatch enough = new CountDownLatch(1);
        Thread owner = new Thread(() -> {
            gathering.set(fixture.buffer.openCursor("b", true, Thread.currentThread(), BATCH_SIZE));
            fixture.pushQuarters(2);
            gathering.get().gather(DEADLINE.toNanos(), QUARTER);
            enough.countDown();
            gathering.get().gather(DEADLINE.toNanos(), 2 * QUARTER);
        });
        owner.start();
        assertThat(enough.await(DEADLINE.toMillis() / 2, TimeUnit.MILLISECONDS)).isTrue();
        await().atMost(DEADLINE).until(() -> owner.getState() == Thread.State.TIMED_WAITING);
        assertThat(gathering.get().sleeper().isLingering())
                .as("that not enough has come")
                .isTrue();
        gathering.get().hurry();
        owner.join(DEADLINE.toMillis());
    }

    @Test
    void gathersNoMoreWhereItsSegmentWasFilledDuringAFlush() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Thread owner = new Thread(() -> {
            Cursor gathering = fixture.buffer.openCursor("b", true, Thread.currentThread(), BATCH_SIZE);
            fixture.pushQuarters(1);
            gathering.read(Level.TRACE, true);
            fixture.pushQuarters(3);
            gathering.pass();
            gathering.gather(DEADLINE.toNanos(), Integer.MAX_VALUE);
            done.countDown();
        });
        owner.start();

        assertThat(done.await(DEADLINE.toMillis() / 2, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    void doesNotLingerOverAHurryThatCameDuringAFlush() {
        fixture.push("0:");
        assertThat(cursor.read(Level.TRACE, true)).isTrue();
        cursor.hurry();
        cursor.pass();

        assertThat(lingers()).isFalse();
    }

    @Test
    void lookThatFindsAllTakesAHurryBackAndIsPressedOnce() {
        fixture.push("0:");
        cursor.hurry();
        read();

        assertThat(cursor.isPressed()).isTrue();
        assertThat(lingers()).isTrue();
        fixture.push("1:");
        read();
        assertThat(cursor.isPressed()).isFalse();
    }

    @Test
    void hurryOutlastsALookThatFillsTheBatch() {
        fixture.push("0:");
        fixture.push("1:");
        fixture.push("2:");
        cursor.hurry();
        read();

        assertThat(cursor.isPressed()).isTrue();
        read();
        assertThat(cursor.isPressed()).as("the look that finds the rest").isTrue();
        fixture.push("3:");
        read();
        assertThat(cursor.isPressed()).isFalse();
    }

    @Test
    void hurryOutlastsALookThatEndsWithTheSegment() {
        fixture.pushQuarters(1);
        assertThat(fixture.push(sized(4 * QUARTER, "1"))).isEqualTo(1); // in the next one
        cursor.hurry();
        read();

        assertThat(cursor.isPressed()).isTrue();
        read();
        assertThat(cursor.isPressed()).as("the look that finds the rest").isTrue();
    }

    @Test
    void lookThatEndsAtAClaimIsPressedUntilAllIsPublishedButLingersMeanwhile() {
        fixture.push("0:");
        RecordEncoder broken = fixture.record(Level.INFO, "broken");
        ByteBuffer memory = fixture.segmentAt(0).bytes();
        memory.limit((int) fixture.buffer.status().depthBytes() + RecordCodec.ALIGNMENT);
        assertThatThrownBy(() -> fixture.buffer.push(broken)).isInstanceOf(IndexOutOfBoundsException.class);
        memory.limit(memory.capacity());
        fixture.buffer.releaseEncoder(broken);
        fixture.push("2:");
        cursor.hurry();
        read();

        assertThat(cursor.isPressed()).isTrue();
        assertThat(lingers()).isTrue();
        fixture.buffer.housekeep(); // makes padding of the claim
        read();
        assertThat(cursor.isPressed())
                .as("the look that finds what was behind it")
                .isTrue();
        fixture.push("3:");
        read();
        assertThat(cursor.isPressed()).isFalse();
    }

    private void read() {
        assertThat(cursor.read(Level.TRACE, true)).isTrue();
        cursor.pass();
    }

    /** Returns whether the owner would park now. */
    private boolean lingers() {
        boolean lingers = cursor.sleeper().beginLingering();
        cursor.sleeper().linger(1); // ends it
        return lingers;
    }
}
