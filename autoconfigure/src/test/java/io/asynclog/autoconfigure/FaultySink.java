package io.asynclog.autoconfigure;

import io.asynclog.FlushFunction;
import io.asynclog.LogBatch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Throws away what it gets, unless it is told to fail. */
public final class FaultySink implements FlushFunction {
    private volatile @Nullable String fault;

    public void fail(String message) {
        fault = message;
    }

    public void mend() {
        fault = null;
    }

    @Override
    public void flush(LogBatch batch) throws IOException {
        String message = fault;
        if (message != null) {
            throw new IOException(message);
        }
    }
}
