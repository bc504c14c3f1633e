package io.asynclog.buffer;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads take one encoder: one has it at a time, and who has it later sees what the other did with it. */
@JCStressTest
@Outcome(
        id = {"1, 0", "0, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "one finds it out")
@Outcome(
        id = {"1, 2", "2, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "one after the other")
@Outcome(expect = Expect.FORBIDDEN, desc = "both have it at once, or none")
@State
public class LendingStress {
    private final Counter counter = new Counter();

    public LendingStress() {
        counter.giveBack();
    }

    @Actor
    public void first(II_Result result) {
        result.r1 = counter.count();
    }

    @Actor
    public void second(II_Result result) {
        result.r2 = counter.count();
    }

    private static final class Counter extends Lendable {
        private int count;

        int count() {
            if (!take()) {
                return 0;
            }
            int counted = ++count;
            giveBack();
            return counted;
        }
    }
}
