package io.asynclog.autoconfigure;

import io.asynclog.TransactionBinding;
import io.asynclog.TransactionBinding.Outcome;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the log calls that are bound to their caller's transaction until it ends, where there is no engine. As with
 * one, a transaction has one listener for all of them, whichever loggers they are of.
 */
final class TransactionalCalls {
    private final TransactionBinding transactions;

    TransactionalCalls(TransactionBinding transactions) {
        this.transactions = transactions;
    }

    /** Settles a call when the transaction ends that the calling thread is in, or at once when it is in none. */
    void add(TransactionalCall call) {
        Waiting waiting;
        try {
            waiting = transactions.bind(this, Waiting::new);
        } catch (RuntimeException failure) {
            call.target()
                    .warn(
                            "The transaction that a record was to be bound to is unknown: the record is withheld",
                            failure);
            call.withhold();
            return;
        }
        if (waiting == null) {
            call.settle(Outcome.COMMITTED); // there is nothing that could roll it back
        } else {
            waiting.add(call);
        }
    }

    /** The calls that wait for the end of one transaction. */
    private static final class Waiting implements Consumer<Outcome> {
        /** Concurrent because a transaction can end, by a timeout say, in another thread while its own still logs. */
        private final Queue<TransactionalCall> calls = new ConcurrentLinkedQueue<>();

        private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();

        void add(TransactionalCall call) {
            calls.add(call);
            Outcome ended = outcome.get(); // after the call: either this thread sees the end, or the end the call
            if (ended != null) {
                settle(ended);
            }
        }

        @Override
        public void accept(Outcome ended) {
            if (outcome.compareAndSet(null, ended)) {
                settle(ended);
            }
        }

        /** Settles all, also those behind one that the logging system refuses. */
        private void settle(Outcome ended) {
            RuntimeException refused = null;
            Error broken = null;
            int settled = 0;
            TransactionalCall last = null;
            for (TransactionalCall call = calls.poll(); call != null; call = calls.poll()) {
                try {
                    call.settle(ended);
                } catch (RuntimeException failure) {
                    refused = failure;
                } catch (Error failure) { // a class that is gone, say, which is not the fault of the others
                    broken = failure;
                }
                last = call;
                settled++;
            }
            if (ended == Outcome.UNKNOWN && last != null) {
                last.target()
                        .warn(
                                "The outcome of a transaction is unknown; records that were bound to it and are withheld: {}",
                                settled);
            }
            // At the transaction manager, as without the transaction at the caller.
            if (broken != null) {
                throw broken;
            }
            if (refused != null) {
                throw refused;
            }
        }
    }
}
