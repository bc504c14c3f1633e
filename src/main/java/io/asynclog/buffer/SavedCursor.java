package io.asynclog.buffer;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The place of one sink as it is kept in the {@link CursorFile}. Written by the sink's thread, by its cursor and by the
 * sink itself in the midst of a flush; by who logs after the shutdown, through the sink; by who has a laggard skip.
 * Safe for all of them: an entry is read, changed and written under a lock.
 */
final class SavedCursor {
    private final ReentrantLock lock = new ReentrantLock();
    private final CursorStore store;
    private final int slot;
    /** Volatile: replaced as a whole under the lock, read by anybody. */
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

    /** Saves where the sink has passed everything before; it only moves forward. */
    void pass(long position, long sequence) {
        change(last -> position < last.position() ? last : last.at(position, sequence));
    }

    /** Saves up to where the sink is given records, before it is given them. */
    void attempt(long endSequence) {
        change(last -> last.attempted(endSequence));
    }

    /** Saves what the sink keeps for itself. */
    void keep(ByteBuffer state) {
        change(last -> last.keeping(state));
    }

    /** Saves since when there is no sink for this cursor, 0 when there is one. */
    void goneSince(long epochMillis) {
        change(last -> last.goneSince(epochMillis));
    }

    private void change(UnaryOperator<FileFormat.CursorEntry> change) {
        lock.lock();
        try {
            FileFormat.CursorEntry next = change.apply(entry);
            if (next.version() != entry.version()) {
                store.write(slot, next);
                entry = next;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the sink. */
    void remove() {
        store.remove(this);
    }
}
