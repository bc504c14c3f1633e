package io.asynclog;

import org.jspecify.annotations.Nullable;

/**
 * Hears of the engine's own troubles: a sink that fails, is stuck or recovers, a record that no sink would take. Must not
 * log through asynclog. Called by several threads, one call a change of state, not one a record.
 */
@FunctionalInterface
public interface ErrorHandler {
    /**
     * Takes note of a trouble. What it throws is ignored.
     *
     * @param message what happened, in one line
     * @param cause what was thrown, if anything was
     */
    void onError(String message, @Nullable Throwable cause);

    /** Calls {@link #onError} and ignores what it throws: the handler is the last resort, there is nobody left to tell. */
    default void report(String message, @Nullable Throwable cause) {
        try {
            onError(message, cause);
        } catch (Throwable ignored) {
            // see above
        }
    }
}
