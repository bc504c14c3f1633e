package io.asynclog.buffer;

import io.asynclog.InvalidOptionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Options of an {@link AsyncBuffer}. Immutable; checked as a whole when the buffer is created.
 *
 * @param segmentSize bytes of one segment, 4 KB to 512 MB, a multiple of 8
 * @param maxSize bytes of all segments together, at least two segments
 * @param maxRecordSize bytes of one record with its header, from 1 KB to one segment; longer records are cut
 * @param policy what becomes of a record for which there is no room
 * @param maxWait how long a call may wait for room, not negative
 * @param dropBelow the level below which {@link OverflowPolicy#DROP_BELOW} drops
 * @param directory where segments are files that survive the process; null when they are memory
 * @param maskedKeys words by which the keys of key-values and MDC are known whose values are left out of records,
 *     {@code ***} in their place: the keys that contain one of them, whatever the case and whatever stands between
 *     letters and digits
 */
public record BufferOptions(
        long segmentSize,
        long maxSize,
        long maxRecordSize,
        OverflowPolicy policy,
        Duration maxWait,
        Level dropBelow,
        @Nullable Path directory,
        Set<String> maskedKeys) {

    /**
     * The largest size of a buffer in mapped files, in bytes, if not set: an hour of 1,400 records of 200 bytes a
     * second.
     */
    public static final long DEFAULT_MAPPED_MAX_SIZE = 1L << 30;

    private static final long KILOBYTE = 1024;
    private static final long MIN_SEGMENT_SIZE = 4 * KILOBYTE;
    /** So that the records of a segment can be counted in 24 bits, however small they are. */
    private static final long MAX_SEGMENT_SIZE = 512 * KILOBYTE * KILOBYTE;

    private static final long MIN_RECORD_SIZE = KILOBYTE;
    /** A quarter of what Linux lets a process map (vm.max_map_count, 65,530 unless set otherwise). */
    private static final long MAX_MAPPED_SEGMENTS = 16 * 1024;

    private static final BufferOptions DEFAULTS = new BufferOptions(
            KILOBYTE * KILOBYTE,
            64 * KILOBYTE * KILOBYTE,
            64 * KILOBYTE,
            OverflowPolicy.BLOCK,
            Duration.ofSeconds(1),
            Level.WARN,
            null,
            Set.of());

    /** Creates options; a value that is impossible whatever the others are throws {@link InvalidOptionException}. */
    public BufferOptions {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(maxWait, "maxWait");
        Objects.requireNonNull(dropBelow, "dropBelow");
        maskedKeys = Set.copyOf(maskedKeys);
        MaskedKeys ignored = new MaskedKeys(maskedKeys); // which checks them
        if (segmentSize < MIN_SEGMENT_SIZE || segmentSize > MAX_SEGMENT_SIZE || segmentSize % 8 != 0) {
            throw new InvalidOptionException(
                    "buffer.segment-size",
                    segmentSize,
                    "A segment has 4KB to 512MB, in whole multiples of 8 bytes.",
                    "Leave it at its default of 1MB, or choose a size in that range.");
        }
        if (maxRecordSize < MIN_RECORD_SIZE) {
            throw new InvalidOptionException(
                    "max-record-size",
                    maxRecordSize,
                    "A record may not be bounded below 1KB.",
                    "Set it to 1KB or more.");
        }
        if (maxWait.isNegative()) {
            throw new InvalidOptionException(
                    "buffer.overflow.max-wait",
                    maxWait,
                    "A wait cannot be negative.",
                    "Set it to 0 to wait not at all, or to a positive duration.");
        }
    }

    /**
     * Returns the defaults for a buffer in memory: 64 MB in segments of 1 MB, records of up to 64 KB, waiting up to a
     * second when full.
     */
    public static BufferOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns the defaults for a buffer in memory-mapped files: those of {@link #defaults}, but a maximum size of
     * {@link #DEFAULT_MAPPED_MAX_SIZE}. Disks are larger than memories, and what is not needed is not taken.
     */
    public static BufferOptions mapped(Path directory) {
        return new BufferOptions(
                DEFAULTS.segmentSize,
                DEFAULT_MAPPED_MAX_SIZE,
                DEFAULTS.maxRecordSize,
                DEFAULTS.policy,
                DEFAULTS.maxWait,
                DEFAULTS.dropBelow,
                Objects.requireNonNull(directory, "directory"),
                DEFAULTS.maskedKeys);
    }

    /** Returns a copy with another segment size in bytes. */
    public BufferOptions withSegmentSize(long value) {
        return new BufferOptions(value, maxSize, maxRecordSize, policy, maxWait, dropBelow, directory, maskedKeys);
    }

    /** Returns a copy with another maximum size in bytes. */
    public BufferOptions withMaxSize(long value) {
        return new BufferOptions(segmentSize, value, maxRecordSize, policy, maxWait, dropBelow, directory, maskedKeys);
    }

    /** Returns a copy with another maximum record size in bytes. */
    public BufferOptions withMaxRecordSize(long value) {
        return new BufferOptions(segmentSize, maxSize, value, policy, maxWait, dropBelow, directory, maskedKeys);
    }

    /** Returns a copy with another overflow policy. */
    public BufferOptions withPolicy(OverflowPolicy value) {
        return new BufferOptions(segmentSize, maxSize, maxRecordSize, value, maxWait, dropBelow, directory, maskedKeys);
    }

    /** Returns a copy with another bound on waiting. */
    public BufferOptions withMaxWait(Duration value) {
        return new BufferOptions(segmentSize, maxSize, maxRecordSize, policy, value, dropBelow, directory, maskedKeys);
    }

    /** Returns a copy with another level for {@link OverflowPolicy#DROP_BELOW}. */
    public BufferOptions withDropBelow(Level value) {
        return new BufferOptions(segmentSize, maxSize, maxRecordSize, policy, maxWait, value, directory, maskedKeys);
    }

    /** Returns a copy with other words for keys whose values are left out; none are unless set. */
    public BufferOptions withMaskedKeys(Set<String> value) {
        return new BufferOptions(segmentSize, maxSize, maxRecordSize, policy, maxWait, dropBelow, directory, value);
    }

    /** Returns how many segments there may be. */
    int maxSegments() {
        return (int) Math.min(Integer.MAX_VALUE, maxSize / segmentSize);
    }

    /** Returns whether a record of the level may wait for room. */
    boolean waits(Level level) {
        return policy == OverflowPolicy.BLOCK
                || (policy == OverflowPolicy.DROP_BELOW && level.toInt() >= dropBelow.toInt());
    }

    /** Checks what depends on several options. */
    void check() {
        if (maxSize < 2 * segmentSize) {
            throw new InvalidOptionException(
                    "buffer.max-size",
                    maxSize,
                    "The buffer needs room for two segments of " + segmentSize + " bytes.",
                    "Raise it to at least " + 2 * segmentSize + " bytes, or lower 'buffer.segment-size'.");
        }
        if (directory != null && maxSize / segmentSize > MAX_MAPPED_SEGMENTS) {
            throw new InvalidOptionException(
                    "buffer.max-size",
                    maxSize,
                    "These are more than " + MAX_MAPPED_SEGMENTS + " segments of " + segmentSize
                            + " bytes; an operating system does not map that many files for one process.",
                    "Raise 'buffer.segment-size' to at least " + (maxSize / MAX_MAPPED_SEGMENTS + 8) / 8 * 8
                            + " bytes, or lower it.");
        }
        if (maxRecordSize > segmentSize) {
            throw new InvalidOptionException(
                    "max-record-size",
                    maxRecordSize,
                    "A record must fit into one segment of " + segmentSize + " bytes.",
                    "Lower it to that size, or raise 'buffer.segment-size'.");
        }
    }
}
