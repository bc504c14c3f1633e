package io.asynclog.buffer;

/** Where the places of sinks are written to. */
interface CursorStore {
    /** Writes an entry into a slot: it survives the process when this returns. */
    void write(int slot, FileFormat.CursorEntry entry);

    /** Forgets a sink. */
    void remove(SavedCursor cursor);
}
