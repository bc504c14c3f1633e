package io.asynclog;

import io.asynclog.internal.Failures;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A record was not confirmed by every required sink. Names each sink that failed and what it threw.
 *
 * <p>As with every acknowledgement that fails, this does not prove that the record is not out: a sink may have written
 * it before it threw, and a record that waits for a sink to come back is still delivered when it does.
 */
public final class LogFlushException extends AsyncLogException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // the map is a LinkedHashMap of Strings and Throwables, wrapped unmodifiable
    private final Map<String, Throwable> failures;

    /**
     * Creates an exception.
     *
     * @param failures what each failed sink threw, by sink name; not empty
     */
    public LogFlushException(Map<String, Throwable> failures) {
        super(
                "Not flushed by " + describe(failures),
                failures.values().iterator().next());
        this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    /** Returns what each failed sink threw, by sink name; unmodifiable, never empty. */
    public Map<String, Throwable> failures() {
        return failures;
    }

    private static String describe(Map<String, Throwable> failures) {
        StringBuilder text = new StringBuilder();
        failures.forEach((sink, failure) -> text.append(text.length() == 0 ? "" : ", ")
                .append("sink '")
                .append(sink)
                .append("': ")
                .append(Failures.describe(failure)));
        return text.toString();
    }
}
