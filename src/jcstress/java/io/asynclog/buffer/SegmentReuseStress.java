package io.asynclog.buffer;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * One thread pushes ten quarters of a segment while a cursor reads, so that passed segments are cleared and taken into
 * use again beside pushes: everything comes out once and in order.
 */
@JCStressTest
@Outcome(id = "1, 123456781", expect = Expect.ACCEPTABLE, desc = "all records, once and in order")
@Outcome(expect = Expect.FORBIDDEN, desc = "a torn, doubled or lost record, or one out of order")
@State
public class SegmentReuseStress {
    private final StressBuffer buffer = new StressBuffer(2);
    private final Cursor cursor = buffer.cursor();
    private int seen;

    @Actor
    public void producer(II_Result result) {
        for (int i = 1; i <= 8; i++) {
            buffer.pushQuarter(i);
        }
        result.r1 = buffer.pushQuarter(1) == 10 ? 1 : 0;
    }

    @Actor
    public void sink() {
        for (int i = 0; i < 12 && seen >= 0; i++) {
            seen = StressBuffer.readOnce(cursor, seen, cursor.sequence());
        }
    }

    @Arbiter
    public void end(II_Result result) {
        result.r2 = seen < 0 ? seen : StressBuffer.readAll(cursor, seen);
    }
}
