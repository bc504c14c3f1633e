package io.asynclog;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** For engines that are told of no transactions. */
enum NoTransactions implements TransactionBinding {
    INSTANCE;

    @Override
    public <L extends Consumer<Outcome>> @Nullable L bind(Object key, Supplier<L> factory) {
        return null;
    }
}
