package io.asynclog.buffer;

import io.asynclog.ErrorHandler;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A failure that may last and come often, perhaps under a lock. It is reported once when it begins and once when it
 * ends, by the housekeeping, which holds no lock.
 */
final class Trouble {
    private final Supplier<@Nullable Throwable> cause;
    private final String what;
    private final ErrorHandler errors;
    private boolean told;

    /**
     * Creates a trouble that is not there yet.
     *
     * @param cause returns the latest failure, null when there is none or it is over
     */
    Trouble(Supplier<@Nullable Throwable> cause, String what, ErrorHandler errors) {
        this.cause = cause;
        this.what = what;
        this.errors = errors;
    }

    /** Looks whether there is something to tell. To be called by the housekeeping. */
    void reportChange() {
        Throwable failure = cause.get();
        if (failure != null && !told) {
            errors.report(what, failure);
        } else if (failure == null && told) {
            errors.report("No longer: " + what, null);
        }
        told = failure != null;
    }
}
