package io.asynclog;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** A sink that keeps copies of what it gets, and does first what the test tells it to do. */
public final class CollectingSink implements FlushFunction {
    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();
    private final AtomicReference<FlushFunction> first = new AtomicReference<>(batch -> {});

    /** Sets what to do before records are kept; when it throws, none are. */
    public CollectingSink doFirst(FlushFunction action) {
        first.set(action);
        return this;
    }

    @Override
    public void flush(LogBatch batch) throws Exception {
        first.get().flush(batch);
        batch.forEach(record -> records.add(record.copy()));
    }

    public List<LogRecord> records() {
        return List.copyOf(records);
    }

    public List<String> messages() {
        return records.stream().map(LogRecord::message).collect(Collectors.toList());
    }
}
