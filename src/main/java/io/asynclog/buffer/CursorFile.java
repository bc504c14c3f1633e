package io.asynclog.buffer;

import io.asynclog.InvalidSinkException;
import io.asynclog.internal.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The file that keeps the place of every sink, mapped, so that what is stored here survives the process at once. Safe
 * for any number of threads: every access is under its lock, which is taken a few times per batch and never by a log
 * call.
 */
final class CursorFile implements CursorStore {
    static final String FILE_NAME = "cursors.dat";

    private final ReentrantLock lock = new ReentrantLock();
    private final Path path;
    private final MappedByteBuffer bytes;
    private final List<SavedCursor> cursors = new ArrayList<>();
    private boolean damaged;
    private boolean changed;
    private boolean closed;

    private CursorFile(Path path, MappedByteBuffer bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    /** Maps the file of a directory, made of zeros where there is none; one that was cut is made whole with zeros. */
    static CursorFile open(Path directory) throws IOException {
        Path path = directory.resolve(FILE_NAME);
        try (FileChannel channel = PrivateFiles.open(path)) {
            long missing = FileFormat.cursorFileLength() - channel.size();
            ByteBuffer zeros = ByteBuffer.allocate((int) Math.max(0, missing));
            while (zeros.hasRemaining()) {
                channel.write(zeros, channel.size());
            }
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, FileFormat.cursorFileLength());
            bytes.order(ByteOrder.nativeOrder());
            CursorFile file = new CursorFile(path, bytes);
            // Cut, but not while it was made: that leaves zeros, and nothing else in the directory.
            file.damaged = missing > 0 && file.identity() != null;
            file.readSlots();
            file.damaged |= file.identity() == null && !file.cursors.isEmpty();
            return file;
        }
    }

    private void readSlots() {
        for (int slot = 0; slot < FileFormat.CURSOR_SLOTS; slot++) {
            FileFormat.CursorEntry entry = FileFormat.readCursorEntry(bytes, slot);
            if (entry != null) {
                cursors.add(new SavedCursor(this, slot, entry));
            } else if (!FileFormat.isUnusedSlot(bytes, slot)) {
                damaged = true;
            }
        }
    }

    Path path() {
        return path;
    }

    /** Returns the identity of the log, or null when the file is new or its header is damaged. */
    FileFormat.@Nullable Identity identity() {
        return FileFormat.readCursorHeader(bytes);
    }

    /** Returns the version of the file if it is of another version than this, else 0. */
    int otherVersion() {
        return FileFormat.otherCursorVersion(bytes);
    }

    /** Returns whether something in the file cannot be read, so that a sink may have lost its place. */
    boolean isDamaged() {
        return damaged;
    }

    /** Gives the file to a log, and clears the slots that cannot be read. */
    void begin(FileFormat.Identity identity) {
        writeHeader(identity);
        for (int slot = 0; slot < FileFormat.CURSOR_SLOTS; slot++) {
            if (FileFormat.readCursorEntry(bytes, slot) == null) {
                FileFormat.clearSlot(bytes, slot);
            }
        }
    }

