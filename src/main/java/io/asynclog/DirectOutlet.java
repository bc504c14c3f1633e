package io.asynclog;

import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.RecordEncoder;
import io.asynclog.consumer.RecordFuture;

/** Pushes records at once. */
final class DirectOutlet implements Outlet {
    private final AsyncBuffer buffer;
    private final AwaitedPushes awaitedPushes;
    private final LateWriter lateWriter;

    DirectOutlet(AsyncBuffer buffer, AwaitedPushes awaitedPushes, LateWriter lateWriter) {
        this.buffer = buffer;
        this.awaitedPushes = awaitedPushes;
        this.lateWriter = lateWriter;
    }

    @Override
    public boolean push(RecordEncoder record) {
        if (buffer.push(record) == AsyncBuffer.CLOSED) {
            lateWriter.write(record);
        }
        return false;
    }

    @Override
    public boolean push(RecordEncoder record, RecordFuture future, Ack ack) {
        return awaitedPushes.push(record, future, ack);
    }

    @Override
    public boolean isDeferring() {
        return false;
    }
}
