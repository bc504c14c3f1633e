package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SegmentPlacesTest {
    private final Throwable failure = new OutOfMemoryError("Cannot reserve direct memory");

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE); // which passes over to negative ones
    private final SegmentPlaces places = new SegmentPlaces(3, nanoTime::get);

    @Test
    void promisesAsManyAsThereAre() {
        places.take(1);
        assertThat(places.promise(5)).isEqualTo(2);
        assertThat(places.promised()).isEqualTo(2);
        assertThat(places.promise(1)).isZero();
        assertThat(places.fill()).isTrue();
        assertThat(places.fill()).isTrue();
        places.giveBack(3);
        assertThat(places.promise(5)).isEqualTo(3);
    }

    @Test
    void hasNoneForMoreSegmentsThanTheMaximumWhichWasHigherOnce() {
        places.take(5);
        assertThat(places.promise(1)).isZero();
        assertThat(places.promiseNext()).isFalse();
    }

    @Test
    void aCallerSharesTheLastPlaceWithWhoeverIsSlow() {
        places.take(2);
        assertThat(places.promise(1)).isEqualTo(1);
        assertThat(places.promiseNext()).isTrue();
        assertThat(places.fill()).isTrue();
        assertThat(places.fill()).isFalse(); // too late
        assertThat(places.promise(1)).isZero();
        places.giveBack(1);
        assertThat(places.promise(5)).isEqualTo(1);
    }

    @Test
    void whoFailsLeavesTheSharedPlaceToTheOther() {
        places.take(2);
        assertThat(places.promise(1)).isEqualTo(1);
        assertThat(places.promiseNext()).isTrue();
        places.withdraw(failure);
        assertThat(places.failure()).isSameAs(failure);
        assertThat(places.fill()).isTrue();
        assertThat(places.failure()).isNull();
        assertThat(places.promise(1)).isZero();
    }

    @Test
    void whoFailsWhenThePlaceIsFilledIsNoFailure() {
        places.take(2);
        assertThat(places.promise(1)).isEqualTo(1);
        assertThat(places.promiseNext()).isTrue();
        assertThat(places.fill()).isTrue();
        places.withdraw(failure);
        assertThat(places.failure()).isNull();
        assertThat(places.attainable()).isEqualTo(3);
        places.giveBack(1);
        assertThat(places.promise(5)).isEqualTo(1);
    }

    @Test
    void callersLeaveWhatFailedToOthers() {
        places.take(1);
        assertThat(places.promiseNext()).isTrue();
        places.withdraw(failure);
        assertThat(places.promiseNext()).isFalse();
        assertThat(places.isRetryDue(true)).isTrue();
        assertThat(places.promise(1)).isEqualTo(1);
        assertThat(places.fill()).isTrue();
        assertThat(places.isRetryDue(true)).isFalse();
        assertThat(places.promiseNext()).isTrue();
    }

    @Test
    void whatNobodyNeedsIsTriedAgainEachMinuteAndByCallersWhereNobodyDoes() {
        places.take(1);
        assertThat(places.promiseNext()).isTrue();
        places.withdraw(failure);
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(59));
        assertThat(places.isRetryDue(false)).isFalse();
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(places.isRetryDue(false)).isTrue();
        assertThat(places.mayRetry()).isFalse();
        assertThat(places.promiseNext()).isFalse();
        nanoTime.addAndGet(TimeUnit.MINUTES.toNanos(1));
        assertThat(places.mayRetry()).isTrue();
        assertThat(places.promiseNext()).isTrue();
        places.withdraw(failure);
        assertThat(places.promiseNext()).isFalse();
    }

    @Test
    void whoNeverTriedIsNoFailure() {
        places.take(1);
        assertThat(places.promise(1)).isEqualTo(1);
        places.withdraw(null);
        assertThat(places.failure()).isNull();
        assertThat(places.promise(5)).isEqualTo(2);
    }

    @Test
    void thereAreAsManyAsThereAreWhileNoFurtherOneCanBeMade() {
        places.take(2);
        assertThat(places.attainable()).isEqualTo(3);
        assertThat(places.promiseNext()).isTrue();
        places.withdraw(failure);
        assertThat(places.attainable()).isEqualTo(2);
        assertThat(places.promise(1)).isEqualTo(1); // to try again, which is no segment yet
        assertThat(places.attainable()).isEqualTo(2);
    }

    @Test
    void promisesNoSparesWhenItHasEnded() {
        places.end();
        assertThat(places.promise(1)).isZero();
    }

    @Test
    void aHangThatLastsGivesCallersNoReasonToLookForThemselves() {
        assertThat(places.promiseNext()).isTrue();
        places.noteHang(1);
        nanoTime.addAndGet(TimeUnit.MINUTES.toNanos(3));
        places.noteHang(1);
        assertThat(places.mayRetry()).isFalse();
        places.endHang();
        assertThat(places.failure()).isNull();
    }
}
