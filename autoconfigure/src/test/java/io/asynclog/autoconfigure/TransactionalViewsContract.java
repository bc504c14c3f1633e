package io.asynclog.autoconfigure;

import static io.asynclog.autoconfigure.AwaitDeadline.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asynclog.AsyncLogger;
import io.asynclog.LogReceipt;
import io.asynclog.TransactionBinding;
import io.asynclog.TransactionBinding.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** What a logger's views for transactions do, whether there is an engine or not. */
abstract class TransactionalViewsContract {
    final OneTransaction transactions = new OneTransaction();

    /** Returns the logger, for which {@code DEBUG} is disabled. */
    abstract AsyncLogger log();

    /** Returns what was logged so far, without what the logger says of its own troubles. */
    abstract List<String> logged();

    /** Returns what the logger said of its own troubles. */
    abstract List<String> troubles();

    @Test
    void aCommitLogsWhatWaitsForItInOrder() {
        logBoth();
        assertThat(logged()).isEmpty();
        transactions.end(Outcome.COMMITTED);
        assertThat(logged()).containsExactly("placed 1", "placed 2", "placed 3", "placed 4");
        assertThat(troubles()).isEmpty();
    }

    @Test
    void aRollbackLogsWhatWaitsForIt() {
        logBoth();
        transactions.end(Outcome.ROLLED_BACK);
        assertThat(logged()).containsExactly("not placed 1", "not placed 2");
        assertThat(troubles()).isEmpty();
    }

    @Test
    void anUnknownOutcomeLogsNeitherAndIsTold() {
        logBoth();
        transactions.end(Outcome.UNKNOWN);
        assertThat(logged()).isEmpty();
        assertThat(troubles()).isNotEmpty();
    }

    @Test
    void outsideOfATransactionACommitIsAssumed() {
        transactions.active = false;
        log().afterCommit().info("placed");
        assertThat(log().afterCommit().infoAsync("placed, awaited")).isNotCompletedExceptionally();
        log().afterRollback().info("not placed");
        assertThat(log().afterRollback().infoAsync("not placed, awaited")).isCompletedWithValue(LogReceipt.DISCARDED);
        assertThat(logged()).containsExactly("placed", "placed, awaited");
    }

    @Test
    void aFutureTellsWhatBecameOfTheRecord() {
        CompletableFuture<LogReceipt> placed = log().afterCommit().infoAsync("placed");
        CompletableFuture<LogReceipt> notPlaced = log().afterRollback().infoAsync("not placed");
        assertThat(placed).isNotDone();
        assertThat(notPlaced).isNotDone();
        transactions.end(Outcome.COMMITTED);
        assertThat(placed).succeedsWithin(DEADLINE).isNotEqualTo(LogReceipt.DISCARDED);
        assertThat(notPlaced).succeedsWithin(DEADLINE).isEqualTo(LogReceipt.DISCARDED);
    }

    @Test
    void aFutureFailsWhenTheOutcomeIsUnknown() {
        CompletableFuture<LogReceipt> placed = log().afterCommit().infoAsync("placed");
        transactions.end(Outcome.UNKNOWN);
        assertWithheld(placed);
        transactions.failure = new IllegalStateException("no connection");
        assertWithheld(log().afterCommit().infoAsync("placed"));
    }

    private static void assertWithheld(CompletableFuture<LogReceipt> future) {
        assertThat(future)
                .failsWithin(DEADLINE)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .withMessage("The record was withheld: the outcome of the transaction that it was bound to is unknown");
    }

    @Test
    void aTransactionHasOneListener() {
        logBoth();
        assertThat(transactions.listeners).hasSize(1);
        transactions.end(Outcome.UNKNOWN);
        assertThat(troubles()).hasSize(1);
    }

    @Test
    void theViewOfAViewIsThatOfTheLogger() {
        log().afterRollback().afterCommit().info("placed");
        log().afterCommit().afterRollback().info("not placed");
        transactions.end(Outcome.COMMITTED);
        assertThat(logged()).containsExactly("placed");
    }

    @Test
    void aRecordIsThatOfTheCall() {
        StringBuilder order = new StringBuilder("17");
        log().afterCommit().info("order {}", order);
        order.append(18);
        transactions.end(Outcome.COMMITTED);
        assertThat(logged()).containsExactly("order 17");
    }

    @Test
    void aValueThatFailsHarmsNeitherTheCallerNorTheRecord() {
        Object failing = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        };
        log().afterCommit().atInfo().addKeyValue("order", failing).log("placed");
        transactions.end(Outcome.COMMITTED);
        assertThat(logged()).containsExactly("placed");
    }

    @Test
    void aRecordIsWithheldWhenItsTransactionIsUnknown() {
        transactions.failure = new IllegalStateException("no connection");
        log().afterCommit().info("placed");
        assertThat(logged()).isEmpty();
        assertThat(troubles())
                .containsExactly("The transaction that a record was to be bound to is unknown: the record is withheld");
    }

    @Test
    void nobodyCanWaitWithinForWhatIsLoggedAfterwards() {
        for (AsyncLogger view : List.of(log().afterCommit(), log().afterRollback())) {
            for (boolean active : new boolean[] {true, false}) {
                transactions.active = active;
                assertRefused(view, Level.INFO);
                assertRefused(view, Level.DEBUG);
            }
        }
        transactions.end(Outcome.COMMITTED);
        assertThat(logged()).isEmpty();
    }

    private static void assertRefused(AsyncLogger view, Level level) {
        assertRefused(() -> view.logStored(level, "placed"));
        if (view.isEnabledForLevel(level)) {
            assertRefused(() -> view.atLevel(level).logStored("placed"));
        }
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("A record that is bound to a transaction is logged when that has ended, and"
                        + " cannot be waited for within: call logStored(...) on the logger itself");
    }

    private void logBoth() {
        log().afterCommit().info("placed {}", 1);
        log().afterRollback().info("not placed {}", 1);
        assertThat(log().afterCommit().infoAsync("placed {}", 2)).isNotCompletedExceptionally();
        assertThat(log().afterRollback().logAsync(Level.INFO, "not placed {}", 2))
                .isNotCompletedExceptionally();
        log().afterCommit().atInfo().addArgument(3).log("placed {}");
        log().afterCommit().error("placed {}", 4);
        log().afterCommit().debug("placed, in detail");
    }

    /** A transaction that the test ends by hand. */
    static final class OneTransaction implements TransactionBinding {
        private final Map<Object, Consumer<Outcome>> listeners = new LinkedHashMap<>();
        private boolean active = true;
        private @Nullable RuntimeException failure;

        @Override
        @SuppressWarnings("unchecked") // what is under a key was made for it
        public <L extends Consumer<Outcome>> @Nullable L bind(Object key, Supplier<L> factory) {
            if (failure != null) {
                throw failure;
            }
            return active ? (L) listeners.computeIfAbsent(key, any -> factory.get()) : null;
        }

        void end(Outcome outcome) {
            listeners.values().forEach(listener -> listener.accept(outcome));
        }
    }
}