    /** Returns the cursors that are saved. */
    List<SavedCursor> cursors() {
        lock.lock();
        try {
            return List.copyOf(cursors);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the cursor that is saved for a sink, or null when the sink is new. */
    @Nullable
    SavedCursor find(String name) {
        for (SavedCursor cursor : cursors()) {
            if (cursor.name().equals(name)) {
                return cursor;
            }
        }
        return null;
    }

    /**
     * Saves a cursor for a new sink.
     *
     * @throws InvalidSinkException when there is no slot left for it, or its name is too long
     */
    SavedCursor add(String name, long position, long sequence) {
        if (name.getBytes(StandardCharsets.UTF_8).length > FileFormat.MAX_NAME) {
            throw new InvalidSinkException(name, "Its name has more than 512 bytes.", "Give it a shorter name.", null);
        }
        lock.lock();
        try {
            int slot = freeSlot(name);
            FileFormat.CursorEntry entry = new FileFormat.CursorEntry(1, position, sequence, sequence, 0, name, null);
            write(slot, entry);
            SavedCursor cursor = new SavedCursor(this, slot, entry);
            cursors.add(cursor);
            noteUsedSlots(); // behind the entry, so that a slot said to be used and without one has lost it
            return cursor;
        } finally {
            lock.unlock();
        }
    }

    private int freeSlot(String name) {
        for (int slot = 0; slot < FileFormat.CURSOR_SLOTS; slot++) {
            int candidate = slot;
            if (cursors.stream().noneMatch(cursor -> cursor.slot() == candidate)) {
                return slot;
            }
        }
        throw new InvalidSinkException(
                name,
                "A buffer in mapped files keeps the places of " + FileFormat.CURSOR_SLOTS
                        + " sinks, those of sinks that are gone included.",
                "Have one sink hand records on to several outputs.",
                null);
    }

    /** Notes which slots have an entry. */
    private void noteUsedSlots() {
        FileFormat.Identity identity = identity();
        if (identity != null && !closed) {
            writeHeader(identity);
        }
    }

    private void writeHeader(FileFormat.Identity identity) {
        long usedSlots = 0;
        for (SavedCursor cursor : cursors) {
            usedSlots |= 1L << cursor.slot();
        }
        FileFormat.writeCursorHeader(bytes, identity, usedSlots);
    }

    /** Forgets all sinks, and all else that is of another log. */
    void forgetAll() {
        cursors().forEach(this::remove);
        FileFormat.clearPoints(bytes);
    }

    @Override
    public void remove(SavedCursor cursor) {
        lock.lock();
        try {
            if (cursors.remove(cursor) && !closed) {
                noteUsedSlots();
                FileFormat.clearSlot(bytes, cursor.slot());
                changed = true;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(int slot, FileFormat.CursorEntry entry) {
        lock.lock();
        try {
            if (!closed) { // the next owner of the directory may be at work
                FileFormat.writeCursorEntry(bytes, slot, entry);
                changed = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forces what was changed since the last call to the device. */
    void force() {
        lock.lock();
        try {
            if (!changed || closed) {
                return;
            }
            changed = false;
        } finally {
            lock.unlock();
        }
        boolean forced = false;
        try {
            bytes.force();
            forced = true;
        } finally {
            if (!forced) {
                noteChanged(); // or the next call would find nothing to do, and look like a success
            }
        }
    }

    private void noteChanged() {
        lock.lock();
        try {
            changed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Returns where the log ended when it was last closed in order, or null when it was not. */
    FileFormat.@Nullable Point cleanEnd() {
        return FileFormat.readCleanEnd(bytes);
    }

    /**
     * Returns from where on sinks may not have their places yet, {@link FileFormat#SETTLED} when all have, or null when
     * that is not known.
     */
    FileFormat.@Nullable Point unsettled() {
        return FileFormat.readUnsettled(bytes);
    }

    /** Notes from where on sinks may not have their places yet, or that they are {@link FileFormat#SETTLED}. */
    void noteUnsettled(FileFormat.Point from) {
        lock.lock();
        try {
            if (!closed) {
                FileFormat.writeUnsettled(bytes, from);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns where the newest segment ends, with its first sequence, or null when that is not known. */
    FileFormat.@Nullable Point newestSegment() {
        return FileFormat.readNewestSegment(bytes);
    }

    /** Notes where the newest segment ends. */
    void noteNewestSegment(long end, long firstSequence) {
        lock.lock();
        try {
            if (!closed) {
                FileFormat.writeNewestSegment(bytes, new FileFormat.Point(end, firstSequence));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns from where on no call was under way when the last process ended; null when it did not end in order. */
    FileFormat.@Nullable Point closedInOrderFrom() {
        return cleanEnd() == null ? null : FileFormat.readBegun(bytes);
    }

    /** Forgets that the log was closed in order, and notes where this process goes on. */
    void markOpen(long position, long sequence) {
        FileFormat.writeCleanEnd(bytes, null);
        FileFormat.writeBegun(bytes, new FileFormat.Point(position, sequence));
    }

    /** Ends all writing, after a note that the log was closed in order. */
    void close(FileFormat.Point end) {
        lock.lock();
        try {
            if (!closed) {
                FileFormat.writeCleanEnd(bytes, end);
                closed = true;
            }
        } finally {
            lock.unlock();
        }
        bytes.force();
    }
}
