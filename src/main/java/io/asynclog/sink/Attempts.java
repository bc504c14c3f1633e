package io.asynclog.sink;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Things to do of which each is tried, whatever became of the others. Used by one thread at a time. */
final class Attempts {
    private @Nullable IOException first;

    /** Does one of them, and keeps its failure. */
    void attempt(Action action) {
        try {
            action.run();
        } catch (IOException failure) {
            failed(failure);
        }
    }

    /** Keeps the failure of one of them. */
    void failed(IOException failure) {
        if (first == null) {
            first = failure;
        } else {
            first.addSuppressed(failure);
        }
    }

    /**
     * Ends them.
     *
     * @throws IOException the first failure, with the others suppressed, when there was one
     */
    void end() throws IOException {
        if (first != null) {
            throw first;
        }
    }

    /** One thing to do. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }
}
