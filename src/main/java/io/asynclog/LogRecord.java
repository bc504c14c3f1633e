package io.asynclog;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * One log record. Records given to a {@link FlushFunction} are views of memory that the next batch uses again, valid
 * until its {@code flush} returns; using one later throws {@link IllegalStateException}. A {@link #copy()} stays valid
 * for good.
 *
 * <p>Records are immutable and may be read by several threads while they are valid, but for those of
 * {@link LogBatch#oneAtATime}, which become the next.
 */
public interface LogRecord {
    /**
     * Returns the identity of the log that the record belongs to: that of the directory with a buffer in mapped files,
     * which outlives the process, else that of the engine, a new one at each start. Together with {@link #sequence()}
     * it identifies the record for good, and stays the same when the record is delivered again.
     */
    UUID instance();

    /**
     * Returns the number of this record: unique in its log, growing in the order in which all sinks see the records.
     */
    long sequence();

    /** Returns the time of the log call. */
    Instant timestamp();

    /** Returns the time of the log call in nanoseconds since 1970-01-01T00:00:00Z. */
    long epochNanos();

    /** Returns the level. */
    Level level();

    /** Returns the name of the logger. */
    String loggerName();

    /** Returns the name of the thread that logged, or {@code virtual-<id>} for an unnamed virtual thread. */
    String threadName();

    /** Returns the message with its arguments filled in, exactly as the caller gave them. */
    String message();

    /**
     * Returns the message for outputs where a line is a record: control characters and line separators that came in
     * with <em>arguments</em> are escaped, so that a user's input cannot forge a line. The template's own line breaks
     * stay.
     */
    String safeMessage();

    /**
     * Returns the key-value pairs of the fluent API in the order given; of a repeated key the last value. Unmodifiable.
     */
    Map<String, String> keyValues();

    /** Returns the caller's MDC at the time of the log call. Unmodifiable. */
    Map<String, String> context();

    /** Returns the markers, joined by a comma and a space, or null when there are none. */
    @Nullable
    String marker();

    /** Returns the stack trace with its causes as the JVM prints it, or null when no exception was logged. */
    @Nullable
    String exception();

    /** Returns whether the record was longer than the maximum and was cut; the text says where. */
    boolean truncated();

    /** Returns a copy that stays valid after {@code flush} has returned. */
    LogRecord copy();

    /**
     * Returns the length of a text in UTF-8.
     *
     * @return bytes, 0 when the record has no such text
     */
    int utf8Length(Text text);

    /**
     * Copies a text in UTF-8, for outputs that write bytes and have no use for a {@link String}.
     *
     * @param target takes {@link #utf8Length} bytes
     * @param offset where in {@code target} the text begins
     * @return the number of bytes copied
     * @throws IndexOutOfBoundsException when {@code target} is too short
     */
    int copyUtf8(Text text, byte[] target, int offset);

    /** The texts of a record that can be copied as UTF-8. */
    enum Text {
        /** {@link LogRecord#loggerName()}. */
        LOGGER_NAME,
        /** {@link LogRecord#threadName()}. */
        THREAD_NAME,
        /** {@link LogRecord#message()}. */
        MESSAGE,
        /** {@link LogRecord#safeMessage()}. */
        SAFE_MESSAGE,
        /** {@link LogRecord#marker()}. */
        MARKER,
        /** {@link LogRecord#exception()}. */
        EXCEPTION
    }
}
