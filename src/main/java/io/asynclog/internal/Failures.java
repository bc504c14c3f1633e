package io.asynclog.internal;

/** What foreign code threw. Its methods may throw, too: the class of an exception is that of whoever wrote the sink. */
public final class Failures {
    /** In characters. Some clients put the whole answer of a server into their exception. */
    private static final int MAX_LENGTH = 4096;

    private static final String CUT_MARK = "...[cut]";

    private Failures() {}

    /**
     * Returns a failure's own description, or the name of its class when it has none, or fails to give it. Calls
     * foreign code: not to be called under a lock. What is too long is cut, with a mark.
     */
    public static String describe(Throwable failure) {
        try {
            String description = failure.toString();
            return description == null ? failure.getClass().getName() : cut(description);
        } catch (Throwable broken) {
            return failure.getClass().getName();
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - CUT_MARK.length()) + CUT_MARK;
    }
}
