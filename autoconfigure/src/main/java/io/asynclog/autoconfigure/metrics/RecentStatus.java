package io.asynclog.autoconfigure.metrics;

import io.asynclog.AsyncLogManager;
import io.asynclog.AsyncLogStatus;
import io.asynclog.consumer.SinkStatus;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The figures of an engine, taken once for all the meters that are read in a row. */
final class RecentStatus {
    private static final long MAX_AGE_NANOS = 100_000_000;

    private final AsyncLogManager manager;
    private final LongSupplier nanoClock;
    private volatile @Nullable Snapshot latest;

    RecentStatus(AsyncLogManager manager, LongSupplier nanoClock) {
        this.manager = manager;
        this.nanoClock = nanoClock;
    }

    AsyncLogStatus get() {
        Snapshot snapshot = latest;
        long now = nanoClock.getAsLong();
        if (snapshot == null || now - snapshot.nanoTime() > MAX_AGE_NANOS) {
            snapshot = new Snapshot(manager.status(), now);
            latest = snapshot;
        }
        return snapshot.status();
    }

    /** Returns the figures of a sink, or null when there is none of this name. */
    @Nullable
    SinkStatus sink(String name) {
        return get().sink(name);
    }

    private record Snapshot(AsyncLogStatus status, long nanoTime) {}
}
