package io.asynclog.buffer;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A few bytes that a sink keeps beside its place, for the next process to resume from. They are kept only where the
 * place is. To be used by the sink's thread.
 */
public final class SinkMemory {
    private final @Nullable SavedCursor saved;

    /** Whether the records from the sink's place on are there: if not, what it kept may be older than what it did. */
    private final boolean current;

    SinkMemory(@Nullable SavedCursor saved, boolean current) {
        this.saved = saved;
        this.current = current;
    }

    /** Returns whether anything is kept: where the place is not, a sink need not say what it does. */
    public boolean isKept() {
        return saved != null;
    }

    /**
     * Returns what was kept last, or null when nothing was, or when the records that followed it are not there any
     * more.
     */
    public byte @Nullable [] load() {
        ByteBuffer state = saved == null || !current ? null : saved.entry().state();
        if (state == null) {
            return null;
        }
        byte[] copy = new byte[state.capacity()];
        state.get(0, copy);
        return copy;
    }

    /**
     * Replaces what is kept, as a whole or not at all.
     *
     * @param state at most 1024 bytes
     */
    public void save(byte[] state) {
        if (state.length > FileFormat.MAX_STATE) {
            throw new IllegalArgumentException(
                    "A sink may keep " + FileFormat.MAX_STATE + " bytes, not " + state.length);
        }
        if (saved != null) {
            saved.keep(ByteBuffer.wrap(state.clone()));
        }
    }
}
