package io.asynclog;

import org.jspecify.annotations.Nullable;

/** Prints the engine's troubles to standard error, a line each: whoever runs the service finds them beside its other output. */
final class StderrErrorHandler implements ErrorHandler {
    @Override
    public void onError(String message, @Nullable Throwable cause) {
        System.err.println("asynclog: " + message + (cause == null ? "" : ": " + cause));
    }
}
