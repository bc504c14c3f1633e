package io.asynclog.buffer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks through a segment that an earlier process left, and tells intact records from the rest. What is between two
 * intact records, or behind the last, is a {@linkplain Gap gap}.
 *
 * <p>Where no intact record begins where one should, the next one is looked for at every place where one may begin. It
 * is recognised by its checksum, and by a sequence that lies ahead.
 */
final class SegmentScan {
    /** So many zeros are more likely a page that was lost than the place of calls that did not return. */
    private static final int LARGE = 4096;

    private static final long UNKNOWN = -1;

    private final ByteBuffer bytes;
    private final long base;
    private final long salt;
    private final int size;
    private final List<Gap> gaps = new ArrayList<>();
    private final long knownEnd;
    private long nextSequence;
    private int end;
    private boolean sealed;

    /**
     * A place of a segment in which no record can be read.
     *
     * @param from offset of its first byte
     * @param to offset behind its last byte
     * @param damaged whether something was there that is not what was written; else it is the place of calls that had
     *     not returned when the process ended, as far as can be told
     * @param missing how many sequences are missing there; 0 at the end of a log, where it is not known
     * @param firstMissing the first of them
     */
    record Gap(int from, int to, boolean damaged, long firstMissing, long missing) {}

    private SegmentScan(Segment segment, long knownEnd) {
        bytes = segment.bytes();
        base = segment.base();
        salt = segment.salt();
        size = segment.size();
        nextSequence = segment.firstSequence();
        this.knownEnd = knownEnd;
    }

    /**
     * Walks through a closed segment whose sequences end, before {@code endSequence}, where those of the next one
     * begin.
     */
    static SegmentScan upTo(long endSequence, Segment segment) {
        return walked(new SegmentScan(segment, endSequence));
    }

    /** Walks through a segment of which it is not known where it ends. */
    static SegmentScan openEnded(Segment segment) {
        return walked(new SegmentScan(segment, UNKNOWN));
    }

    private static SegmentScan walked(SegmentScan scan) {
        scan.walk();
        return scan;
    }

    private void walk() {
        while (end < size && !sealed) {
            int length = bytes.getInt(end);
            if (length > 0 && isRecord(end)) {
                nextSequence = RecordCodec.sequence(bytes, end) + 1;
                end += length;
            } else if (length < 0 && isPadding(end)) {
                sealed = RecordCodec.isEndPadding(bytes, end);
                end -= sealed ? 0 : length;
            } else {
                int next = findRecord(end + RecordCodec.ALIGNMENT);
                if (next == size) {
                    endWithGap();
                    return;
                }
                addGap(next, RecordCodec.sequence(bytes, next) - nextSequence, true);
                end = next;
            }
        }
        sealed = true;
    }

    private boolean isRecord(int at) {
        return RecordCodec.isIntact(bytes, at, seed(at)) && RecordCodec.sequence(bytes, at) >= nextSequence;
    }

    private boolean isPadding(int at) {
        if (RecordCodec.isIntactAborted(bytes, at, seed(at))) {
            nextSequence = Math.max(nextSequence, RecordCodec.sequence(bytes, at) + 1);
            return true;
        }
        return RecordCodec.isIntactGap(bytes, at, seed(at));
    }

    private int findRecord(int from) {
        for (int at = from; at < size; at += RecordCodec.ALIGNMENT) {
            if (bytes.getInt(at) > 0 && isRecord(at)) {
                return at;
            }
        }
        return size;
    }

    /** Behind the last record comes the padding of a closed segment, or what is left of a crash, or nothing at all. */
    private void endWithGap() {
        int padding = findEndPadding(end);
        sealed = padding < size;
        int to = sealed ? padding : usedUpTo(end, size);
        boolean closed = sealed || knownEnd != UNKNOWN;
        if (to > end || closed) {
            addGap(closed && !sealed ? size : to, Math.max(0, knownEnd - nextSequence), closed);
        }
    }

    private int findEndPadding(int from) {
        for (int at = from; at < size; at += RecordCodec.ALIGNMENT) {
            if (RecordCodec.isEndPadding(bytes, at)) {
                return at;
            }
        }
        return size;
    }

    private void addGap(int to, long missing, boolean zerosAreDamage) {
        boolean damaged = bytes.getInt(end) != 0 || (zerosAreDamage && longestZeroRun(end, to) >= LARGE);
        gaps.add(new Gap(end, to, damaged, nextSequence, missing));
    }

    /** Returns the offset behind the last byte of a range that is not 0, at a multiple of 8. */
    private int usedUpTo(int from, int to) {
        int at = to;
        while (at > from && bytes.getLong(at - Long.BYTES) == 0) {
            at -= Long.BYTES;
        }
        return at;
    }

    private int longestZeroRun(int from, int to) {
        int longest = 0;
        int run = 0;
        for (int at = from; at < to; at += Long.BYTES) {
            run = bytes.getLong(at) == 0 ? run + Long.BYTES : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private long seed(int offset) {
        return RecordCheck.seed(salt, base + offset);
    }

    List<Gap> gaps() {
        return gaps;
    }

    boolean isDamaged() {
        return gaps.stream().anyMatch(Gap::damaged);
    }

    /** Returns one beyond the sequence of the last intact record. */
    long nextSequence() {
        return nextSequence;
    }

    /** Returns the offset behind the last intact record. */
    int end() {
        return end;
    }

    /** Returns whether the segment is full up to its end, or was closed. */
    boolean isSealed() {
        return sealed;
    }
}
