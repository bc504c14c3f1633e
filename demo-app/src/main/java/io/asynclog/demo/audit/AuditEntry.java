package io.asynclog.demo.audit;

import io.asynclog.LogRecord;
import java.time.Instant;

/** An entry of the audit trail. */
record AuditEntry(long sequence, Instant timestamp, String text) {
    static AuditEntry of(LogRecord record) {
        return new AuditEntry(record.sequence(), record.timestamp(), record.message());
    }
}
