package io.asynclog.tail;

import io.asynclog.LogRecord;
import io.asynclog.layout.SafeText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * A record as the tail keeps it: on the heap, escaped like every line, and with its texts cut to a bound. Immutable.
 *
 * @param sequence its number in the log
 * @param timestamp when it was logged
 * @param level its level
 * @param logger the name of its logger
 * @param thread the name of the thread that logged
 * @param message the message; control characters of arguments are escaped
 * @param marker its markers, or null
 * @param keyValues its key-value pairs
 * @param context the caller's MDC
 * @param exception its stack trace, or null
 * @param truncated whether something of it was cut, here or when it was logged
 */
public record TailRecord(
        long sequence,
        Instant timestamp,
        Level level,
        String logger,
        String thread,
        String message,
        @Nullable String marker,
        Map<String, String> keyValues,
        Map<String, String> context,
        @Nullable String exception,
        boolean truncated) {

    private static final int MAX_MESSAGE = 8 * 1024;
    private static final int MAX_TRACE = 32 * 1024;
    private static final int MAX_VALUE = 1024;
    private static final int MAX_PAIRS = 32;
    private static final String CUT = "…";
    /** What a record takes beside its texts, in characters; roughly. */
    private static final int OVERHEAD = 128;

    static TailRecord of(LogRecord record) {
        Cutter cutter = new Cutter();
        String exception = record.exception();
        String marker = record.marker();
        return new TailRecord(
                record.sequence(),
                record.timestamp(),
                record.level(),
                cutter.escaped(record.loggerName()),
                cutter.escaped(record.threadName()),
                cutter.cut(record.safeMessage(), MAX_MESSAGE),
                marker == null ? null : cutter.escaped(marker),
                cutter.escaped(record.keyValues()),
                cutter.escaped(record.context()),
                exception == null ? null : SafeText.escapeTrace(cutter.cut(exception, MAX_TRACE)),
                cutter.hasCut || record.truncated());
    }

    /** Returns how much memory this takes, in characters. */
    int weight() {
        return OVERHEAD
                + logger.length()
                + thread.length()
                + message.length()
                + length(marker)
                + length(keyValues)
                + length(context)
                + length(exception);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static int length(Map<String, String> pairs) {
        int length = 0;
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            length += pair.getKey().length() + pair.getValue().length();
        }
        return length;
    }

    /** Cuts the texts of one record and remembers whether it had to. */
    private static final class Cutter {
        private boolean hasCut;

        String cut(String text, int max) {
            if (text.length() <= max) {
                return text;
            }
            hasCut = true;
            boolean splitsPair = Character.isHighSurrogate(text.charAt(max - 1));
            return text.substring(0, splitsPair ? max - 1 : max) + CUT;
        }

        String escaped(String text) {
            return SafeText.escape(cut(text, MAX_VALUE));
        }

        Map<String, String> escaped(Map<String, String> pairs) {
            if (pairs.isEmpty()) {
                return Map.of();
            }
            Map<String, String> escaped = new LinkedHashMap<>();
            for (Map.Entry<String, String> pair : pairs.entrySet()) {
                if (escaped.size() == MAX_PAIRS) {
                    hasCut = true;
                    break;
                }
                escaped.put(escaped(pair.getKey()), escaped(pair.getValue()));
            }
            return escaped;
        }
    }
}
