package io.asynclog;

import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.PushCallback;
import io.asynclog.buffer.RecordEncoder;
import io.asynclog.consumer.BarrierFuture;
import io.asynclog.consumer.LogConsumer;
import io.asynclog.consumer.RecordFuture;
import io.asynclog.consumer.SinkThread;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Pushes records that somebody holds a future for, and hands the future to the consumer once its record is in the
 * buffer.
 */
final class AwaitedPushes {
    private static final String PARKED_TOO_LONG =
            "The record waited for room in the buffer until the engine was shut down, and was ";
    private static final String NOT_WRITTEN = PARKED_TOO_LONG + "not written in time";

    private final AsyncBuffer buffer;
    private final LogConsumer consumer;
    private final ExpiryTimer expiry;
    private final Executor tasks;
    private final LateWriter lateWriter;

    /** Records that wait for room in the buffer: a barrier has to wait for these, too. */
    private final Set<ParkedPush> parked = ConcurrentHashMap.newKeySet();
    /** Records that waited for room when the buffer was closed, and are being written late. */
    private final Set<ParkedPush> late = ConcurrentHashMap.newKeySet();

    AwaitedPushes(AsyncBuffer buffer, LogConsumer consumer, TaskScheduler scheduler, LateWriter lateWriter) {
        this.buffer = buffer;
        this.consumer = consumer;
        expiry = new ExpiryTimer(buffer, scheduler);
        tasks = new SchedulerExecutor(scheduler);
        this.lateWriter = lateWriter;
    }

    /**
     * Pushes a record and sees to it that the future completes.
     *
     * @param future nothing hangs on it yet
     * @param ack how far the record has to come
     * @return whether the record waits for room in the buffer: then the encoder belongs to it
     */
    boolean push(RecordEncoder record, RecordFuture future, Ack ack) {
        if (Thread.currentThread() instanceof SinkThread) {
            pushFromSink(record, future, ack);
            return false;
        }
        if (ack == Ack.FLUSHED) {
            record.markAwaited(); // only these: what a sink throws for others nobody would ever come for
        }
        long result = buffer.tryPush(record);
        if (result == AsyncBuffer.NO_ROOM) {
            return pushOrPark(record, future, ack);
        }
        settle(result, record, future, ack);
        return false;
    }

    private boolean pushOrPark(RecordEncoder record, RecordFuture future, Ack ack) {
        long result = buffer.pushOrPark(record, new ParkedPush(record, future, ack));
        if (result == AsyncBuffer.PARKED) {
            expiry.onParked();
            return true;
        }
        settle(result, record, future, ack);
        return false;
    }

    /** A sink cannot wait for what only its own return can bring about, and it shall not wait for the device either. */
    private void pushFromSink(RecordEncoder record, RecordFuture future, Ack ack) {
        long result = buffer.push(record);
        if (result < 0 || ack == Ack.ACCEPTED) {
            settle(result, record, future, ack);
        } else {
            future.completeExceptionally(
                    new IllegalStateException(
                            "The record was logged by the thread of a sink, which cannot wait for it; use info(...) and the like"));
        }
    }

    private void settle(long result, RecordEncoder record, RecordFuture future, Ack ack) {
        if (result >= 0 && ack == Ack.ACCEPTED) {
            future.complete(new LogReceipt(result, LogReceipt.Status.ACCEPTED)); // here: its caller has not got it yet
        } else if (result >= 0) {
            register(result, future, ack);
        } else if (result == AsyncBuffer.DROPPED) {
            future.completeExceptionally(overflow(result));
        } else {
            future.completeExceptionally(new LogShutdownException(
                    "The record was logged after shutdown, and was " + lateWriter.write(record)));
        }
    }

    private void register(long sequence, RecordFuture future, Ack ack) {
        switch (ack) {
            case ACCEPTED -> consumer.complete(future, new LogReceipt(sequence, LogReceipt.Status.ACCEPTED));
            case STORED -> consumer.registerStored(sequence, future);
            case FLUSHED -> consumer.register(sequence, future);
        }
    }

    private LogOverflowException overflow(long result) {
        return new LogOverflowException("The record was dropped: " + buffer.dropReason(result));
    }

    /**
     * Completes when every record logged before, those that wait for room included, is flushed by every required sink.
     */
    CompletableFuture<Void> flush() {
        return flush(placed());
    }

