package io.asynclog.autoconfigure;

import io.asynclog.TransactionBinding.Outcome;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.MDC;
import org.slf4j.event.LoggingEvent;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A log call that waits for the end of a transaction where there is no engine. Message, values and MDC are those of the
 * call; the time is that of the end, as SLF4J has no way to hand on another.
 */
final class TransactionalCall implements Consumer<Outcome> {
    private final Logger target;
    private final Outcome wanted;
    private final LoggingEventBuilder event;
    private final @Nullable Map<String, String> context = MDC.getCopyOfContextMap();

    TransactionalCall(Logger target, LoggingEvent event, Outcome wanted) {
        this.target = target;
        this.wanted = wanted;
        this.event = EventCopy.rendered(event, target);
    }

    @Override
    public void accept(Outcome ended) {
        if (ended == wanted) {
            log();
        } else if (ended == Outcome.UNKNOWN) {
            target.warn("The outcome of a transaction is unknown; a record that was bound to it is withheld");
        }
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
