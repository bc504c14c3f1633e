package io.asynclog.layout;

import java.util.Arrays;

/** What the lines of a stack trace begin with behind the first, as the JVM prints them. */
final class TraceLines {
    private static final byte[] CAUSED_BY = {'C', 'a', 'u', 's', 'e', 'd', ' ', 'b', 'y', ':', ' '};

    private TraceLines() {}

    /**
     * Returns whether a line is one of the trace, and not of the message of an exception: an element, one of what was
     * suppressed, or a cause.
     */
    static boolean isOne(byte[] bytes, int begin, int end) {
        int causedByEnd = Math.min(end, begin + CAUSED_BY.length);
        return (begin < end && bytes[begin] == '\t')
                || Arrays.equals(bytes, begin, causedByEnd, CAUSED_BY, 0, CAUSED_BY.length);
    }
}
