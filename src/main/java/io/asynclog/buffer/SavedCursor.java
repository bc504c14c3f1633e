package io.asynclog.buffer;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The place of one sink as it is kept in the {@link CursorFile}. Written by one thread at a time: that of the sink, by its
 * cursor and by the sink itself in the midst of a flush; while there is no sink, by holders of the buffer's lock.
 */
final class SavedCursor {
    private final CursorStore store;
    private final int slot;
    /** Volatile: replaced as a whole by the one writer, read by anybody. */
    private volatile FileFormat.CursorEntry entry;

    SavedCursor(CursorStore store, int slot, FileFormat.CursorEntry entry) {
        this.store = store;
        this.slot = slot;
        this.entry = entry;
    }

    int slot() {
        return slot;
    }

    String name() {
        return entry.name();
    }

    FileFormat.CursorEntry entry() {
        return entry;
    }

    /** Saves where the sink has passed everything before. */
    void pass(long position, long sequence) {
        FileFormat.CursorEntry last = entry;
        save(position, sequence, Math.max(last.attempted(), sequence), last.goneSinceMillis(), last.state());
    }

    /** Saves up to where the sink is given records, before it is given them. */
    void attempt(long endSequence) {
        FileFormat.CursorEntry last = entry;
        save(last.position(), last.sequence(), endSequence, last.goneSinceMillis(), last.state());
    }

    /** Saves what the sink keeps for itself. */
    void keep(ByteBuffer state) {
        FileFormat.CursorEntry last = entry;
        save(last.position(), last.sequence(), last.attempted(), last.goneSinceMillis(), state);
    }

    /** Saves since when there is no sink for this cursor, 0 when there is one. */
    void goneSince(long epochMillis) {
        FileFormat.CursorEntry last = entry;
        save(last.position(), last.sequence(), last.attempted(), epochMillis, last.state());
    }

    private void save(long position, long sequence, long attempted, long goneSinceMillis, @Nullable ByteBuffer state) {
        FileFormat.CursorEntry last = entry;
        FileFormat.CursorEntry next = new FileFormat.CursorEntry(
                last.version() + 1, position, sequence, attempted, goneSinceMillis, last.name(), state);
        store.write(slot, next);
        entry = next;
    }

    /** Forgets the sink. */
    void remove() {
        store.remove(this);
    }
}
