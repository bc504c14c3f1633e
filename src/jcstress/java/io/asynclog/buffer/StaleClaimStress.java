package io.asynclog.buffer;

import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * A producer that was held up claims on a segment that is passed, cleared and taken into use again meanwhile: it gets
 * nothing, or a clean place in the segment's new life.
 */
@JCStressTest
@Outcome(id = "-1, -1, 0, 0", expect = Expect.ACCEPTABLE, desc = "too early: no room")
@Outcome(id = "700, 4096, 0, 0", expect = Expect.ACCEPTABLE, desc = "a place in the new life")
@Outcome(expect = Expect.FORBIDDEN, desc = "a place in the old life, in memory not yet cleared, or a second closing")
@State
public class StaleClaimStress {
    private static final int SIZE = 256;
    private static final int LENGTH = 64;

    private final Segment segment = new Segment(ByteBuffer.allocateDirect(SIZE));

    public StaleClaimStress() {
        segment.begin(0, 100);
        segment.open(0, 0, false);
        RecordCodec.publish(segment.bytes(), Segment.offset(segment.claim(LENGTH)), LENGTH);
        segment.close(segment.claim(SIZE));
    }

    @Actor
    public void heldUp(IIII_Result result) {
        long claim = segment.claim(LENGTH);
        boolean fits = segment.fits(claim, LENGTH);
        result.r1 = fits ? (int) segment.sequence(claim) : -1;
        result.r2 = fits ? (int) segment.base() : -1;
        result.r3 = fits ? RecordCodec.publishedLength(segment.bytes(), Segment.offset(claim)) : 0;
        result.r4 = !fits && segment.crosses(claim, LENGTH) ? 1 : 0;
    }

    @Actor
    public void holderOfTheLock() {
        segment.clear();
        segment.begin(4096, 700);
        segment.open(0, 0, false);
    }
}
