package io.asynclog.autoconfigure.logback;

import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.asynclog.ContextSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.spi.MDCAdapter;

/** Logback's MDC, without a copy for each call: a map that Logback makes anew when the thread changes its MDC. */
final class LogbackContextSource implements ContextSource {
    @Override
    public @Nullable Map<String, String> current() {
        return of(MDC.getMDCAdapter());
    }

    /** Returns the entries of an adapter, which is another one while SLF4J starts, or where Logback is not bound. */
    static @Nullable Map<String, String> of(@Nullable MDCAdapter mdc) {
        if (mdc instanceof LogbackMDCAdapter logback) {
            return logback.getPropertyMap();
        }
        return mdc == null ? null : mdc.getCopyOfContextMap();
    }
}
