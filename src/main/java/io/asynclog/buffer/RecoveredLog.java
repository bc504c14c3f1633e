package io.asynclog.buffer;

import java.util.List;

/**
 * What an earlier process left in a log.
 *
 * @param segments those with records, in the order of their positions, all closed but perhaps the last
 * @param free cleared segments that can be used
 * @param tailOffset where the log goes on in the last of them, or -1 when that is closed
 * @param endPosition where the log goes on
 * @param endSequence the sequence of the next record
 */
record RecoveredLog(List<Segment> segments, List<Segment> free, int tailOffset, long endPosition, long endSequence) {
    static RecoveredLog empty(long position, long sequence) {
        return new RecoveredLog(List.of(), List.of(), -1, position, sequence);
    }
}
