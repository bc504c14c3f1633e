package io.asynclog.autoconfigure;

import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.spi.MDCAdapter;

/**
 * The MDC of the thread that logs, without a copy: Logback shows it as a map that it replaces when the thread changes
 * its MDC. Only to be used where Logback is on the class path, be it not the implementation that is bound.
 */
final class LogbackContext {
    private LogbackContext() {}

    /** Returns the entries, null for none. */
    static @Nullable Map<String, String> current() {
        MDCAdapter mdc = MDC.getMDCAdapter();
        if (mdc instanceof LogbackMDCAdapter logback) {
            return logback.getPropertyMap();
        }
        return mdc == null ? null : mdc.getCopyOfContextMap();
    }
}
