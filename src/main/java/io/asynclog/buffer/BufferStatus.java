package io.asynclog.buffer;

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
        boolean full) {}
