package io.asynclog.buffer;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A cursor falls asleep beside a push: it stays awake, or the push wakes it. */
@JCStressTest
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "the cursor saw the claim in time")
@Outcome(id = "(true|false), false", expect = Expect.ACCEPTABLE, desc = "the push woke the cursor")
@Outcome(
        id = "true, true",
        expect = Expect.FORBIDDEN,
        desc = "lost: asleep, with a record to read and nobody to wake it")
@Outcome(expect = Expect.FORBIDDEN, desc = "cannot be")
@State
public class SleepStress {
    private final StressBuffer buffer = new StressBuffer(0);
    private final Cursor cursor = buffer.cursor();

    @Actor
    public void sink(ZZ_Result result) {
        result.r1 = cursor.sleeper().fallAsleep();
    }

    @Actor
    public void producer() {
        buffer.pushSmall(1);
    }

    @Arbiter
    public void end(ZZ_Result result) {
        result.r2 = cursor.sleeper().noteWoken();
    }
}
