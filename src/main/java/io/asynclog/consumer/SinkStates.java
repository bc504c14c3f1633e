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
            latest = new Seen(state, clock.instant());
        }
        return latest;
    }

    /** A state and when it began. */
    record Seen(SinkStatus.State state, Instant since) {}
}
