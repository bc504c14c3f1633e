package io.asynclog.consumer;

import io.asynclog.ErrorHandler;
import io.asynclog.FlushListener;
import java.util.List;
import java.util.function.Consumer;

/** Tells the listeners of the flushes of one sink, and keeps from it whatever they throw. Used by the sink's thread. */
final class FlushListeners {
    private final String sink;
    private final List<FlushListener> listeners;
    private final ErrorHandler errors;

    /** Whether the latest flush was one that a listener failed to hear of: a failure is reported when it begins. */
    private boolean failing;

    FlushListeners(String sink, List<FlushListener> listeners, ErrorHandler errors) {
        this.sink = sink;
        this.listeners = listeners;
        this.errors = errors;
    }

    void flushed(long flushNanos, long deliveryNanos) {
        tell(listener -> listener.flushed(sink, flushNanos, deliveryNanos));
    }

    void flushFailed(long flushNanos) {
        tell(listener -> listener.flushFailed(sink, flushNanos));
    }

    private void tell(Consumer<FlushListener> event) {
        Throwable failure = null;
        for (FlushListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Throwable thrown) {
                failure = thrown;
            }
        }
        if (failure != null && !failing) {
            errors.report("A listener failed to hear of the flushes of sink '" + sink + "'", failure);
        }
        failing = failure != null;
    }
}
