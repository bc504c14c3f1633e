package io.asynclog.buffer;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.slf4j.event.Level;

/**
 * The same as {@link HurryStress} where another was in a hurry before, whose note the caller goes by and the owner
 * takes back.
 */
@JCStressTest
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "it knows of the hurry, or is woken")
@Outcome(id = "true, .*", expect = Expect.ACCEPTABLE, desc = "it has found the record")
@Outcome(id = "false, true", expect = Expect.FORBIDDEN, desc = "lost: it lingers on, and the record waits")
@State
public class SecondHurryStress {
    private final StressBuffer buffer = new StressBuffer(0);
    private final Cursor cursor = buffer.cursor();
    private boolean found;
    private boolean parks;

    public SecondHurryStress() {
        cursor.hurry();
    }

    @Actor
    public void caller() {
        buffer.pushSmall(1);
        cursor.hurry();
    }

    @Actor
    public void sink() {
        found = cursor.read(Level.TRACE, true);
        parks = cursor.sleeper().beginLingering();
    }

    @Arbiter
    public void end(ZZ_Result result) {
        result.r1 = found;
        result.r2 = parks && cursor.sleeper().isLingering();
    }
}
