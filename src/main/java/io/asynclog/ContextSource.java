package io.asynclog;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.spi.MDCAdapter;

/**
 * Where the {@linkplain LogRecord#context() context} of a record comes from: the MDC, as a rule. The Spring Boot
 * starter has one for Logback's; a bean of this type takes its place.
 *
 * <p>An {@link org.slf4j.event.LoggingEvent} that is one brings its own: its record has that context, and not the
 * engine's, with {@link AsyncLogger#log(org.slf4j.event.LoggingEvent)}, {@code logAsync} and {@code logStored}.
 *
 * <p>Called by any number of threads, within log calls: it must neither block nor log through asynclog.
 */
@FunctionalInterface
public interface ContextSource {
    /**
     * Returns the entries of the calling thread, or null when there are none. The engine reads them before the log call
     * returns, and does not modify them. Entries whose value is null are left out.
     *
     * <p>When this method throws, the record is logged without a context. When the map throws a
     * {@link RuntimeException} while it is read, the record is logged with the entries that were read before. The error
     * handler is told the first time only. There are two exceptions: a {@link VirtualMachineError} of this method, and
     * any {@link Error} of the map, are thrown by the log call.
     */
    @Nullable
    Map<String, String> current();

    /** Returns SLF4J's MDC, of which there is only a copy: a map for each call while it has entries. */
    static ContextSource copyOfMdc() {
        return () -> {
            MDCAdapter mdc = MDC.getMDCAdapter();
            return mdc == null ? null : mdc.getCopyOfContextMap();
        };
    }
}
