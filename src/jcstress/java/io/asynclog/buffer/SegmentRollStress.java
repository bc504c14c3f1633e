package io.asynclog.buffer;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIIII_Result;

/**
 * Two threads push two records each across the end of a segment in which one more finds room: sequences are dense, the
 * records of a thread in order, and the log holds each once.
 */
@JCStressTest
@Outcome(id = "3, 4, 5, 6, 1234", expect = Expect.ACCEPTABLE, desc = "the first thread first")
@Outcome(id = "3, 5, 4, 6, 1324", expect = Expect.ACCEPTABLE, desc = "in turn")
@Outcome(id = "3, 6, 4, 5, 1342", expect = Expect.ACCEPTABLE, desc = "the second thread within the first")
@Outcome(id = "4, 5, 3, 6, 3124", expect = Expect.ACCEPTABLE, desc = "the first thread within the second")
@Outcome(id = "4, 6, 3, 5, 3142", expect = Expect.ACCEPTABLE, desc = "in turn")
@Outcome(id = "5, 6, 3, 4, 3412", expect = Expect.ACCEPTABLE, desc = "the second thread first")
@Outcome(expect = Expect.FORBIDDEN, desc = "a gap, a double, or a thread's records out of order")
@State
public class SegmentRollStress {
    private final StressBuffer buffer = new StressBuffer(3);
    private final Cursor cursor = buffer.cursor();

    @Actor
    public void first(IIIII_Result result) {
        result.r1 = buffer.pushQuarter(1);
        result.r2 = buffer.pushQuarter(2);
    }

    @Actor
    public void second(IIIII_Result result) {
        result.r3 = buffer.pushQuarter(3);
        result.r4 = buffer.pushQuarter(4);
    }

    @Arbiter
    public void end(IIIII_Result result) {
        result.r5 = StressBuffer.readAll(cursor, 0);
    }
}
