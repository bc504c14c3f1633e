package io.asynclog;

import java.util.Map;

/**
 * Sinks that somebody else makes, such as a Spring context, and that may be made only when the engine is initialized.
 */
@FunctionalInterface
public interface SinkSource {
    /**
     * Returns all sinks by name, and makes those that there are not yet. Called when the engine is initialized, not
     * before.
     *
     * @throws RuntimeException when one cannot be made: then the engine is not initialized
     */
    Map<String, FlushFunction> all();

    /**
     * Returns the sinks that there are, and makes none. Called when {@link #all} has failed. Where that was at the
     * shutdown of an engine that never ran, these sinks take what was logged until then. The others take nothing; what
     * is theirs is left for the next start where the buffer is in files, else lost.
     */
    default Map<String, FlushFunction> existing() {
        return Map.of();
    }
}
