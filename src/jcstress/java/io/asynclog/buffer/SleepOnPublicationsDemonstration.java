package io.asynclog.buffer;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Deliberately weakened, to show that the fault {@link SleepStress} forbids can be seen: the sleeper looks at
 * publications in place of claims. A publication is a release store only, which the producer's look at the sleepers may
 * overtake.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "lost: neither saw the other")
@Outcome(expect = Expect.ACCEPTABLE, desc = "at least one saw the other")
@State
public class SleepOnPublicationsDemonstration {
    private static final int LENGTH = 64;

    private final Segment segment = new Segment(ByteBuffer.allocateDirect(LENGTH));
    private final AtomicInteger sleepers = new AtomicInteger();

    public SleepOnPublicationsDemonstration() {
        segment.begin(0, 0);
        segment.open(0, 0, false);
        segment.claim(LENGTH);
    }

    @Actor
    public void producer(II_Result result) {
        RecordCodec.publish(segment.bytes(), 0, LENGTH);
        result.r1 = sleepers.get();
    }

    @Actor
    public void sink(II_Result result) {
        sleepers.incrementAndGet();
        result.r2 = RecordCodec.publishedLength(segment.bytes(), 0);
    }
}
