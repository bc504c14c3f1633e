package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SegmentChainTest {
    private static final int SIZE = 4096;

    private final SegmentChain chain = new SegmentChain(new MemoryStorage(SIZE, 0, 0), 3);

    @Test
    void keepsTheLastSegmentForThoseWithAReserve() {
        assertThat(extend(0)).isNotNull();
        assertThat(extend(1)).isNotNull();
        assertThat(taken(chain, false)).isNull();
        assertThat(chain.usesReserve()).isFalse();
        assertThat(taken(chain, true)).isNotNull();
        assertThat(chain.usesReserve()).isTrue();
        assertThat(taken(chain, true)).isNull();
    }

    @Test
    void keepsTheLastOfThoseThatThereAreWhereNoFurtherOneCanBeMade() {
        AtomicInteger left = new AtomicInteger(2);
        SegmentChain narrow = new SegmentChain(new NarrowStorage(left), 8);
        Segment first = extend(narrow, 0);
        Segment second = extend(narrow, 1);
        assertThat(taken(narrow, true)).isNull();
        assertThat(narrow.usesReserve()).isTrue();
        close(first);
        takePassed(narrow, SIZE).forEach(narrow::recycle);

        assertThat(taken(narrow, false)).isNull();
        assertThat(narrow.usesReserve()).isFalse();
        assertThat(taken(narrow, true)).isSameAs(first);
        assertThat(narrow.usesReserve()).isTrue();
        left.set(1);
        close(second);
        takePassed(narrow, 2 * SIZE);
        assertThat(taken(narrow, false)).isNull();
        assertThat(narrow.promiseSpares()).isZero();
        assertThat(narrow.promiseRetry()).isOne();
        assertThat(make(narrow)).isTrue();
        assertThat(taken(narrow, false)).isNotNull();
        assertThat(narrow.usesReserve()).isFalse();
    }

    @Test
    void theOnlySegmentThatThereCanBeIsForAll() {
        SegmentChain narrow = new SegmentChain(new NarrowStorage(new AtomicInteger(1)), 8);
        Segment only = extend(narrow, 0);
        assertThat(taken(narrow, true)).isNull();
        assertThat(narrow.usesReserve()).isFalse();
        close(only);
        takePassed(narrow, SIZE).forEach(narrow::recycle);

        assertThat(narrow.hasUnusedForAll()).isTrue();
        assertThat(narrow.takeSuperfluous()).isEmpty();
        assertThat(taken(narrow, false)).isSameAs(only);
    }

    @Test
    void findsTheSegmentOfAPosition() {
        Segment first = extend(0);
        Segment second = extend(1);
        assertThat(chain.find(0)).isSameAs(first);
        assertThat(chain.find(SIZE - 1)).isSameAs(first);
        assertThat(chain.find(SIZE)).isSameAs(second);
        assertThat(chain.find(2 * SIZE)).isNull();
        assertThat(chain.oldest()).isSameAs(first);
    }

    @Test
    void takesOnlyClosedSegmentsThatArePassed() {
        Segment first = extend(0);
        Segment second = extend(1);
        assertThat(takePassed(chain, SIZE)).isEmpty();
        close(first);
        assertThat(takePassed(chain, SIZE - 1)).isEmpty();
        assertThat(takePassed(chain, 2 * SIZE)).containsExactly(first);
        close(second);
        assertThat(takePassed(chain, 2 * SIZE)).containsExactly(second);
        assertThat(chain.oldest()).isNull();
    }

    @Test
    void usesFreedSegmentsAgain() {
        Segment first = extend(0);
        close(first);
        List<Segment> passed = takePassed(chain, SIZE);
        passed.forEach(chain::recycle);
        assertThat(chain.freeCount()).isEqualTo(1);
        assertThat(taken(chain, false)).isSameAs(first);
        assertThat(chain.freeCount()).isZero();
    }

    @Test
    void usesTheSegmentFirstThatWasFreedLast() {
        Segment first = extend(0);
        Segment second = extend(1);
        close(first);
        close(second);
        takePassed(chain, 2 * SIZE).forEach(chain::recycle);
        assertThat(taken(chain, false)).isSameAs(second);
        assertThat(taken(chain, false)).isSameAs(first);
    }

    @Test
    void givesFreeSegmentsBackWhenTrimmedButForOneMoreThanTheSpares() {
        SegmentChain wide = new SegmentChain(new MemoryStorage(SIZE, 0, 0), 8);
        Segment first = extend(wide, 0);
        Segment second = extend(wide, 1);
        Segment third = extend(wide, 2);
        Segment fourth = extend(wide, 3);
        close(first);
        close(second);
        close(third);
        takePassed(wide, 3 * SIZE).forEach(wide::recycle);
        assertThat(wide.takeSuperfluous()).containsExactly(first);
        assertThat(wide.freeCount()).isEqualTo(2);
        assertThat(wide.usedCount()).isEqualTo(1);
        assertThat(taken(wide, false)).isSameAs(third);
        assertThat(taken(wide, false)).isSameAs(second);
        assertThat(taken(wide, false)).isNotNull().isNotIn(first, second, third, fourth);
    }

    @Test
    void abandonedSegmentIsReplaced() {
        Segment first = extend(0);
        extend(1);
        close(first);
        assertThat(takePassed(chain, SIZE)).containsExactly(first);
        chain.countOut();
        assertThat(taken(chain, false)).isNotNull();
        assertThat(taken(chain, true)).isNotNull();
        assertThat(taken(chain, true)).isNull();
    }

    @Test
    void wantsASpareWhileNoneIsFreeAndThereMayBeMore() {
        extend(0);
        assertThat(chain.promiseSpares()).isEqualTo(1);
        assertThat(make(chain)).isTrue();
        assertThat(chain.freeCount()).isEqualTo(1);
        assertThat(chain.promiseSpares()).isZero();
    }

    private static List<Segment> takePassed(SegmentChain chain, long position) {
        List<Segment> taken = new ArrayList<>();
        for (Segment passed = chain.passed(position); passed != null; passed = chain.passed(position)) {
            chain.takeOldest(true);
            taken.add(passed);
        }
        return taken;
    }

    private static boolean make(SegmentChain chain) {
        try {
            return chain.add(chain.make(), null);
        } catch (OutOfMemoryError | IOException failure) {
            return chain.add(null, failure);
        }
    }

    /** Takes a free segment into use, or makes one, as a caller does. */
    private static Segment taken(SegmentChain chain, boolean mayUseReserve) {
        return taken(chain, mayUseReserve, 0);
    }

    private static Segment taken(SegmentChain chain, boolean mayUseReserve, long base) {
        Segment taken = chain.begin(mayUseReserve, base, 0);
        if (taken == null && chain.promiseNext(mayUseReserve)) {
            taken = make(chain) ? chain.begin(mayUseReserve, base, 0) : null;
        }
        return taken;
    }

    private Segment extend(int index) {
        return extend(chain, index);
    }

    private static Segment extend(SegmentChain chain, int index) {
        Segment segment = taken(chain, false, (long) index * SIZE);
        if (segment != null) {
            segment.open(0, 0, false);
        }
        return segment;
    }

    private static void close(Segment segment) {
        segment.close(segment.claim(SIZE + 8));
    }

    /** Has memory for some segments. */
    private static final class NarrowStorage extends MemoryStorage {
        private final AtomicInteger left;

        NarrowStorage(AtomicInteger left) {
            super(SIZE, 0, 0);
            this.left = left;
        }

        @Override
        public Segment create() {
            if (left.getAndDecrement() <= 0) {
                throw new OutOfMemoryError("No direct memory left");
            }
            return super.create();
        }
    }
}
