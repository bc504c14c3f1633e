package io.asynclog.autoconfigure;

import io.asynclog.Ack;
import io.asynclog.buffer.OverflowPolicy;
import io.asynclog.consumer.Delivery;
import io.asynclog.sink.FileOptions;
import io.asynclog.sink.LineFormat;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of the engine. What is null was not set and is left to the engine's own default.
 *
 * @param enabled Whether loggers write to the engine. If not, they hand their records on to the application's logging
 *     system, and no sink is called.
 * @param buffer the buffer
 * @param ack How far a record has to come for the futures of calls that do not say so. "stored" needs a buffer in
 *     files.
 * @param maxRecordSize Largest size of one record with its header. Longer records are cut, with a mark.
 * @param maskedKeys Words by which keys are known whose values are left out: those of key-values and MDC whose key
 *     contains one of them, such as "password".
 * @param console the console sink
 * @param file the file sink
 * @param sinks Options of sinks by name: "console", "file", or the name of a FlushFunction bean.
 * @param deadLetter the dead-letter file
 * @param tail the newest records
 * @param logback what is logged with Logback's loggers
 * @param shutdownTimeout How long all sinks together may take to flush what is left when the application stops.
 */
@ConfigurationProperties(prefix = AsyncLogProperties.PREFIX, ignoreUnknownFields = false)
public record AsyncLogProperties(
        @DefaultValue("true") Boolean enabled, // no primitive: an empty variable is null
        @DefaultValue Buffer buffer,
        @Nullable Ack ack,
        @Nullable DataSize maxRecordSize,
        @DefaultValue Set<String> maskedKeys,
        @DefaultValue Console console,
        @DefaultValue File file,
        @DefaultValue Map<String, Sink> sinks,
        @DefaultValue DeadLetter deadLetter,
        @DefaultValue Tail tail,
        @DefaultValue Logback logback,
        @Nullable Duration shutdownTimeout) {

    static final String PREFIX = "asynclog";

    /**
     * The buffer.
     *
     * @param storage Whether segments are memory or memory-mapped files. If not set, they are files where there is a
     *     directory.
     * @param directory Directory for the files of the buffer. What is in them survives the end of the process. Made
     *     where there is none; each running instance needs its own.
     * @param segmentSize Size of one segment. The buffer starts with one segment and grows by one.
     * @param maxSize Largest size of all segments together. At least two segments.
     * @param overflow what becomes of a record for which there is no room
     */
    public record Buffer(
            @Nullable Storage storage,
            @Nullable String directory,
            @Nullable DataSize segmentSize,
            @Nullable DataSize maxSize,
            @DefaultValue Overflow overflow) {}

    /** Where the segments of a buffer are. */
    public enum Storage {
        /** In direct memory, which ends with the process. */
        MEMORY,
        /** In memory-mapped files, which survive it. */
        MAPPED
    }

    /**
     * What becomes of a record for which there is no room.
     *
     * @param policy What becomes of a record for which the buffer has no room.
     * @param maxWait How long a log call may wait for room before its record is dropped.
     * @param dropBelow Level below which the policy "drop-below" drops records. The others wait.
     */
    public record Overflow(
            @Nullable OverflowPolicy policy,
            @Nullable Duration maxWait,
            @Nullable Level dropBelow) {}

    /**
     * The console sink.
     *
     * @param enabled Whether records are written to standard output.
     * @param format Form of a record: a line by the pattern, or a line of JSON in one of several schemas.
     * @param pattern Pattern of a line. If not set, lines look like those of Spring Boot.
     */
    public record Console(
            @DefaultValue("true") Boolean enabled,
            @Nullable LineFormat format,
            @Nullable String pattern) {}

    /**
     * The file sink.
     *
     * @param path File to write records to. Setting it switches the file sink on. Missing folders are created.
     * @param format Form of a record: a line by the pattern, or a line of JSON in one of several schemas.
     * @param pattern Pattern of a line. If not set, lines look like those of Spring Boot.
     * @param maxFileSize Size from which on a new file is begun.
     * @param maxHistory Number of days that old files are kept, besides those of the current day. 0 keeps them for
     *     ever.
     * @param totalSizeCap Largest size of all old files together. 0 means no limit.
     * @param sync When written records are forced to the disk.
     */
    public record File(
            @Nullable String path,
            @Nullable LineFormat format,
            @Nullable String pattern,
            @Nullable DataSize maxFileSize,
            @Nullable Integer maxHistory,
            @Nullable DataSize totalSizeCap,
            FileOptions.@Nullable Sync sync) {}

    /**
     * Options of one sink.
     *
     * @param level Level below which records do not go to this sink.
     * @param delivery What is done for a sink that lags. The buffer and futures wait for a required one.
     * @param flushTimeout How long a flush may take before the sink is reported as stuck.
     * @param batchSize Largest number of records in one flush.
     * @param retry how a flush that failed is tried again
     */
    public record Sink(
            @Nullable Level level,
            @Nullable Delivery delivery,
            @Nullable Duration flushTimeout,
            @Nullable Integer batchSize,
            @DefaultValue Retry retry) {
        /** Returns these options, and others where these are not set. */
        Sink or(Sink others) {
            return new Sink(
                    first(level, others.level),
                    first(delivery, others.delivery),
                    first(flushTimeout, others.flushTimeout),
                    first(batchSize, others.batchSize),
                    new Retry(
                            first(retry.maxAttempts, others.retry.maxAttempts),
                            first(retry.initialDelay, others.retry.initialDelay),
                            first(retry.maxDelay, others.retry.maxDelay)));
        }

        private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
            return one == null ? other : one;
        }
    }

    /**
     * How a flush that failed is tried again.
     *
     * @param maxAttempts Number of attempts before a batch is taken apart and futures are told.
     * @param initialDelay Delay before the second attempt, 0 for at once. It doubles from attempt to attempt.
     * @param maxDelay Longest delay between two attempts, 1 ms at least.
     */
    public record Retry(
            @Nullable Integer maxAttempts,
            @Nullable Duration initialDelay,
            @Nullable Duration maxDelay) {}

    /**
     * The dead-letter file.
     *
     * @param path File to append records to that a sink refused for good, as JSON lines. If not set, they are only
     *     counted.
     */
    public record DeadLetter(@Nullable String path) {}

    /**
     * The newest records, kept in memory for whoever looks at them.
     *
     * @param enabled Whether the newest records are kept in memory and shown, with their messages, at the endpoint and
     *     on the live page.
     */
    public record Tail(@DefaultValue("false") Boolean enabled) {}

    /**
     * What is logged with Logback's loggers.
     *
     * @param enabled Whether what is logged with Logback's loggers, those of LoggerFactory and of libraries, goes to
     *     asynclog's sinks. The console sink then takes the place of Logback's console appenders.
     */
    public record Logback(@DefaultValue("false") Boolean enabled) {}
}
