package io.asynclog.buffer;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Two cursors fall asleep beside two pushes, one of them after it has woken by itself: the count of sleepers never
 * tells a push that there are none while there is one.
 */
@JCStressTest
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "no cursor sleeps over a record")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost: a cursor sleeps over a record")
@State
public class SleepersCountStress {
    private final StressBuffer buffer = new StressBuffer(0);
    private final Cursor first = buffer.cursor();
    private final Cursor second = buffer.cursor();
    private boolean firstSleeps;
    private boolean secondSleeps;

    @Actor
    public void sink() {
        firstSleeps = first.sleeper().fallAsleep();
    }

    @Actor
    public void sinkThatWakes() {
        boolean ignored = second.sleeper().fallAsleep();
        second.sleeper().awake();
        secondSleeps = second.sleeper().fallAsleep();
    }

    @Actor
    public void producer() {
        buffer.pushSmall(1);
        buffer.pushSmall(2);
    }

    @Arbiter
    public void end(ZZ_Result result) {
        result.r1 = first.sleeper().noteWoken() && firstSleeps;
        result.r2 = second.sleeper().noteWoken() && secondSleeps;
    }
}
