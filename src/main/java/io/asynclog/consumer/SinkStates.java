package io.asynclog.consumer;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Since when a sink has been in its present state. A state begins when it is first seen, so whoever changes it, or may
 * find it changed, is to look.
 */
final class SinkStates {
    private final Supplier<SinkStatus.State> current;
    private final InstantSource clock;
    private Seen latest;

    /**
     * Begins with the present state.
     *
     * @param current derives the present state; called under this object's lock, so that no older state follows a newer
     *     one
     */
    SinkStates(Supplier<SinkStatus.State> current, InstantSource clock) {
        this.current = current;
        this.clock = clock;
        latest = new Seen(current.get(), clock.instant());
    }

    /** Returns the present state and since when it has lasted. */
    synchronized Seen update() {
        SinkStatus.State state = current.get();
        if (state != latest.state()) {
            boolean sameTrouble = isTrouble(state) && isTrouble(latest.state());
            latest = new Seen(state, sameTrouble ? latest.since() : clock.instant());
        }
        return latest;
    }

    /** A sink that now throws and now hangs, as its client has a time limit, has one trouble. */
    private static boolean isTrouble(SinkStatus.State state) {
        return state == SinkStatus.State.RETRYING || state == SinkStatus.State.STUCK;
    }

    /** A state and when it began. */
    record Seen(SinkStatus.State state, Instant since) {}
}
