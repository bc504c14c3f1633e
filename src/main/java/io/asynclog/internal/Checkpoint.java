package io.asynclog.internal;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a few bytes for a sink, which survive the process, so that the sink can resume where it was. Saved as a whole
 * or not at all, in the order of the calls. To be used by one thread at a time.
 */
public interface Checkpoint {
    /** The most bytes that can be saved. */
    int MAX_LENGTH = 1024;

    /** Keeps nothing: for a buffer that does not survive the process either. */
    Checkpoint NONE = new Checkpoint() {
        @Override
        public byte @Nullable [] load() {
            return null;
        }

        @Override
        public void save(byte[] state) {}
    };

    /**
     * Returns what was saved last, in this process or an earlier one, or null when nothing was, or when the records
     * that followed it are not there any more.
     */
    byte @Nullable [] load();

    /**
     * Replaces what is kept. When this returns, the bytes survive the end of the process, not yet that of the machine.
     *
     * @param state at most {@link #MAX_LENGTH} bytes, not modified afterwards
     */
    void save(byte[] state);
}
