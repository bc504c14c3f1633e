package io.asynclog.benchmarks;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.slf4j.helpers.MessageFormatter;

/**
 * The line as the two older flows put it together in the caller: ordinary code, except that it keeps the date for a
 * millisecond.
 */
final class FlowLine {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    private static volatile Date date = new Date(0, "");

    private FlowLine() {}

    /** Returns a line without its line break. */
    static String format(Object... arguments) {
        return date() + " INFO  [" + Thread.currentThread().getName() + "] " + OrderLine.LOGGER + " : "
                + MessageFormatter.basicArrayFormat(OrderLine.MESSAGE, arguments);
    }

    private static String date() {
        long now = System.currentTimeMillis();
        Date latest = date;
        if (latest.millis != now) {
            latest = new Date(
                    now, DATE.format(LocalDateTime.ofInstant(Instant.ofEpochMilli(now), ZoneId.systemDefault())));
            date = latest;
        }
        return latest.text;
    }

    private record Date(long millis, String text) {}
}
