package io.asynclog.autoconfigure;

import io.asynclog.LogReceipt;
import io.asynclog.TransactionBinding.Outcome;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.MDC;
import org.slf4j.event.LoggingEvent;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A log call that waits for the end of a transaction where there is no engine. Message, values and MDC are those of the
 * call; the time is that of the end, as SLF4J has no way to hand on another.
 */
final class TransactionalCall {
    private final Logger target;
    private final Outcome wanted;
    private final LoggingEventBuilder event;
    private final @Nullable Map<String, String> context = MDC.getCopyOfContextMap();
    private final CompletableFuture<LogReceipt> receipt = new CompletableFuture<>();

    TransactionalCall(Logger target, LoggingEvent event, Outcome wanted) {
        this.target = target;
        this.wanted = wanted;
        this.event = EventCopy.rendered(event, target);
    }

    /** Returns where the record is logged, and what there is to tell of its transaction. */
    Logger target() {
        return target;
    }

    /** Returns the future of whoever waits for the record. */
    CompletableFuture<LogReceipt> receipt() {
        return receipt;
    }

    /**
     * Logs the record if the transaction has ended as it should. Fails the future with whatever is thrown. What hangs
     * on the future runs on the calling thread: without an engine there is no other.
     */
    void settle(Outcome ended) {
        if (ended == wanted) {
            try {
                log();
            } catch (Throwable failure) {
                receipt.completeExceptionally(failure);
                throw failure;
            }
            receipt.complete(LogReceipt.PASSED_ON);
        } else if (ended == Outcome.UNKNOWN) {
            withhold();
        } else {
            receipt.complete(LogReceipt.DISCARDED);
        }
    }

    /** Logs nothing, for nobody can tell how the transaction ends. */
    void withhold() {
        receipt.completeExceptionally(new IllegalStateException(
                "The record was withheld: the outcome of the transaction that it was bound to is unknown"));
    }

    private void log() {
        Map<String, String> current = MDC.getCopyOfContextMap();
        setContext(context);
        try {
            event.log();
        } finally {
            setContext(current);
        }
    }

    private static void setContext(@Nullable Map<String, String> values) {
        if (values == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(values);
        }
    }
}
