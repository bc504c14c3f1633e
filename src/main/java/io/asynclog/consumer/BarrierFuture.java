package io.asynclog.consumer;

import org.jspecify.annotations.Nullable;

/** Completes when every record before some place is flushed, and fails when one of these was refused meanwhile. */
public final class BarrierFuture extends PendingFuture<Void> {
    @Override
    @Nullable
    Void outcome() {
        return null;
    }

    @Override
    boolean isBarrier() {
        return true;
    }
}
