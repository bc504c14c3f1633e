package io.asynclog.sink;

import io.asynclog.internal.Checkpoint;
import org.jspecify.annotations.Nullable;

/** A checkpoint that outlives the sinks of a test. */
final class FakeCheckpoint implements Checkpoint {
    byte @Nullable [] state;
    int saves;
    Runnable beforeEffect = () -> {};

    @Override
    public byte @Nullable [] load() {
        return state;
    }

    @Override
    public void save(byte[] newState) {
        beforeEffect.run();
        if (newState.length > MAX_LENGTH) {
            throw new IllegalArgumentException(newState.length + " bytes");
        }
        state = newState;
        saves++;
    }
}
