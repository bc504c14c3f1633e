package io.asynclog.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Things that wait for an end, of a transaction say. The end may come by another thread, by a timeout, while things are
 * still added: each is settled, by whichever thread, and once.
 *
 * @param <T> what waits
 * @param <E> how it ended
 */
public abstract class UntilEnd<T, E> implements Consumer<E> {
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable E> end = new AtomicReference<>();

    /** Creates one with nothing that waits. */
    protected UntilEnd() {}

    /** Adds a thing, which is settled at once where the end has come. */
    public final void add(T thing) {
        waiting.add(thing);
        E come = end.get(); // after the thing: either this thread sees the end, or the end the thing
        if (come != null) {
            settle(come, waiting);
        }
    }

    /** Settles all that waits. The first call counts. */
    @Override
    public final void accept(E how) {
        if (end.compareAndSet(null, how)) {
            settle(how, waiting);
        }
    }

    /** Settles all that can be polled. May be called by two threads at a time, each of which polls its part. */
    protected abstract void settle(E how, Queue<T> things);
}
