package io.asynclog.buffer;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a buffer at one moment.
 *
 * @param depthBytes bytes from the oldest record that some sink has not passed to the newest
 * @param capacityBytes bytes that all segments may take together
 * @param highWaterBytes the largest {@code depthBytes} since the start
 * @param segmentsUsed segments that hold records
 * @param segmentsFree segments kept ready
 * @param segmentsMax segments there may be
 * @param accepted records taken since the start
 * @param dropped records refused because the buffer was full
 * @param full whether a record without a reserve would be refused or have to wait
 * @param recovery what an earlier process left, or null when segments are memory
 * @param absentSinks records kept for sinks of an earlier process that there are no longer, by name
 */
public record BufferStatus(
        long depthBytes,
        long capacityBytes,
        long highWaterBytes,
        int segmentsUsed,
        int segmentsFree,
        int segmentsMax,
        long accepted,
        long dropped,
        boolean full,
        @Nullable RecoveryStatus recovery,
        Map<String, Long> absentSinks) {}
