package io.asynclog.buffer;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * A buffer is closed beside pushes, of which the second crosses the segment's end: what is taken lies before the end.
 */
@JCStressTest
@Outcome(id = "3, 4, 5, 12", expect = Expect.ACCEPTABLE, desc = "closed behind both")
@Outcome(id = "3, -2, 4, 1", expect = Expect.ACCEPTABLE, desc = "closed between them")
@Outcome(id = "-2, -2, 3, 0", expect = Expect.ACCEPTABLE, desc = "closed before both")
@Outcome(expect = Expect.FORBIDDEN, desc = "a record behind the end, or an end that is not exact")
@State
public class CloseStress {
    private final StressBuffer buffer = new StressBuffer(3);
    private final Cursor cursor = buffer.cursor();

    @Actor
    public void producer(IIII_Result result) {
        result.r1 = buffer.pushQuarter(1);
        result.r2 = buffer.pushQuarter(2);
    }

    @Actor
    public void closer(IIII_Result result) {
        result.r3 = (int) buffer.buffer().close();
    }

    @Arbiter
    public void end(IIII_Result result) {
        result.r4 = StressBuffer.readAll(cursor, 0);
        if (!buffer.buffer().isDrained(cursor) || cursor.sequence() != result.r3) {
            result.r4 = -1;
        }
    }
}
