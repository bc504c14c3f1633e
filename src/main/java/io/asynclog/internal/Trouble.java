package io.asynclog.internal;

import io.asynclog.ErrorHandler;
import org.jspecify.annotations.Nullable;

/** A failure that may last and come often. It is told when it begins and when it ends. Used by one thread at a time. */
public final class Trouble {
    private final String what;
    private final ErrorHandler errors;
    private boolean told;

    /** Creates a trouble that is not there yet. */
    public Trouble(String what, ErrorHandler errors) {
        this.what = what;
        this.errors = errors;
    }

    /** Notes that it failed, for the first time or again. */
    public void isThere(Throwable failure) {
        if (!told) {
            told = true;
            errors.report(what, failure);
        }
    }

    /** Notes that it went well. */
    public void isOver() {
        if (told) {
            told = false;
            errors.report("No longer: " + what, null);
        }
    }

    /** Notes how it stands, where that comes to pass under a lock and is told without. */
    public void update(@Nullable Throwable latestFailure) {
        if (latestFailure == null) {
            isOver();
        } else {
            isThere(latestFailure);
        }
    }
}
