package io.asynclog.layout;

import io.asynclog.LogRecord;

/** A piece of a line: a word of a pattern, the text between words, or fields of JSON. */
@FunctionalInterface
interface Part {
    void append(LogRecord record, ByteOutput out);

    /** Returns whether what is appended depends on nothing but the level and the names of logger and thread. */
    default boolean isOfOrigin() {
        return false;
    }
}
