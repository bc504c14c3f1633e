package io.asynclog;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Transactions that tests begin, suspend and end by hand. */
final class FakeTransactions implements TransactionBinding {
    private final Map<Thread, Transaction> current = new ConcurrentHashMap<>();

    /** Begins a transaction in this thread, in which there is none or one that is suspended. */
    Transaction begin() {
        Transaction transaction = new Transaction();
        transaction.resume();
        return transaction;
    }

    @Override
    public <L extends Consumer<Outcome>> L bind(Object key, Supplier<L> factory) {
        Transaction transaction = current.get(Thread.currentThread());
        return transaction == null ? null : transaction.listener(key, factory);
    }

    final class Transaction {
        private final IdentityHashMap<Object, Consumer<Outcome>> listeners = new IdentityHashMap<>();

        @SuppressWarnings("unchecked") // what is under a key was made for it
        private <L extends Consumer<Outcome>> L listener(Object key, Supplier<L> factory) {
            return (L) listeners.computeIfAbsent(key, any -> factory.get());
        }

        void suspend() {
            current.remove(Thread.currentThread());
        }

        void resume() {
            current.put(Thread.currentThread(), this);
        }

        int listeners() {
            return listeners.size();
        }

        void commit() {
            end(Outcome.COMMITTED);
        }

        void rollBack() {
            end(Outcome.ROLLED_BACK);
        }

        void end(Outcome outcome) {
            current.values().remove(this);
            tell(outcome);
        }

        /** Ends the transaction while its thread still takes itself to be within. */
        void tell(Outcome outcome) {
            listeners.values().forEach(listener -> listener.accept(outcome));
        }
    }
}
