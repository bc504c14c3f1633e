package io.asynclog.demo.audit;

import io.asynclog.FlushFunction;
import io.asynclog.LogBatch;
import io.asynclog.LogRecord;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The sink {@code audit}: keeps the latest audit records in memory. */
@Component("audit")
class AuditTrail implements FlushFunction {
    private static final int MAX_ENTRIES = 1000;

    /** By sequence, so that a batch that comes again does no harm. */
    private final TreeMap<Long, AuditEntry> entries = new TreeMap<>();

    private final AuditFault fault;

    AuditTrail(AuditFault fault) {
        this.fault = fault;
    }

    @Override
    public void flush(LogBatch batch) throws IOException, InterruptedException {
        fault.strike();
        for (LogRecord record : batch) {
            if (record.loggerName().equals(AuditLog.class.getName())) {
                add(AuditEntry.of(record));
            }
        }
    }

    private synchronized void add(AuditEntry entry) {
        entries.put(entry.sequence(), entry);
        if (entries.size() > MAX_ENTRIES) {
            entries.pollFirstEntry();
        }
    }

    /** Returns the entries, the oldest first. */
    synchronized List<AuditEntry> entries() {
        return List.copyOf(entries.values());
    }
}
