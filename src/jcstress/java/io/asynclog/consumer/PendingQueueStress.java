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
 * Two futures were registered, in the wrong order. The completion thread, awake for some other reason, puts them in
 * line while the cursor passes their records: both complete. From there on completions run once more if the thread was
 * woken, and not otherwise.
 */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "both futures complete")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost: flushed, and nobody completes the future")
@State
public class PendingQueueStress {

    private final StressBuffer buffer = new StressBuffer(0);
    private final Cursor cursor = buffer.cursor();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Completions completions = new Completions(() -> woken.set(true), (message, cause) -> {});
    private final RecordFuture first = new RecordFuture(Level.INFO);
    private final RecordFuture second = new RecordFuture(Level.INFO);

    public PendingQueueStress() {
        completions.follow(List.of(cursor));
        buffer.pushSmall(1);
        buffer.pushSmall(2);
        cursor.read(Level.TRACE, true);
        completions.register(1, second);
        completions.register(0, first);
    }

    @Actor
    public void completionThread() {
        completions.completeReady();
    }

    @Actor
    public void sink() {
        cursor.pass();
        completions.onPassed();
    }

    @Arbiter
    public void end(ZZ_Result result) {
        if (woken.getAndSet(false)) {
            completions.completeReady();
        }
        result.r1 = first.isDone();
        result.r2 = second.isDone();
    }
}
