package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class SegmentForceTest {
    private static final int SIZE = 4096;
    private static final int LENGTH = 64;

    private final MemoryStorage storage = new MemoryStorage(SIZE, 0, 0);
    private final SegmentChain chain = new SegmentChain(storage, 8);
    private final List<String> forced = new ArrayList<>();
    private final Segment segment = chain.resume(storage.recover());
    private final Tail tail = new Tail(new CursorSet(), segment);
    private final SegmentForce force = new SegmentForce(new ReentrantLock(), tail, chain, 0, this::force);

    private void force(Segment ignored, long base, int from, int to) {
        forced.add(base + from + "-" + (base + to));
    }

    private int claim() {
        return Segment.offset(segment.claim(LENGTH));
    }

    private void publish(int offset) {
        ByteBuffer bytes = segment.bytes();
        RecordCodec.publish(bytes, offset, LENGTH);
    }

    @Test
    void goesOnWhereEverythingIsPublished() throws Exception {
        publish(claim());
        force.force();
        publish(claim());
        force.force();
        assertThat(forced).containsExactly("0-64", "64-128");
    }

    @Test
    void comesBackForWhatWasClaimedBeforeAForceAndPublishedAfterIt() throws Exception {
        int late = claim();
        publish(claim());
        force.force();
        publish(late);
        force.force();
        force.force();
        assertThat(forced).containsExactly("0-128", "0-128");
    }

    @Test
    void comesBackForWhatWasPublishedWhenTheRoundHadItsEnd() throws Exception {
        ReentrantLock lock = new ReentrantLock() {
            private static final long serialVersionUID = 1L;
            private boolean late = true;

            @Override
            public void unlock() {
                super.unlock();
                if (late) {
                    late = false;
                    publish(claim());
                }
            }
        };
        SegmentForce racing = new SegmentForce(lock, tail, chain, 0, this::force);
        publish(claim());
        racing.force();
        racing.force();
        assertThat(forced).containsExactly("0-64", "64-128");
    }

    @Test
    void segmentIsMarkedAsLongAsItIsForced() throws Exception {
        List<Boolean> marked = new ArrayList<>();
        SegmentForce looking = new SegmentForce(
                new ReentrantLock(), tail, chain, 0, (part, base, from, to) -> marked.add(part.isForcing()));
        publish(claim());
        looking.force();
        assertThat(marked).containsExactly(true);
        assertThat(segment.isForcing()).isFalse();
    }

    @Test
    void forcesNothingWhenThereIsNothingNew() throws Exception {
        force.force();
        publish(claim());
        force.force();
        force.force();
        assertThat(forced).containsExactly("0-64");
    }

    @Test
    void comesBackForAGapThoughASegmentBehindItIsWhole() throws Exception {
        int late = claim();
        close(segment);
        Segment second = beginNext(SIZE);
        publishAll(second);
        force.force();
        publish(late);
        force.force();
        force.force();
        assertThat(forced).containsExactly("0-4096", "4096-8192", "0-4096", "4096-8192");
    }

    /** What it reads in the second one then is of the next life of that segment, and says nothing of this one. */
    @Test
    void goesOnBehindASegmentThatEverySinkPassedMeanwhile() throws Exception {
        publishAll(segment);
        Segment second = beginNext(SIZE);
        publishAll(second);
        Segment third = beginNext(2 * SIZE);
        publishAll(third);
        SegmentForce passed = new SegmentForce(new ReentrantLock(), tail, chain, 0, (part, base, from, to) -> {
            force(part, base, from, to);
            if (base == 0) {
                assertThat(chain.passed(2 * SIZE)).isSameAs(segment);
                chain.takeOldest(true);
                assertThat(chain.passed(2 * SIZE)).isSameAs(second);
                chain.takeOldest(true);
                second.clear();
                chain.recycle(second);
                beginFree(3 * SIZE);
            }
        });
        passed.force();
        passed.force();
        assertThat(forced).containsExactly("0-4096", "4096-8192", "8192-12288");
    }

    private Segment beginNext(long base) throws IOException {
        assertThat(chain.promiseNext(false)).isTrue();
        assertThat(chain.add(chain.make(), null)).isTrue();
        return beginFree(base);
    }

    private Segment beginFree(long base) {
        Segment next = chain.begin(false, base, 0);
        next.open(0, 0, false);
        tail.exchange(next);
        return next;
    }

    private static void publishAll(Segment whole) {
        RecordCodec.publish(whole.bytes(), Segment.offset(whole.claim(SIZE)), SIZE);
        close(whole);
    }

    private static void close(Segment full) {
        full.close(full.claim(SIZE + 1));
    }
}
