package io.asynclog.buffer;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A cursor falls asleep beside the push that finds no room in its segment and closes it: it stays awake, or is woken,
 * for it may be the last that holds the segment.
 */
@JCStressTest
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "the cursor saw the claim in time")
@Outcome(id = "(true|false), false", expect = Expect.ACCEPTABLE, desc = "the closing woke the cursor")
@Outcome(id = "true, true", expect = Expect.FORBIDDEN, desc = "lost: asleep before padding, with nobody to wake it")
@Outcome(expect = Expect.FORBIDDEN, desc = "cannot be")
@State
public class SleepBehindPaddingStress {
    private final StressBuffer buffer = new StressBuffer(3);
    private final Cursor cursor = buffer.cursor();

    public SleepBehindPaddingStress() {
        buffer.pushSmall(1);
        StressBuffer.readAll(cursor, 0);
    }

    @Actor
    public void sink(ZZ_Result result) {
        result.r1 = cursor.sleeper().fallAsleep();
    }

    @Actor
    public void closer() {
        buffer.buffer().close();
    }

    @Arbiter
    public void end(ZZ_Result result) {
        result.r2 = cursor.sleeper().noteWoken();
    }
}
