package io.asynclog.autoconfigure.actuate;

import io.asynclog.tail.TailPage;
import io.asynclog.tail.TailRecord;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The newest records, as the {@code asynclog} endpoint answers them.
 *
 * @param records those that match, the oldest of them first
 * @param instance the log that they are of, which to give as {@code instance} next time; null before the first record
 * @param next what to ask for as {@code after} next time
 * @param leftOut how many records up to {@code next} are not here for another reason than not to match
 */
public record AsyncLogTailReport(
        List<Line> records, @Nullable String instance, long next, long leftOut) implements OperationResponseBody {
    static AsyncLogTailReport of(TailPage page) {
        UUID instance = page.instance();
        return new AsyncLogTailReport(
                page.records().stream().map(Line::of).toList(),
                instance == null ? null : instance.toString(),
                page.next(),
                page.leftOut());
    }

    /**
     * A record. Control characters that came in with arguments are escaped, and long texts are cut.
     *
     * @param sequence its number in the log
     * @param time when it was logged, in ISO 8601
     * @param level its level
     * @param logger the name of its logger
     * @param thread the name of the thread that logged
     * @param message the message
     * @param marker its markers, or null
     * @param keyValues its key-value pairs, or null when there are none
     * @param context the caller's MDC, or null when that was empty
     * @param exception its stack trace, or null
     * @param truncated whether something of it was cut
     */
    public record Line(
            long sequence,
            String time,
            String level,
            String logger,
            String thread,
            String message,
            @Nullable String marker,
            @Nullable Map<String, String> keyValues,
            @Nullable Map<String, String> context,
            @Nullable String exception,
            boolean truncated) {
        static Line of(TailRecord record) {
            return new Line(
                    record.sequence(),
                    record.timestamp().toString(),
                    record.level().name(),
                    record.logger(),
                    record.thread(),
                    record.message(),
                    record.marker(),
                    record.keyValues().isEmpty() ? null : record.keyValues(),
                    record.context().isEmpty() ? null : record.context(),
                    record.exception(),
                    record.truncated());
        }
    }
}
