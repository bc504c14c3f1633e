package io.asynclog.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A segment's file as an earlier process left it, by its header.
 *
 * @param header the newer of the two copies that are intact, or null when none is
 * @param length bytes of the file
 * @param otherVersion the version of a file that is of another version than this, else 0
 */
record FoundSegment(Path path, FileFormat.@Nullable SegmentHeader header, long length, int otherVersion) {
    static FoundSegment read(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long length = channel.size();
            FileFormat.SegmentHeader first = readHeader(channel, 0);
            long footer = first == null
                    ? length - FileFormat.SEGMENT_FOOTER
                    : FileFormat.segmentFileLength(first.size()) - FileFormat.SEGMENT_FOOTER;
            FileFormat.SegmentHeader second = readHeader(channel, footer);
            FileFormat.SegmentHeader header = newer(first, second);
            int otherVersion = header == null ? FileFormat.otherVersion(readCopy(channel, 0)) : 0;
            return new FoundSegment(path, header, length, otherVersion);
        }
    }

    private static FileFormat.@Nullable SegmentHeader readHeader(FileChannel channel, long at) throws IOException {
        return FileFormat.readSegmentHeader(readCopy(channel, at));
    }

    /** Returns the bytes of a header; zeros where the file ends before. */
    private static ByteBuffer readCopy(FileChannel channel, long at) throws IOException {
        ByteBuffer copy = ByteBuffer.allocate(FileFormat.SEGMENT_FOOTER).order(ByteOrder.nativeOrder());
        while (at >= 0 && copy.hasRemaining()) {
            if (channel.read(copy, at + copy.position()) < 0) {
                break;
            }
        }
        return copy;
    }

    /** Positions only grow, so the higher one was written last. */
    private static FileFormat.@Nullable SegmentHeader newer(
            FileFormat.@Nullable SegmentHeader first, FileFormat.@Nullable SegmentHeader second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return first.base() >= second.base() ? first : second;
    }

    /** Returns whether a part of the file is missing. */
    boolean isCut() {
        return header != null && length < FileFormat.segmentFileLength(header.size());
    }
}
