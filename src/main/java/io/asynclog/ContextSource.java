package io.asynclog;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.spi.MDCAdapter;

/**
 * Where the {@linkplain LogRecord#context() context} of a record comes from: the MDC, as a rule. The Spring Boot
 * starter has one for Logback's; a bean of this type takes its place.
 *
 * <p>Called by any number of threads, within log calls: it must neither block nor log through asynclog.
 */
@FunctionalInterface
public interface ContextSource {
    /**
     * Returns the entries of the calling thread, or null for none. The engine reads them at once, and does not modify
     * them; entries whose value is null are left out. When this throws, or the map a {@link RuntimeException}, the
     * record goes with those read so far, and the error handler hears of the first time; an error of the virtual
     * machine, and any of the map, ends the log call.
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
