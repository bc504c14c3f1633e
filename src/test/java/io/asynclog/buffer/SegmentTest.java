package io.asynclog.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SegmentTest {
    private static final int SIZE = 256;

    private final Segment segment = new Segment(ByteBuffer.allocateDirect(SIZE));

    @Test
    void freeSegmentTakesNoClaimAndNobodyClosesIt() {
        long claim = segment.claim(8);
        assertThat(segment.fits(claim, 8)).isFalse();
        assertThat(segment.crosses(claim, 8)).isFalse();
        assertThat(segment.isClosed()).isTrue();
    }

    @Test
    void claimsFollowEachOther() {
        segment.begin(1000, 50);
        segment.open(0, 0, false);
        long first = segment.claim(64);
        long second = segment.claim(128);
        assertThat(Segment.offset(first)).isZero();
        assertThat(Segment.offset(second)).isEqualTo(64);
        assertThat(segment.sequence(first)).isEqualTo(50);
        assertThat(segment.sequence(second)).isEqualTo(51);
        assertThat(segment.claimedOffset()).isEqualTo(192);
        assertThat(segment.claimedSequence()).isEqualTo(52);
        assertThat(segment.end()).isEqualTo(1000 + SIZE);
    }

    @Test
    void claimsBeginBehindWhatIsAlreadyThere() {
        segment.begin(0, 50);
        segment.open(96, 2, false);
        long claim = segment.claim(64);
        assertThat(Segment.offset(claim)).isEqualTo(96);
        assertThat(segment.sequence(claim)).isEqualTo(52);
    }

    @Test
    void exactlyOneClaimCrosses() {
        segment.begin(0, 0);
        segment.open(0, 0, false);
        assertThat(segment.fits(segment.claim(SIZE - 8), SIZE - 8)).isTrue();
        long crossing = segment.claim(16);
        assertThat(segment.fits(crossing, 16)).isFalse();
        assertThat(segment.crosses(crossing, 16)).isTrue();
        long later = segment.claim(8);
        assertThat(segment.fits(later, 8)).isFalse();
        assertThat(segment.crosses(later, 8)).isFalse();
        segment.close(crossing);
        assertThat(segment.endSequence()).isEqualTo(1);
        assertThat(RecordCodec.publishedLength(segment.bytes(), SIZE - 8)).isEqualTo(-8);
    }

    @Test
    void theClaimBehindAnExactFitCrossesAndLeavesNoPadding() {
        segment.begin(0, 0);
        segment.open(0, 0, false);
        assertThat(segment.fits(segment.claim(SIZE), SIZE)).isTrue();
        long crossing = segment.claim(8);
        assertThat(segment.crosses(crossing, 8)).isTrue();
        segment.close(crossing);
        assertThat(segment.endSequence()).isEqualTo(1);
        assertThat(segment.isClosed()).isTrue();
    }

    @Test
    void clearedSegmentHasNothingPublished() {
        segment.begin(0, 0);
        segment.open(0, 0, false);
        for (int at = 0; at < SIZE; at += 8) {
            segment.bytes().putLong(at, -1);
        }
        segment.clear();
        for (int at = 0; at < SIZE; at += 8) {
            assertThat(segment.bytes().getLong(at)).isZero();
        }
    }

    @Test
    void largestSegmentCannotHoldMoreRecordsThanTheTailCounts() {
        long maxSegmentSize = 512L * 1024 * 1024;
        assertThat(BufferOptions.defaults().withSegmentSize(maxSegmentSize).segmentSize())
                .isEqualTo(maxSegmentSize);
        assertThatThrownBy(() -> BufferOptions.defaults().withSegmentSize(maxSegmentSize + 8))
                .hasMessageContaining("segment-size");
        assertThat(maxSegmentSize / RecordCodec.recordLength(0)).isLessThan(1 << 24);
    }

    @Test
    void memoryMustBeAligned() {
        ByteBuffer memory = ByteBuffer.allocateDirect(SIZE + 8);
        assertThatThrownBy(() -> new Segment(memory.position(4).slice())).isInstanceOf(IllegalArgumentException.class);
    }
}
