package io.asynclog.benchmarks;

/**
 * The line that all contenders write. asynclog renders it from its parts, with date, level and thread. For the others
 * it is put together by the caller from text that is ready, the date too, and so costs less.
 */
final class JournalLine {
    static final String LOGGER = "com.example.orders.OrderService";
    static final String ACCOUNT = "DE89370400440532013000";

    /** Only lines with this mark count; those of the warm-up have another of the same length. */
    static final String MEASURED = "measured";

    static final String WARMING = "warming.";

    private static final String BEFORE_ID = " order of ";
    private static final String AFTER_ID = " charged to ";
    private static final String BEFORE_MEASURED_ID = " : " + MEASURED + BEFORE_ID;

    private JournalLine() {}

    static String of(String phase, String id) {
        return "2026-01-01 00:00:00.000 INFO  [] " + LOGGER + " : " + phase + BEFORE_ID + id + AFTER_ID + ACCOUNT;
    }

    /** Returns the id in a line that was measured, or else an empty string. */
    static String measuredId(String line) {
        int begin = line.indexOf(BEFORE_MEASURED_ID);
        int end = line.indexOf(AFTER_ID);
        return begin < 0 || end < 0 || !line.endsWith(ACCOUNT)
                ? ""
                : line.substring(begin + BEFORE_MEASURED_ID.length(), end);
    }
}
