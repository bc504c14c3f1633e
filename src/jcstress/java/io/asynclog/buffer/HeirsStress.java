package io.asynclog.buffer;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Two threads want the place, and the encoder, of one that has ended; one of them gives it back and takes it again. */
@JCStressTest
@Outcome(id = "false", expect = Expect.ACCEPTABLE, desc = "they have different encoders")
@Outcome(expect = Expect.FORBIDDEN, desc = "both have the same encoder")
@State
public class HeirsStress {
    private static final int HASH = 0;
    private static final Thread ENDED = new Thread(() -> {});

    private final EncoderPool pool = new EncoderPool(1024, new MaskedKeys(Set.of()), 1);
    private @Nullable RecordEncoder first;
    private @Nullable RecordEncoder second;

    public HeirsStress() {
        pool.release(pool.lease(ENDED, HASH));
    }

    @Actor
    public void first() {
        first = pool.lease(Thread.currentThread(), HASH);
    }

    @Actor
    public void second() {
        Thread caller = Thread.currentThread();
        pool.release(pool.lease(caller, HASH));
        second = pool.lease(caller, HASH);
    }

    @Arbiter
    public void compare(Z_Result result) {
        result.r1 = first == second;
    }
}
