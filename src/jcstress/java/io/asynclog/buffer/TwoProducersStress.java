package io.asynclog.buffer;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * Two threads push, and behind one of the pushes a cursor reads: it sees whole records only, in the order of their
 * sequences, each once, and nothing behind a place that is claimed and not yet published.
 */
@JCStressTest
@Outcome(id = "0, 1, (0|12), 12", expect = Expect.ACCEPTABLE, desc = "the first claims first")
@Outcome(id = "1, 0, (2|21), 21", expect = Expect.ACCEPTABLE, desc = "the second claims first")
@Outcome(expect = Expect.FORBIDDEN, desc = "a torn, doubled or lost record, or one out of order")
@State
public class TwoProducersStress {
    private final StressBuffer buffer = new StressBuffer(0);
    private final Cursor cursor = buffer.cursor();

    @Actor
    public void first(IIII_Result result) {
        result.r1 = buffer.pushSmall(1);
    }

    @Actor
    public void second(IIII_Result result) {
        result.r2 = buffer.pushSmall(2);
        result.r3 = StressBuffer.readOnce(cursor, 0, 0);
    }

    @Arbiter
    public void end(IIII_Result result) {
        result.r4 = StressBuffer.readAll(cursor, result.r3);
    }
}
