package io.asynclog.sink;

import io.asynclog.LogBatch;
import io.asynclog.LogRecord;
import io.asynclog.layout.FakeRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A batch for tests. */
final class FakeBatch implements LogBatch {
    private final List<LogRecord> records = new ArrayList<>();

    static FakeBatch of(LogRecord... records) {
        FakeBatch batch = new FakeBatch();
        batch.records.addAll(List.of(records));
        return batch;
    }

    /** Returns records with sequences from {@code first} to {@code last} and messages that name them. */
    static FakeBatch range(int first, int last) {
        FakeBatch batch = new FakeBatch();
        for (int i = first; i <= last; i++) {
            batch.records.add(new FakeRecord().sequence(i).message("record " + i));
        }
        return batch;
    }

    @Override
    public int size() {
        return records.size();
    }

    @Override
    public boolean redelivered() {
        return false;
    }

    @Override
    public Iterator<LogRecord> iterator() {
        return records.iterator();
    }
}
