package io.asynclog.internal;

/** What foreign code threw. Its methods may throw, too: the class of an exception is that of whoever wrote the sink. */
public final class Failures {
    private Failures() {}

    /**
     * Returns a failure's own description, or the name of its class when it has none, or fails to give it. Calls
     * foreign code: not to be called under a lock.
     */
    public static String describe(Throwable failure) {
        try {
            String description = failure.toString();
            return description == null ? failure.getClass().getName() : description;
        } catch (Throwable broken) {
            return failure.getClass().getName();
        }
    }
}
