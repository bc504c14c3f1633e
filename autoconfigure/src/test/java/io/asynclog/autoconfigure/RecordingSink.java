package io.asynclog.autoconfigure;

import io.asynclog.FlushFunction;
import io.asynclog.LogBatch;
import io.asynclog.LogRecord;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sink that keeps copies of what it was given. */
public final class RecordingSink implements FlushFunction {
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    @Override
    public void flush(LogBatch batch) {
        batch.forEach(record -> records.add(record.copy()));
    }

    /** Returns the messages flushed so far. */
    public List<String> messages() {
        return records.stream().map(LogRecord::message).toList();
    }

    /** Returns the names of the loggers of the records flushed so far. */
    public List<String> loggers() {
        return records.stream().map(LogRecord::loggerName).toList();
    }
}
