package io.asynclog.autoconfigure;

import io.asynclog.ErrorHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The application's handler, looked up when there is something to tell: it may need a logger, and so the engine that is
 * just being made. Until it can be had, and where there is none, standard error is told.
 */
final class LateErrorHandler implements ErrorHandler {
    private final ObjectProvider<ErrorHandler> beans;
    private final ErrorHandler standardError = ErrorHandler.toStandardError();
    private volatile @Nullable ErrorHandler found;

    LateErrorHandler(ObjectProvider<ErrorHandler> beans) {
        this.beans = beans;
    }

    @Override
    public void onError(String message, @Nullable Throwable cause) {
        ErrorHandler handler = handler();
        if (handler == null) {
            standardError.onError(message, cause);
            return;
        }
        try {
            handler.onError(message, cause);
        } catch (RuntimeException | Error broken) {
            // Closed by its context, say, which ends before the engine where a start has failed.
            standardError.onError(message, cause);
        }
    }

    private @Nullable ErrorHandler handler() {
        if (found == null) {
            try {
                found = beans.getIfAvailable();
            } catch (BeansException notYet) {
                return null; // it is in the making; what else is wrong with it stops the start
            }
        }
        return found;
    }
}
