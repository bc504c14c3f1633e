package io.asynclog.autoconfigure;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.CallerBoundaryAware;
import org.slf4j.spi.LoggingEventBuilder;

/** What a call of SLF4J's fluent API has collected, for a logger of another logging system. */
final class EventCopy {
    private EventCopy() {}

    /** Returns the event as it is, with what that system makes of templates, values and the caller's place. */
    static LoggingEventBuilder asItIs(LoggingEvent event, Logger target) {
        LoggingEventBuilder copy = withAttachments(event, target, value -> value)
                .setMessage(event.getMessage())
                .setCause(event.getThrowable());
        @Nullable Object[] arguments = event.getArgumentArray();
        if (arguments != null) {
            for (Object argument : arguments) {
                copy = copy.addArgument(argument);
            }
        }
        if (copy instanceof CallerBoundaryAware aware && event.getCallerBoundary() != null) {
            aware.setCallerBoundary(event.getCallerBoundary());
        }
        return copy;
    }

    /** Returns the event with the texts that message and values have now. */
    static LoggingEventBuilder rendered(LoggingEvent event, Logger target) {
        FormattingTuple text = event.getThrowable() == null
                ? MessageFormatter.arrayFormat(event.getMessage(), event.getArgumentArray())
                : MessageFormatter.arrayFormat(event.getMessage(), event.getArgumentArray(), event.getThrowable());
        return withAttachments(event, target, EventCopy::text)
                .setMessage(text.getMessage())
                .setCause(text.getThrowable());
    }

    /** As with an engine, a value that fails in its {@code toString} harms no more than its own text. */
    private static String text(@Nullable Object value) {
        try {
            return String.valueOf(value);
        } catch (Throwable failure) {
            return "[FAILED toString()]";
        }
    }

    private static LoggingEventBuilder withAttachments(
            LoggingEvent event, Logger target, UnaryOperator<@Nullable Object> value) {
        LoggingEventBuilder copy = target.makeLoggingEventBuilder(event.getLevel());
        List<Marker> markers = event.getMarkers();
        if (markers != null) {
            for (Marker marker : markers) {
                copy = copy.addMarker(marker);
            }
        }
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                copy = copy.addKeyValue(pair.key, value.apply(pair.value));
            }
        }
        return copy;
    }
}
