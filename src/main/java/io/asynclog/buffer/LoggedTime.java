package io.asynclog.buffer;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Finds out when a record that may not have been read yet was logged. */
final class LoggedTime {
    /** Nothing is published there. */
    static final long UNKNOWN = 0;

    private LoggedTime() {}

    /**
     * Returns when the first record at or behind a position was logged, in nanoseconds since the epoch. Under the
     * buffer's lock: a segment in the chain is then not cleared meanwhile.
     *
     * @return {@link #UNKNOWN} when nothing is published there, or an earlier process left something that is no record
     */
    static long from(SegmentChain chain, long position) {
        @Nullable Segment segment = chain.find(position);
        long next = position;
        while (segment != null) {
            ByteBuffer bytes = segment.bytes();
            int size = segment.size();
            int at = (int) Math.max(0, next - segment.base());
            while (at < size) {
                int length = RecordCodec.publishedLength(bytes, at);
                if (length == 0 || Math.abs((long) length) > size - at || length % RecordCodec.ALIGNMENT != 0) {
                    return UNKNOWN;
                }
                if (length > 0) {
                    return length < RecordCodec.HEADER_LENGTH ? UNKNOWN : RecordCodec.epochNanos(bytes, at);
                }
                at -= length;
            }
            next = segment.end();
            segment = chain.find(next);
        }
        return UNKNOWN;
    }
}
