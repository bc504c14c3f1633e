package io.asynclog;

/**
 * An output of the log: a sink. Registered under a name with {@link AsyncLogManager.Builder#sink}, or as a Spring bean
 * under its bean name.
 *
 * <p>{@link #flush} is called by one thread at a time, with the records in the order of their
 * {@linkplain LogRecord#sequence() sequence}. It may block, for every sink has a thread of its own. A record counts as
 * flushed when the call that carried it returns normally. After an exception the same records come again, so a sink may
 * see a record more than once. When records fail to the last attempt, a later one may come {@linkplain LogBatch#early()
 * early}; it comes again in its turn.
 *
 * <p>The engine does not close the sinks that it is given. Their owner closes them once the engine is shut down; Spring
 * closes beans in that order. Only a rolling file is closed by the engine, after a start that failed, and opens again
 * by itself.
 */
@FunctionalInterface
public interface FlushFunction {
    /**
     * Writes out a batch of records.
     *
     * @param batch at least one record; the batch and its records are valid until this method returns
     * @throws Exception when the batch was not written out; it is retried as the sink's retry options say
     */
    void flush(LogBatch batch) throws Exception;
}
