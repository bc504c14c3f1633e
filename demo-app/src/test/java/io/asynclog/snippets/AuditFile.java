package io.asynclog.snippets;

import io.asynclog.ErrorHandler;
import io.asynclog.FlushFunction;
import io.asynclog.LogBatch;
import io.asynclog.LogRecord;
import io.asynclog.sink.FileOptions;
import io.asynclog.sink.RollingFileSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

// tag::routing[]
/** Writes what the logger 'audit' logs into a file of its own. */
class AuditFile implements FlushFunction, AutoCloseable {
    private final RollingFileSink file;

    AuditFile(Path path) {
        file = new RollingFileSink(FileOptions.to(path), ErrorHandler.toStandardError());
    }

    @Override
    public void flush(LogBatch batch) throws IOException {
        if (batch.early()) {
            file.flush(batch); // writes nothing, and throws while the file fails
            return;
        }
        List<LogRecord> chosen = new ArrayList<>();
        for (LogRecord record : batch) {
            if (record.loggerName().equals("audit")) {
                chosen.add(record);
            }
        }
        if (!chosen.isEmpty()) {
            file.flush(new Part(batch, chosen));
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Some records of a batch, in their order. */
    private record Part(LogBatch whole, List<LogRecord> records) implements LogBatch {
        @Override
        public int size() {
            return records.size();
        }

        @Override
        public boolean redelivered() {
            return whole.redelivered();
        }

        @Override
        public Iterator<LogRecord> iterator() {
            return records.iterator();
        }
    }
}
// end::routing[]
