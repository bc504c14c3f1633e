package io.asynclog.buffer;

import io.asynclog.internal.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The mapped file of one segment. Its blocks exist before it is used, so that storing into it cannot fail for want of
 * space: that would not be an exception but a fault of the process.
 */
final class SegmentFile {
    static final String SUFFIX = ".dat";
    static final String UNFINISHED = ".tmp";

    private static final int PAGE = 4096;
    private static final byte[] ZEROS = new byte[64 * 1024];

    private final Path path;
    private final FileFormat.Identity identity;
    private final int size;
    private final MappedByteBuffer mapping;
    /**
     * The base with which the header is on the device, and the file in its directory. Used by the one thread that
     * forces.
     */
    private long rootedBase = FileFormat.FREE;

    private SegmentFile(Path path, FileFormat.Identity identity, int size, MappedByteBuffer mapping) {
        this.path = path;
        this.identity = identity;
        this.size = size;
        this.mapping = mapping;
        mapping.order(ByteOrder.nativeOrder());
    }

    /**
     * Creates a file of zeros. Zeros are written and then every page is touched once, so that whoever writes records
     * finds blocks that are allocated and pages that are mapped: storing into a sparse mapped file stalls its writer
     * for tens of milliseconds again and again while the file system looks for blocks.
     */
    static SegmentFile create(Path path, FileFormat.Identity identity, int size) throws IOException {
        Path unfinished = path.resolveSibling(path.getFileName() + UNFINISHED);
        try (FileChannel channel = PrivateFiles.open(unfinished)) {
            fill(channel, 0, FileFormat.segmentFileLength(size));
            SegmentFile file = new SegmentFile(path, identity, size, map(channel, size));
            file.touch();
            file.writeHeader(FileFormat.FREE, FileFormat.FREE);
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            return file;
        } catch (IOException | OutOfMemoryError | InternalError failure) { // the last is a fault of the mapping
            Files.deleteIfExists(unfinished);
            throw failure;
        }
    }

    /** Maps a file that an earlier process left; one that was cut is made whole with zeros. */
    static SegmentFile open(Path path, FileFormat.Identity identity, int size) throws IOException {
        try (FileChannel channel = PrivateFiles.open(path)) {
            fill(channel, channel.size(), FileFormat.segmentFileLength(size));
            return new SegmentFile(path, identity, size, map(channel, size));
        }
    }

    private static void fill(FileChannel channel, long from, long to) throws IOException {
        for (long at = from; at < to; ) {
            at += channel.write(ByteBuffer.wrap(ZEROS, 0, (int) Math.min(ZEROS.length, to - at)), at);
        }
    }

    private static MappedByteBuffer map(FileChannel channel, int size) throws IOException {
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, FileFormat.segmentFileLength(size));
    }

    private void touch() {
        for (int at = 0; at < mapping.capacity(); at += PAGE) {
            mapping.put(at, (byte) 0);
        }
    }

    Path path() {
        return path;
    }

    /** Returns the bytes in which records lie. */
    ByteBuffer data() {
        return mapping.slice(FileFormat.SEGMENT_HEADER, size);
    }

    long salt() {
        return identity.salt();
    }

    /** Says where the segment now lies in the log. Before its first record is written. */
    void writeHeader(long base, long firstSequence) {
        FileFormat.writeSegmentHeader(mapping, new FileFormat.SegmentHeader(identity, size, base, firstSequence));
    }

    /** Writes the header as it was found, into both of its places. */
    void restoreHeader(FileFormat.SegmentHeader header) {
        FileFormat.writeSegmentHeader(mapping, header);
    }

    /**
     * Forces the data between two offsets to the device, and the header with this base, without which it is not found.
     */
    void force(long base, int from, int to) throws IOException {
        force(base, from, to, MappedByteBuffer::force);
    }

    void force(long base, int from, int to, Device device) throws IOException {
        try {
            if (rootedBase != base) {
                device.force(mapping, 0, FileFormat.SEGMENT_HEADER);
                device.force(mapping, FileFormat.SEGMENT_HEADER + size, FileFormat.SEGMENT_FOOTER);
                forceDirectory(path.resolveSibling(""));
                rootedBase = base;
            }
            device.force(mapping, FileFormat.SEGMENT_HEADER + from, to - from);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    /** Makes new names in a directory last; not every system knows such a thing. */
    static void forceDirectory(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Deletes the file under a thread that may still read it: the mapping keeps its bytes until it is collected. */
    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    /**
     * Deletes the file when nobody will read it any more. It is cut first, for the mapping would keep its blocks until
     * the garbage collector comes by.
     */
    void discard() throws IOException {
        Path unfinished = path.resolveSibling(path.getFileName() + UNFINISHED);
        if (Files.exists(path)) { // else an attempt was interrupted behind this
            Files.move(
                    path, unfinished, StandardCopyOption.ATOMIC_MOVE); // a recovery would take an empty file for damage
        }
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        Files.delete(unfinished);
    }

    /** Forces bytes of a mapped file. Tests put another one in. */
    @FunctionalInterface
    interface Device {
        void force(MappedByteBuffer mapping, int from, int length);
    }
}
