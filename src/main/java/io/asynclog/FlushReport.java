package io.asynclog;

import java.util.Map;

/**
 * How far the sinks came with what was logged before a bounded flush began.
 *
 * @param complete whether every required sink has flushed all of it
 * @param sinks the outcome by sink, in the order of their registration; unmodifiable
 */
public record FlushReport(boolean complete, Map<String, Outcome> sinks) {
    /** How far a sink came. */
    public enum Outcome {
        /** It has passed all of it. */
        FLUSHED,
        /** The time was over before. */
        PENDING,
        /** It refused some of it, was told to skip some, or takes nothing at present. */
        FAILED
    }
}
