package io.asynclog.sink;

import io.asynclog.layout.ByteOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file to which whole batches are appended: what was written since {@link #begin} stays with {@link #commit} and is
 * taken back by {@link #rollBack}. Where that fails, too, because the disk, the channel or the process is gone, it is
 * made up for when the file is opened next.
 */
final class LogFile {
    /** How often a file is opened anew that was replaced meanwhile. */
    private static final int MAX_ATTEMPTS = 3;

    private final Path path;
    private final ChannelOpener opener;
    private @Nullable FileChannel channel;
    /** Identifies the file last opened, where the file system can tell; null where it cannot. */
    private @Nullable String key;
    /** Beyond this length lies what is not committed. */
    private long committed;

    private long length;
    /** Whether a batch is begun: nothing else is ever taken back, for what lies there may be somebody else's. */
    private boolean begun;
    /** Whether a roll back is still owed to the file that {@link #key} identifies. */
    private boolean torn;
    /** A file longer than this was continued by somebody else, and the roll back is no longer owed. */
    private long tornEnd;

    private boolean openedBefore;
    /** Kept until it is taken: who opens the file to roll back is not who asks. */
    private boolean newFile;

    private boolean endsWithinLine;
    private boolean regular;
    private long lastModifiedMillis;

    LogFile(Path path, ChannelOpener opener) {
        this.path = path;
        this.opener = opener;
    }

    boolean isOpen() {
        return channel != null;
    }

    /**
     * Takes over the debt of an earlier process, before the file is opened.
     *
     * @param tornKey identifies the file that it was writing
     * @param committedLength beyond it lies what it had not committed
     * @param end beyond it lies what it did not write
     */
    void oweRollBack(String tornKey, long committedLength, long end) {
        key = tornKey;
        committed = committedLength;
        tornEnd = end;
        torn = true;
    }

    /** Opens the file, created where need be, and takes back what an earlier roll back left behind. */
    void open() throws IOException {
        for (int attempts = 1; !open(attempts == MAX_ATTEMPTS); attempts++) {
            // A tool has put another file there at this very moment.
        }
    }

    /**
     * Tries to open the file.
     *
     * @param anyFile whether to take it, be it another one than that which the path led to just before
     * @return whether it is open
     */
    private boolean open(boolean anyFile) throws IOException {
        String keyBefore = keyBeforeOpening();
        FileChannel opened = opener.open(path);
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            String openedKey = keyOf(attributes);
            if (!anyFile && keyBefore != null && !keyBefore.equals(openedKey)) {
                opened.close(); // it may be the one or the other, and the wrong one's key would hide that it is lost
                return false;
            }
            long size = opened.size();
            if (torn && Objects.equals(key, openedKey) && size > committed && size <= tornEnd) {
                opened.truncate(committed);
                size = committed;
            }
            endsWithinLine = size > 0 && lastByte(size) != '\n';
            regular = attributes.isRegularFile();
            lastModifiedMillis = attributes.lastModifiedTime().toMillis(); // as it was ahead of the roll back
            newFile |= !openedBefore || key == null || !key.equals(openedKey);
            openedBefore = true;
            key = openedKey;
            length = size;
        } catch (IOException | RuntimeException failure) {
            opened.close();
            throw failure;
        }
        committed = length;
        torn = false;
        channel = opened;
        return true;
    }

    private @Nullable String keyBeforeOpening() {
        try {
            return currentKey();
        } catch (IOException unreadable) {
            return null; // to open it tells more
        }
    }

    /** Returns what identifies the file at the path, null where there is none or the file system cannot tell. */
    private @Nullable String currentKey() throws IOException {
        try {
            return keyOf(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    private static @Nullable String keyOf(BasicFileAttributes attributes) {
        Object fileKey = attributes.fileKey();
        return fileKey == null ? null : fileKey.toString();
    }

    private int lastByte(long size) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        try (FileChannel reader = FileChannel.open(path, StandardOpenOption.READ)) {
            reader.read(last, size - 1);
        }
        return last.get(0);
    }

    /** Returns, once, whether an {@link #open} was the first, or opened another file than the one before. */
    boolean takeNewFile() {
        boolean taken = newFile;
        newFile = false;
        return taken;
    }

    /** Returns when the file was last written before it was opened. */
    long lastModifiedMillis() {
        return lastModifiedMillis;
    }

    /** Returns what identifies the file last opened, null where the file system cannot tell. */
    @Nullable
    String key() {
        return key;
    }

    /** Returns whether it is a file that may be renamed, and no device or pipe, which others use as well. */
    boolean isRegular() {
        return regular;
    }

    /** Returns whether the file does not end with a line break: a line was cut off by a crash. */
    boolean endsWithinLine() {
        return endsWithinLine;
    }

    /** Returns the length, with what is not committed. */
    long length() {
        return length;
    }

    /** Returns the length without what is not committed. */
    long committed() {
        return committed;
    }

    /** Returns whether the path no longer leads to the open file: it was deleted or moved. */
    boolean isLost() throws IOException {
        String current = currentKey();
        return key == null ? !Files.exists(path) : !key.equals(current);
    }

    /** Begins a batch. Somebody else may have appended to the file or emptied it. */
    void begin() throws IOException {
        length = openChannel().size();
        committed = length;
        begun = true;
    }

    /** Appends all bytes, or throws with a part of them written. */
    void write(ByteOutput out) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(out.array(), 0, out.length());
        while (bytes.hasRemaining()) {
            length += openChannel().write(bytes);
        }
    }

    /** Forces what was written to the disk. */
    void force() throws IOException {
        openChannel().force(false);
    }

    /** Keeps what was written. */
    void commit() {
        committed = length;
        begun = false;
        endsWithinLine = false;
    }

    /**
     * Takes back what is not committed of the batch that is begun, if one is, and closes the file.
     *
     * @param cause is told what else fails
     * @return whether all is taken back; if not, it is owed
     */
    boolean rollBack(Throwable cause) {
        FileChannel failed = channel;
        if (failed == null) {
            return !torn;
        }
        if (begun) {
            begun = false;
            torn = true;
            tornEnd = Long.MAX_VALUE;
            truncate(failed, cause);
        }
        close(cause);
        if (torn) {
            reopenToRollBack(cause);
        }
        return !torn;
    }

    private void truncate(FileChannel failed, Throwable cause) {
        try {
            failed.truncate(committed);
            length = committed;
            torn = false;
        } catch (IOException failure) {
            cause.addSuppressed(failure);
        }
    }

    /** Helps when only the channel is broken, as it is after an interrupt. */
    private void reopenToRollBack(Throwable cause) {
        try {
            open();
            close();
        } catch (IOException failure) {
            cause.addSuppressed(failure);
        }
    }

    private void close(Throwable cause) {
        try {
            close();
        } catch (IOException failure) {
            cause.addSuppressed(failure);
        }
    }

    /** Closes the file; {@link #open} opens it again. */
    void close() throws IOException {
        FileChannel closing = channel;
        channel = null;
        if (closing != null) {
            closing.close();
        }
    }

    private FileChannel openChannel() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            throw new IOException("The file " + path + " is not open");
        }
        return open;
    }
}
