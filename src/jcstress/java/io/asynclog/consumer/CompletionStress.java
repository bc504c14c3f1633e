package io.asynclog.consumer;

import io.asynclog.buffer.Cursor;
import io.asynclog.buffer.StressBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.slf4j.event.Level;

/**
 * A future is registered beside the cursor that passes its record: the future completes. The completion thread is
 * modelled by what wakes it: it runs as often as it was woken, and not once more.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "the future and the barrier complete")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost: flushed, and nobody completes the future")
@State
public class CompletionStress {

    private final StressBuffer buffer = new StressBuffer(0);
    private final Cursor cursor = buffer.cursor();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Completions completions = new Completions(() -> woken.set(true), (message, cause) -> {});
    private final RecordFuture future = new RecordFuture(Level.INFO);
    private final BarrierFuture barrier = new BarrierFuture();

    public CompletionStress() {
        completions.follow(List.of(cursor));
        buffer.pushSmall(1);
        cursor.read(Level.TRACE, true);
    }

    @Actor
    public void caller() {
        completions.register(0, future);
        completions.registerBarrier(1, barrier);
    }

    @Actor
    public void sink() {
        cursor.pass();
        completions.onPassed();
        completeIfWoken(); // the completion thread may be as quick as this
    }

    @Arbiter
    public void end(ZZ_Result result) {
        completeIfWoken();
        result.r1 = future.isDone();
        result.r2 = barrier.isDone();
    }

    private void completeIfWoken() {
        if (woken.getAndSet(false)) {
            completions.completeReady();
        }
    }
}
