package io.asynclog.buffer;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a buffer at one moment.
 *
 * @param depthBytes bytes from the oldest record that some sink has not passed to the newest
 * @param heldBytes bytes from the oldest record that a required sink has not passed to the newest; what best-effort
 *     sinks alone have not passed is given up when the room is needed
 * @param capacityBytes bytes that all segments may take together
 * @param highWaterBytes the largest {@code depthBytes} since the start
 * @param oldestAgeNanos how long ago the first record that some sink has not passed was logged, whether or not a sink
 *     has come to it; 0 when there is none
 * @param segmentsUsed segments that hold records
 * @param segmentsFree segments kept ready
 * @param segmentsMax segments there may be
 * @param accepted records taken since the start
 * @param dropped records refused because the buffer was full
 * @param waits log calls that had to wait for room, those that still do included
 * @param waitedNanos for how long they waited together, without those that still do
 * @param full whether a record without a reserve would be refused or have to wait
 * @param fullNanos for how long it has been full; 0 when it is not. That ends only when a quarter is found free, once a
 *     second, or when it was drained, so that a buffer which is filled as fast as it is drained is full all the time
 * @param recovery what an earlier process left, or null when segments are memory
 * @param absentSinks records kept for sinks of an earlier process that there are no longer, by name
 */
public record BufferStatus(
        long depthBytes,
        long heldBytes,
        long capacityBytes,
        long highWaterBytes,
        long oldestAgeNanos,
        int segmentsUsed,
        int segmentsFree,
        int segmentsMax,
        long accepted,
        long dropped,
        long waits,
        long waitedNanos,
        boolean full,
        long fullNanos,
        @Nullable RecoveryStatus recovery,
        Map<String, Long> absentSinks) {}
