package io.asynclog;

import io.asynclog.buffer.BufferStatus;
import io.asynclog.consumer.SinkStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of an engine at one moment.
 *
 * @param state where it stands in its life
 * @param buffer the buffer's figures
 * @param depth records that some sink has still to pass
 * @param tooLate records that were logged after shutdown, or still waited for room in the buffer then
 * @param sinks the sinks' figures, in the order of their registration
 */
public record AsyncLogStatus(State state, BufferStatus buffer, long depth, long tooLate, List<SinkStatus> sinks) {
    /** Returns the figures of a sink, or null when there is none of this name. */
    public @Nullable SinkStatus sink(String name) {
        return sinks.stream()
                .filter(sink -> sink.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Where an engine stands in its life. */
    public enum State {
        /** Not initialized; records wait in the buffer. */
        STARTING,
        /** Records go to the sinks. */
        RUNNING,
        /** Intake has ended and the sinks drain what is there. */
        STOPPING,
        /** Shut down. */
        STOPPED
    }
}
