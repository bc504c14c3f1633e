package io.asynclog;

import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.PushCallback;
import io.asynclog.buffer.RecordEncoder;
import io.asynclog.consumer.LogConsumer;
import io.asynclog.consumer.SinkThread;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The way of records that somebody holds a future for, up to the buffer; behind it the consumer has them. */
final class AwaitedPushes {
    private final AsyncBuffer buffer;
    private final LogConsumer consumer;
    private final TaskScheduler scheduler;
    private final LateWriter lateWriter;

    /** Records that wait for room in the buffer: a barrier has to wait for these, too. */
    private final Set<Parked> parked = ConcurrentHashMap.newKeySet();

    AwaitedPushes(AsyncBuffer buffer, LogConsumer consumer, TaskScheduler scheduler, LateWriter lateWriter) {
        this.buffer = buffer;
        this.consumer = consumer;
        this.scheduler = scheduler;
        this.lateWriter = lateWriter;
    }

    /**
     * Pushes a record and sees to it that the future completes.
     *
     * @return whether the record waits for room in the buffer: then the encoder belongs to it
     */
    boolean push(RecordEncoder record, CompletableFuture<LogReceipt> future) {
        if (Thread.currentThread() instanceof SinkThread) {
            pushFromSink(record, future);
            return false;
        }
        record.markAwaited();
        Parked place = new Parked(record, future);
        parked.add(place);
        long result = AsyncBuffer.DROPPED;
        boolean pushed = false;
        try {
            result = buffer.pushOrPark(record, place);
            pushed = true;
        } finally {
            if (!pushed) {
                place.leave(); // by a stack overflow, say: no barrier may wait for it
            }
        }
        if (result == AsyncBuffer.PARKED) {
            CompletableFuture<Void> ignored = scheduler.schedule(
                    () -> {
                        buffer.expireParked();
                        return null;
                    },
                    buffer.options().maxWait());
            return true;
        }
        place.leave(); // a barrier may have come by meanwhile and waits for it
        settle(result, record, future);
        return false;
    }

    /** A sink cannot wait for what only its own return can bring about. */
    private void pushFromSink(RecordEncoder record, CompletableFuture<LogReceipt> future) {
        long result = buffer.push(record);
        if (result < 0) {
            settle(result, record, future);
        } else {
            future.completeExceptionally(
                    new IllegalStateException(
                            "The record was logged by the thread of a sink, which cannot wait for it; use info(...) and the like"));
        }
    }

    private void settle(long result, RecordEncoder record, CompletableFuture<LogReceipt> future) {
        if (result >= 0) {
            consumer.register(result, future);
        } else if (result == AsyncBuffer.DROPPED) {
            future.completeExceptionally(overflow());
        } else {
            future.completeExceptionally(new LogShutdownException(lateWriter.write(record)));
        }
    }

    private LogOverflowException overflow() {
        return new LogOverflowException("The record was dropped: the buffer of "
                + buffer.options().maxSize() + " bytes is full and its overflow policy is "
                + buffer.options().policy());
    }

    /** Completes when every record logged before, those that wait for room included, is flushed by every required sink. */
    CompletableFuture<Void> flush() {
        CompletableFuture<Void> future = new CompletableFuture<>();
        if (Thread.currentThread() instanceof SinkThread) {
            future.completeExceptionally(new IllegalStateException(
                    "flushAsync() was called by the thread of a sink, which would wait for its own return"));
            return future;
        }
        CompletableFuture<?>[] places =
                parked.stream().map(place -> place.settled).toArray(CompletableFuture<?>[]::new);
        if (places.length == 0) {
            consumer.registerBarrier(buffer.nextSequence(), future);
        } else {
            CompletableFuture<Void> ignored = CompletableFuture.allOf(places)
                    .whenComplete((result, failure) -> consumer.registerBarrier(buffer.nextSequence(), future));
        }
        return future;
    }

    /** A record that waits for room. Called by the buffer under its lock, so users' callbacks must not run here. */
    private final class Parked implements PushCallback {
        private final RecordEncoder record;
        private final CompletableFuture<LogReceipt> future;
        private final CompletableFuture<Void> settled = new CompletableFuture<>();

        Parked(RecordEncoder record, CompletableFuture<LogReceipt> future) {
            this.record = record;
            this.future = future;
        }

        @Override
        public void accepted(long sequence) {
            consumer.register(sequence, future);
            leave();
        }

        @Override
        public void refused(long result) {
            leave();
            CompletableFuture<Void> settling = scheduler.execute(() -> {
                settle(result, record, future);
                return null;
            });
            if (settling.isCompletedExceptionally()) {
                settle(result, record, future); // the scheduler is closed; better here than never
            }
        }

        private void leave() {
            parked.remove(this);
            settled.complete(null);
        }
    }
}
