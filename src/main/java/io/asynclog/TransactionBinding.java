package io.asynclog;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells an engine of the transactions of its callers, for {@link AsyncLogger#afterCommit()} and
 * {@link AsyncLogger#afterRollback()}. The Spring Boot starter has one for Spring's transactions; one for another
 * transaction manager keeps its listeners where that manager keeps what belongs to a transaction.
 *
 * <p>Called by any number of threads, within log calls: it must not block.
 */
public interface TransactionBinding {
    /**
     * Returns the listener to the end of the transaction that the calling thread is in. The first call within a
     * transaction makes and registers it, each further one with the same key returns the same, so that a transaction
     * has one listener however many records are bound to it.
     *
     * <p>A transaction here is the physical one, which commits or rolls back as a whole. One that is suspended for
     * another is not the one that the thread is in until it is resumed.
     *
     * @param key whose listener it is, compared by identity
     * @param factory makes the listener, which is to be called exactly once, by any thread, when the transaction has
     *     ended
     * @return the listener, or null when the thread is in no transaction
     */
    <L extends Consumer<Outcome>> @Nullable L bind(Object key, Supplier<L> factory);

    /** Returns a binding that knows of no transactions. */
    static TransactionBinding none() {
        return NoTransactions.INSTANCE;
    }

    /** How a transaction ended. */
    enum Outcome {
        /** It was committed. */
        COMMITTED,
        /** It was rolled back. */
        ROLLED_BACK,
        /** Nobody can tell: the commit failed on the way, say. */
        UNKNOWN
    }
}