    /** Does the same up to an end, from {@link #placed}. */
    CompletableFuture<Void> flush(CompletableFuture<Long> placed) {
        BarrierFuture future = new BarrierFuture();
        if (Thread.currentThread() instanceof SinkThread) {
            future.completeExceptionally(new IllegalStateException(
                    "A flush was asked for by the thread of a sink, which would wait for its own return"));
            return future;
        }
        CompletableFuture<Long> ignored = placed.whenComplete((end, failure) -> registerBarrier(end, failure, future));
        return future;
    }

    /** What this throws would be kept in a future that nobody has. Perhaps under the buffer's lock. */
    private void registerBarrier(Long end, @Nullable Throwable unplaced, BarrierFuture future) {
        try {
            if (unplaced == null) {
                consumer.registerBarrier(end, future);
            } else {
                consumer.fail(future, unplaced);
            }
        } catch (Throwable noMemory) { // what hangs on the future runs here then, which is better than never
            future.completeExceptionally(noMemory);
        }
    }

    /**
     * Completes when every record logged before, those that wait for room included, has its place or is refused, with
     * one beyond the sequence of the last.
     */
    CompletableFuture<Long> placed() {
        CompletableFuture<?>[] places =
                parked.stream().map(place -> place.settled).toArray(CompletableFuture<?>[]::new);
        if (places.length == 0) {
            return CompletableFuture.completedFuture(buffer.nextSequence());
        }
        return CompletableFuture.allOf(places).handle((result, failure) -> buffer.nextSequence());
    }

    /**
     * Waits, when the buffer is closed, for the late writing of the records that were parked then. The futures of those
     * that are not written in time fail all the same. Before the consumer ends, so that callbacks run on its thread.
     */
    void awaitLate(Duration timeout) {
        CompletableFuture<?>[] writings =
                late.stream().map(place -> place.written).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(writings).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException overdue) {
            // those that are left are given up
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        late.forEach(ParkedPush::giveUp);
    }

    /** A record that waits for room. Users' callbacks must run on none of the threads that come here. */
    private final class ParkedPush implements PushCallback {
        private final RecordEncoder record;
        private final RecordFuture future;
        private final Ack ack;
        private final CompletableFuture<Void> settled = new CompletableFuture<>();
        /** Says that the record was late, and where it was written. */
        private final CompletableFuture<String> written = new CompletableFuture<>();

        ParkedPush(RecordEncoder record, RecordFuture future, Ack ack) {
            this.record = record;
            this.future = future;
            this.ack = ack;
        }

        @Override
        public void parking() {
            try {
                boolean ignored = parked.add(this);
            } catch (Throwable failure) { // no memory for its count, say: no barrier may wait for it
                leave();
                throw failure;
            }
        }

        @Override
        public void accepted(long sequence) {
            try {
                register(sequence, future, ack);
            } catch (Throwable failure) { // for want of memory, say
                consumer.fail(future, failure);
            } finally {
                leave(); // or barriers would wait for ever
                buffer.releaseEncoder(record);
            }
        }

        @Override
        public void refused(long result) {
            try {
                leave();
            } finally {
                if (result == AsyncBuffer.CLOSED) {
                    writeLateInATask();
                } else {
                    failDropped(result);
                }
            }
        }

        private void failDropped(long result) {
            try {
                consumer.fail(future, overflow(result));
            } catch (Throwable failure) { // for want of memory for its text, say
                consumer.fail(future, failure);
            } finally {
                buffer.releaseEncoder(record);
            }
        }

        /** A sink that hangs must not hold the shutdown up once for each of these. */
        private void writeLateInATask() {
            try {
                late.add(this);
                tasks.execute(this::writeLate);
            } catch (RejectedExecutionException | OutOfMemoryError noThread) {
                writeLate(); // better here than never
            }
        }

        private void writeLate() {
            try {
                written.complete(PARKED_TOO_LONG + lateWriter.write(record));
                buffer.releaseEncoder(record); // behind all that reads the record
            } finally {
                written.complete(NOT_WRITTEN); // if it was not; the shutdown waits for this, and not for callbacks
                giveUp();
                late.remove(this);
            }
        }

        private void giveUp() {
            consumer.fail(future, new LogShutdownException(written.getNow(NOT_WRITTEN)));
        }

        private void leave() {
            try {
                parked.remove(this);
            } finally {
                settled.complete(null);
            }
        }
    }
}
