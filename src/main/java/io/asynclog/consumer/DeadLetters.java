package io.asynclog.consumer;

import io.asynclog.LogRecord;
import java.io.IOException;

/** Takes the records that a sink refused for good. Called by the threads of all sinks. */
@FunctionalInterface
public interface DeadLetters {
    /**
     * Keeps a record.
     *
     * @param sink the name of the sink that refused it
     * @param record valid until this method returns
     * @param failure what the sink threw
     * @throws IOException when the record could not be kept; it is then reported and given up
     */
    void accept(String sink, LogRecord record, Throwable failure) throws IOException;
}
