package io.asynclog.autoconfigure.transaction;

import io.asynclog.TransactionBinding;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Binds to the transactions that Spring's transaction managers bind to threads. One of a reactive manager, which is
 * bound to no thread, counts as none, and so does one that offers no synchronization or whose end is already being
 * told.
 */
final class SpringTransactionBinding implements TransactionBinding {
    @Override
    @SuppressWarnings("unchecked") // the listener under a key was made by the key's own factory
    public <L extends Consumer<Outcome>> @Nullable L bind(Object key, Supplier<L> factory) {
        // There is synchronization without a transaction, too: in a method that only supports one.
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            return null;
        }
        // Spring suspends and resumes the synchronizations along with their transaction, so they are the place to look.
        for (TransactionSynchronization registered : TransactionSynchronizationManager.getSynchronizations()) {
            if (registered instanceof End end && end.key == key) {
                return (L) end.listener;
            }
        }
        L listener = factory.get();
        TransactionSynchronizationManager.registerSynchronization(new End(key, listener));
        return listener;
    }

    /** Tells a listener of the end. */
    private static final class End implements TransactionSynchronization {
        private final Object key;
        private final Consumer<Outcome> listener;

        End(Object key, Consumer<Outcome> listener) {
            this.key = key;
            this.listener = listener;
        }

        /** Before the application's own callbacks: what these log comes behind. */
        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public void afterCompletion(int status) {
            listener.accept(
                    switch (status) {
                        case STATUS_COMMITTED -> Outcome.COMMITTED;
                        case STATUS_ROLLED_BACK -> Outcome.ROLLED_BACK;
                        default -> Outcome.UNKNOWN;
                    });
        }
    }
}
