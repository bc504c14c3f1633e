package io.asynclog.tail;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Which records of the tail are wanted. Immutable.
 *
 * @param after only records with a higher sequence; -1 for all. One that the log has not reached yet counts as -1: it
 *     is of an earlier process
 * @param instance the log that {@code after} is of, as the last page named it: of another log, so of an earlier
 *     process, it counts as -1. Null where that is not known
 * @param level only records of this level and above
 * @param logger only records whose logger's name contains this, whatever the case; empty for all
 * @param contains only records whose message, exception, keys or values contain this, whatever the case; empty for all
 * @param limit how many records at most, the newest of those that match: 1 to {@value #MAX_LIMIT}
 */
public record TailQuery(long after, @Nullable UUID instance, Level level, String logger, String contains, int limit) {
    /** The most records in one answer. */
    public static final int MAX_LIMIT = 1000;

    /** The number of records in an answer to {@link #all()}. */
    public static final int DEFAULT_LIMIT = 100;

    private static final TailQuery ALL = new TailQuery(-1, null, Level.TRACE, "", "", DEFAULT_LIMIT);

    /**
     * Creates a query.
     *
     * @throws IllegalArgumentException when a number is out of its range
     */
    public TailQuery {
        if (after < -1) {
            throw new IllegalArgumentException("'after' is a sequence, 0 or more, and not " + after);
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("'limit' is 1 to " + MAX_LIMIT + ", and not " + limit);
        }
        logger = logger.toLowerCase(Locale.ROOT);
        contains = contains.toLowerCase(Locale.ROOT);
    }

    /** Returns the query for the newest records. */
    public static TailQuery all() {
        return ALL;
    }

    /** Returns {@link #after} as it counts in a log, of which the newest record is given. */
    long afterIn(@Nullable UUID log, long newest) {
        boolean earlier = after > newest || (instance != null && !instance.equals(log));
        return earlier ? -1 : after;
    }

    boolean matches(TailRecord record) {
        return record.level().toInt() >= level.toInt() && matches(record.logger(), logger) && containsText(record);
    }

    private boolean containsText(TailRecord record) {
        return matches(record.message(), contains)
                || matches(record.exception(), contains)
                || record.keyValues().entrySet().stream()
                        .anyMatch(pair -> matches(pair.getKey(), contains) || matches(pair.getValue(), contains))
                || record.context().entrySet().stream()
                        .anyMatch(pair -> matches(pair.getKey(), contains) || matches(pair.getValue(), contains));
    }

    private static boolean matches(@Nullable String text, String part) {
        return part.isEmpty() || (text != null && text.toLowerCase(Locale.ROOT).contains(part));
    }
}
