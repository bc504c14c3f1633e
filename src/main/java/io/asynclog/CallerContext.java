package io.asynclog;

import io.asynclog.buffer.RecordEncoder;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Adds the context of the caller to a record. The source is foreign code, whose exceptions must not break a log call.
 */
final class CallerContext {
    private final ContextSource source;
    private final ErrorHandler errors;
    private final AtomicBoolean failed = new AtomicBoolean();

    CallerContext(ContextSource source, ErrorHandler errors) {
        this.source = source;
        this.errors = errors;
    }

    void addTo(RecordEncoder record) {
        addTo(record, source);
    }

    /** Adds the context that an event of its own brings along. */
    void addTo(RecordEncoder record, ContextSource other) {
        Map<String, String> entries = read(other);
        if (entries != null) {
            try {
                if (!entries.isEmpty()) {
                    record.context(entries);
                }
            } catch (RuntimeException failure) { // of the map: an entry is in the record, or not begun
                tell(failure);
            }
        }
    }

    private @Nullable Map<String, String> read(ContextSource other) {
        try {
            return other.current();
        } catch (VirtualMachineError failure) {
            throw failure; // of the call as much as of the source: where the stack is full nobody could be told, say
        } catch (Throwable failure) {
            tell(failure);
            return null;
        }
    }

    private void tell(Throwable failure) {
        if (failed.compareAndSet(false, true)) {
            errors.report("The context of callers cannot be read; records go without, and this is told once", failure);
        }
    }
}
