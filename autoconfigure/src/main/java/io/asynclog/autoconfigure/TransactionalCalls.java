package io.asynclog.autoconfigure;

import io.asynclog.TransactionBinding;
import io.asynclog.TransactionBinding.Outcome;
import io.asynclog.internal.UntilEnd;
import java.util.Queue;

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
    private static final class Waiting extends UntilEnd<TransactionalCall, Outcome> {
        /** Settles all, also those behind one that the logging system refuses. */
        @Override
        protected void settle(Outcome ended, Queue<TransactionalCall> calls) {
            Throwable refused = null;
            int settled = 0;
            TransactionalCall last = null;
            for (TransactionalCall call = calls.poll(); call != null; call = calls.poll()) {
                try {
                    call.settle(ended);
                } catch (Throwable failure) { // an error, too, such as that of a class that is gone, is one call's
                    refused = refused == null ? failure : withSuppressed(refused, failure);
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
            if (refused instanceof Error error) {
                throw error;
            } else if (refused instanceof RuntimeException exception) {
                throw exception;
            } else if (refused != null) { // thrown without being declared, as Kotlin does
                throw new IllegalStateException(refused);
            }
        }

        private static Throwable withSuppressed(Throwable first, Throwable further) {
            if (first != further) {
                first.addSuppressed(further);
            }
            return first;
        }
    }
}
