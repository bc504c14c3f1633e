package io.asynclog.layout;

import io.asynclog.LogRecord;

/**
 * Finds type and message of an exception at the beginning of its trace, where the JVM prints what {@code toString()}
 * returns: by default the type, and behind a colon and a blank the message, of which the lines end where the first
 * element of the trace begins. For one thread at a time.
 */
final class TraceHead {
    private final ByteOutput trace = new ByteOutput();
    private int typeLength;
    private int messageOffset;
    private int messageLength;

    /** Turns to the exception of a record. */
    void read(LogRecord record) {
        trace.clear();
        trace.append(record, LogRecord.Text.EXCEPTION);
        int end = headEnd();
        int colon = indexOfColon(end);
        int typeEnd = colon < 0 ? end : colon;
        typeLength = isName(typeEnd) ? typeEnd : 0;
        messageOffset = typeLength == 0 ? 0 : Math.min(end, typeEnd + 2);
        messageLength = end - messageOffset;
    }

    /** Returns where the lines begin that say where it was thrown and what caused it. */
    private int headEnd() {
        byte[] bytes = trace.array();
        for (int i = 0; i < trace.length(); i++) {
            boolean isLast = i + 1 == trace.length();
            if (bytes[i] == '\n' && (isLast || TraceLines.isOne(bytes, i + 1, trace.length()))) {
                return i > 0 && bytes[i - 1] == '\r' ? i - 1 : i;
            }
        }
        return trace.length();
    }

    private int indexOfColon(int end) {
        for (int i = 0; i < end; i++) {
            boolean isDivider = i + 1 == end || trace.array()[i + 1] == ' '; // blanks at the very end are cut off
            if (trace.array()[i] == ':' && isDivider) {
                return i;
            }
        }
        return -1;
    }

    /** Returns whether the trace begins with what may be the name of a class in a package. */
    private boolean isName(int end) {
        boolean isInPackage = false;
        for (int i = 0; i < end; i++) {
            byte b = trace.array()[i];
            isInPackage |= b == '.';
            if (b >= 0 && b != '.' && !Character.isJavaIdentifierPart(b)) {
                return false;
            }
        }
        return isInPackage;
    }

    /** Returns the array that the trace lies in, from its beginning on. */
    byte[] bytes() {
        return trace.array();
    }

    /** Returns how many bytes the whole trace has. */
    int length() {
        return trace.length();
    }

    /** Returns how many bytes the type has, with which the trace begins; 0 when it is not known. */
    int typeLength() {
        return typeLength;
    }

    /** Returns where the message begins. */
    int messageOffset() {
        return messageOffset;
    }

    /** Returns how many bytes the message has; 0 when there is none. */
    int messageLength() {
        return messageLength;
    }
}
