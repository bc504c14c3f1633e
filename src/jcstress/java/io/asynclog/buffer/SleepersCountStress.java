package io.asynclog.buffer;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** A cursor falls asleep beside another that does so and wakes: a push behind both finds the first counted. */
@JCStressTest
@Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "the push woke the cursor")
@Outcome(id = "true", expect = Expect.FORBIDDEN, desc = "lost: the cursor sleeps over a record")
@State
public class SleepersCountStress {
    private final StressBuffer buffer = new StressBuffer(0);
    private final Cursor first = buffer.cursor();
    private final Cursor second = buffer.cursor();

    @Actor
    public void sink() {
        boolean ignored = first.sleeper().fallAsleep();
    }

    @Actor
    public void sinkThatWakes() {
        boolean ignored = second.sleeper().fallAsleep();
        second.sleeper().awake();
    }

    @Arbiter
    public void end(Z_Result result) {
        buffer.pushSmall(1);
        result.r1 = first.sleeper().noteWoken();
    }
}
