package io.asynclog.layout;

import io.asynclog.LogRecord;

/**
 * The form in which a sink writes a record. May keep caches and so be used by one thread at a time: one layout a sink.
 */
@FunctionalInterface
public interface Layout {
    /** Appends a record with its end of line. */
    void append(LogRecord record, ByteOutput out);
}
