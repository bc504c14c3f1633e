package io.asynclog.sink;

import io.asynclog.ErrorHandler;

/** A failure that may last and come often. It is told when it begins and when it ends. Used by one thread at a time. */
final class Trouble {
    private final String what;
    private final ErrorHandler errors;
    private boolean told;

    /** Creates a trouble that is not there yet. */
    Trouble(String what, ErrorHandler errors) {
        this.what = what;
        this.errors = errors;
    }

    /** Notes that it failed, for the first time or again. */
    void isThere(Throwable failure) {
        if (!told) {
            told = true;
            errors.report(what, failure);
        }
    }

    /** Notes that it went well. */
    void isOver() {
        if (told) {
            told = false;
            errors.report("No longer: " + what, null);
        }
    }
}
