package io.asynclog;

import io.asynclog.TransactionBinding.Outcome;
import io.asynclog.buffer.AsyncBuffer;
import io.asynclog.buffer.RecordEncoder;
import io.asynclog.consumer.LogConsumer;
import io.asynclog.consumer.RecordFuture;
import io.asynclog.internal.UntilEnd;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records that are bound to their caller's transaction until it ends. Then it pushes those that are meant for
 * this end, in the order of their calls, and discards the others.
 */
final class TransactionalPushes {
    private final TransactionBinding transactions;
    private final Outlet direct;
    private final AsyncBuffer buffer;
    private final LogConsumer consumer;
    private final ErrorHandler errors;
    private final Supplier<TransactionRecords> newRecords = TransactionRecords::new;

    TransactionalPushes(
            TransactionBinding transactions,
            Outlet direct,
            AsyncBuffer buffer,
            LogConsumer consumer,
            ErrorHandler errors) {
        this.transactions = transactions;
        this.direct = direct;
        this.buffer = buffer;
        this.consumer = consumer;
        this.errors = errors;
    }

    /** Returns an outlet for records that are to be logged if their transaction ends in this way. */
    Outlet outlet(Outcome wanted) {
        return new Outlet() {
            @Override
            public boolean push(RecordEncoder record) {
                return TransactionalPushes.this.push(new TransactionRecord(record, wanted, null, Ack.ACCEPTED));
            }

            @Override
            public boolean push(RecordEncoder record, RecordFuture future, Ack ack) {
                return TransactionalPushes.this.push(new TransactionRecord(record, wanted, future, ack));
            }

            @Override
            public boolean isDeferring() {
                return true;
            }
        };
    }

    private boolean push(TransactionRecord bound) {
        TransactionRecords waiting;
        try {
            waiting = transactions.bind(this, newRecords);
        } catch (RuntimeException failure) {
            errors.report(
                    "The transaction that a record was to be bound to is unknown: the record is withheld", failure);
            bound.fail(outcomeUnknown());
            return false;
        }
        if (waiting != null) {
            waiting.add(bound);
            return true;
        }
        if (bound.wanted == Outcome.COMMITTED) { // there is nothing that could roll it back
            return bound.push(direct);
        }
        bound.discard();
        return false;
    }

    /**
     * Logs or withholds a record. Throws nothing: neither the records behind this one nor the transaction's own
     * completion may suffer.
     */
    private void settle(TransactionRecord bound, Outcome ended) {
        try {
            if (bound.wanted == ended) {
                pushNow(bound);
            } else {
                withhold(bound, ended != Outcome.UNKNOWN);
            }
        } catch (Throwable failure) { // and nobody knows who has the encoder: it is left to whoever that is
            giveUp(bound, failure);
        }
    }

    private void giveUp(TransactionRecord bound, Throwable failure) {
        errors.report("A record that was bound to a transaction could not be logged, or withheld", failure);
        try {
            fail(bound, failure);
        } catch (Throwable noMemory) {
            failHere(bound, failure);
        }
    }

    /** What hangs on the future runs here, too, which is better than never. */
    private static void failHere(TransactionRecord bound, Throwable failure) {
        try {
            bound.fail(failure);
        } catch (Throwable noMemory) {
            // Then its caller waits: the records behind it must not.
        }
    }

    private void pushNow(TransactionRecord bound) {
        if (!pushForSharedFuture(bound)) {
            buffer.releaseEncoder(bound.record);
        }
    }

    /**
     * The caller has had the future for long: what it hung on it must not run here, where the transaction ends, unless
     * the engine has stopped and there may be no other thread any more.
     */
    private boolean pushForSharedFuture(TransactionRecord bound) {
        RecordFuture shared = bound.future;
        if (shared == null) {
            return direct.push(bound.record);
        }
        RecordFuture own = new RecordFuture(shared.level());
        boolean kept = direct.push(bound.record, own, bound.ack);
        CompletableFuture<LogReceipt> ignored =
                own.whenComplete((receipt, failure) -> passOn(receipt, failure, shared));
        return kept;
    }

    /** What this throws would be kept in a future that nobody has. */
    private void passOn(LogReceipt receipt, @Nullable Throwable failure, RecordFuture shared) {
        try {
            if (failure == null) {
                consumer.complete(shared, receipt);
            } else {
                consumer.fail(shared, failure);
            }
        } catch (Throwable noMemory) { // what hangs on the future runs here then, which is better than never
            if (failure == null) {
                shared.complete(receipt);
            } else {
                shared.completeExceptionally(failure);
            }
        }
    }

    /** What hangs on the future does not run here either, as above: the transaction still has its connection. */
    private void withhold(TransactionRecord bound, boolean known) {
        buffer.releaseEncoder(bound.record);
        if (!known) {
            fail(bound, outcomeUnknown());
        } else if (bound.future != null) {
            consumer.complete(bound.future, LogReceipt.DISCARDED);
        }
    }

    private void fail(TransactionRecord bound, Throwable failure) {
        if (bound.future != null) {
            consumer.fail(bound.future, failure);
        }
    }

    private static IllegalStateException outcomeUnknown() {
        return new IllegalStateException(
                "The record was withheld: the outcome of the transaction that it was bound to is unknown");
    }

    /** The records that wait for the end of one transaction. */
    private final class TransactionRecords extends UntilEnd<TransactionRecord, Outcome> {
        @Override
        protected void settle(Outcome ended, Queue<TransactionRecord> records) {
            int withheld = 0;
            for (TransactionRecord bound = records.poll(); bound != null; bound = records.poll()) {
                TransactionalPushes.this.settle(bound, ended);
                withheld += bound.wanted == ended ? 0 : 1;
            }
            if (ended == Outcome.UNKNOWN && withheld > 0) {
                errors.report(
                        "The outcome of a transaction is unknown; records that were bound to it and are withheld: "
                                + withheld,
                        null);
            }
        }
    }

    /** A record with the outcome it is for, and the future of whoever waits for it. */
    private static final class TransactionRecord {
        final RecordEncoder record;
        final Outcome wanted;
        final @Nullable RecordFuture future;
        final Ack ack;

        TransactionRecord(RecordEncoder record, Outcome wanted, @Nullable RecordFuture future, Ack ack) {
            this.record = record;
            this.wanted = wanted;
            this.future = future;
            this.ack = ack;
        }

        boolean push(Outlet outlet) {
            return future == null ? outlet.push(record) : outlet.push(record, future, ack);
        }

        void discard() {
            if (future != null) {
                future.complete(LogReceipt.DISCARDED);
            }
        }

        void fail(Throwable failure) {
            if (future != null) {
                future.completeExceptionally(failure);
            }
        }
    }
}
