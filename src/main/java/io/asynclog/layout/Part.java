package io.asynclog.layout;

import io.asynclog.LogRecord;

/** A piece of a line, made from a word of a pattern or the text between words. */
@FunctionalInterface
interface Part {
    void append(LogRecord record, ByteOutput out);

    /** Returns whether what is appended depends on nothing but the level and the names of logger and thread. */
    default boolean isOfOrigin() {
        return false;
    }
}
