package io.asynclog.buffer;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** One thread pushes two records while a cursor reads: it sees them whole, in order, and all in the end. */
@JCStressTest
@Outcome(id = "0, 12", expect = Expect.ACCEPTABLE, desc = "the cursor came before the records")
@Outcome(id = "1, 12", expect = Expect.ACCEPTABLE, desc = "the cursor came between them")
@Outcome(id = "12, 12", expect = Expect.ACCEPTABLE, desc = "the cursor came after them")
@Outcome(expect = Expect.FORBIDDEN, desc = "a torn, doubled or lost record, or one out of order")
@State
public class PublishStress {
    private final StressBuffer buffer = new StressBuffer(0);
    private final Cursor cursor = buffer.cursor();

    @Actor
    public void producer() {
        buffer.pushSmall(1);
        buffer.pushSmall(2);
    }

    @Actor
    public void sink(II_Result result) {
        result.r1 = StressBuffer.readOnce(cursor, 0, 0);
    }

    @Arbiter
    public void end(II_Result result) {
        result.r2 = StressBuffer.readAll(cursor, result.r1);
    }
}
