package io.asynclog.buffer;

import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** Two producers claim at once: their places do not overlap, and their sequences lie in the order of the places. */
@JCStressTest
@Outcome(id = "0, 64, 7, 8", expect = Expect.ACCEPTABLE, desc = "the first claims first")
@Outcome(id = "64, 0, 8, 7", expect = Expect.ACCEPTABLE, desc = "the second claims first")
@Outcome(expect = Expect.FORBIDDEN, desc = "the claims overlap, or their sequences are out of order")
@State
public class SegmentClaimStress {
    private static final int LENGTH = 64;

    private final Segment segment = new Segment(ByteBuffer.allocateDirect(2 * LENGTH));

    public SegmentClaimStress() {
        segment.begin(0, 7);
        segment.open(0, 0, false);
    }

    @Actor
    public void first(IIII_Result result) {
        long claim = segment.claim(LENGTH);
        result.r1 = Segment.offset(claim);
        result.r3 = (int) segment.sequence(claim);
    }

    @Actor
    public void second(IIII_Result result) {
        long claim = segment.claim(LENGTH);
        result.r2 = Segment.offset(claim);
        result.r4 = (int) segment.sequence(claim);
    }
}
