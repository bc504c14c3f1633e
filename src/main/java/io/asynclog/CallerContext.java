package io.asynclog;

import io.asynclog.buffer.RecordEncoder;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Adds the context of the caller to a record. The source is foreign code, which must not break a log call. */
final class CallerContext {
    private final ContextSource source;
    private final ErrorHandler errors;
    private final AtomicBoolean failed = new AtomicBoolean();

    CallerContext(ContextSource source, ErrorHandler errors) {
        this.source = source;
        this.errors = errors;
    }

    void addTo(RecordEncoder record) {
        try {
            Map<String, String> entries = source.current();
            if (entries != null && !entries.isEmpty()) {
                record.context(entries);
            }
        } catch (Throwable failure) { // whatever it is, as for toString() of an argument
            if (failed.compareAndSet(false, true)) {
                errors.report(
                        "The context of callers cannot be read; records go without, and this is told once", failure);
            }
        }
    }
}
