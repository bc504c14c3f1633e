package io.asynclog.buffer;

import io.asynclog.internal.Checkpoint;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A checkpoint that is kept beside the place of its sink. */
final class SavedCheckpoint implements Checkpoint {
    private final SavedCursor saved;

    /** Whether the records from the sink's place on are there: if not, what it kept may be older than what it did. */
    private final boolean current;

    SavedCheckpoint(SavedCursor saved, boolean current) {
        this.saved = saved;
        this.current = current;
    }

    @Override
    public byte @Nullable [] load() {
        ByteBuffer state = current ? saved.entry().state() : null;
        if (state == null) {
            return null;
        }
        byte[] copy = new byte[state.capacity()];
        state.get(0, copy);
        return copy;
    }

    @Override
    public void save(byte[] state) {
        if (state.length > MAX_LENGTH) {
            throw new IllegalArgumentException("A sink may keep " + MAX_LENGTH + " bytes, not " + state.length);
        }
        saved.keep(ByteBuffer.wrap(state.clone()));
    }
}
