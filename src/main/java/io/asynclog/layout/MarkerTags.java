package io.asynclog.layout;

import io.asynclog.LogRecord;

/**
 * Appends the markers of a record as an array of JSON: of {@code A [ B, C ], D}, which is how SLF4J prints a marker
 * with references, each name. A name that holds what stands between them there is more than one.
 */
final class MarkerTags {
    private static final byte[] TAGS = ByteOutput.padded(",\"tags\":[\"");
    private static final byte[] END = ByteOutput.padded("\"]");

    private MarkerTags() {}

    /** Appends a comma and the member {@code tags}, where the record has markers. */
    static void append(LogRecord record, ByteOutput out) {
        if (record.utf8Length(LogRecord.Text.MARKER) == 0) {
            return;
        }
        out.appendPadded(TAGS);
        int from = out.length();
        JsonText.append(record, LogRecord.Text.MARKER, out);
        for (int i = from; i + 1 < out.length(); i++) {
            if (out.hasAt(i, " ]")) {
                out.remove(i, 2);
                i--;
            } else if (out.hasAt(i, ", ")) {
                out.insertBlanks(i, 1);
                divide(i, out);
            } else if (out.hasAt(i, " [ ")) {
                divide(i, out);
            }
        }
        out.appendPadded(END);
    }

    /** Ends a name and begins the next in three bytes that are there. */
    private static void divide(int at, ByteOutput out) {
        out.array()[at] = '"';
        out.array()[at + 1] = ',';
        out.array()[at + 2] = '"';
    }
}
