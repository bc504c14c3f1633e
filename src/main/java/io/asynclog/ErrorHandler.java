package io.asynclog;

import org.jspecify.annotations.Nullable;

/**
 * Is told of the engine's own troubles: a sink that fails, is stuck or recovers, a record that a sink refused for good.
 * Must not log through asynclog, and may be called by several threads at once. Threads of the engine call it, those of
 * sinks among them: one that blocks, on a remote system without a timeout say, holds up the sink that it is told of.
 *
 * <p>A trouble that lasts is told when it begins and when it ends. A record that a sink refused or that could not be
 * logged is told each time, so there may be many of these.
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

    /**
     * Returns a handler that prints to standard error, a line each: it is found beside the other output of the service.
     * Control characters are escaped. Where standard error hangs, as a pipe does that nobody reads, whoever tells of a
     * trouble waits for a second once, and what comes until it goes on is not printed.
     */
    static ErrorHandler toStandardError() {
        return new StandardErrorHandler();
    }

    /**
     * Calls {@link #onError} and ignores what it throws: the handler is the last resort, there is nobody left to tell.
     */
    default void report(String message, @Nullable Throwable cause) {
        try {
            onError(message, cause);
        } catch (Throwable ignored) {
            // see above
        }
    }
}
