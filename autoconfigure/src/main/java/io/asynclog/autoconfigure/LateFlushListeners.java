package io.asynclog.autoconfigure;

import io.asynclog.FlushListener;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationNotAllowedException;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The application's listeners, looked up at the first flush: one may need a logger, and so the engine that is just
 * being made.
 */
final class LateFlushListeners implements FlushListener {
    private final ObjectProvider<FlushListener> beans;
    private volatile @Nullable List<FlushListener> found;

    LateFlushListeners(ObjectProvider<FlushListener> beans) {
        this.beans = beans;
    }

    @Override
    public void flushed(String sink, long flushNanos, long deliveryNanos) {
        tell(listeners().iterator(), listener -> listener.flushed(sink, flushNanos, deliveryNanos));
    }

    @Override
    public void flushFailed(String sink, long flushNanos) {
        tell(listeners().iterator(), listener -> listener.flushFailed(sink, flushNanos));
    }

    /** Tells all of them, whatever one throws. */
    private static void tell(Iterator<FlushListener> listeners, Consumer<FlushListener> event) {
        if (listeners.hasNext()) {
            try {
                event.accept(listeners.next());
            } finally {
                tell(listeners, event);
            }
        }
    }

    private List<FlushListener> listeners() {
        List<FlushListener> listeners = found;
        if (listeners == null) {
            try {
                listeners = beans.orderedStream().toList();
            } catch (BeanCreationNotAllowedException failedStart) {
                return List.of(); // the last flush of a context that goes before they were made
            }
            found = listeners;
        }
        return listeners;
    }
}
