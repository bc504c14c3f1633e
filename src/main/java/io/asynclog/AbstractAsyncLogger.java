package io.asynclog;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;

/** Leads SLF4J's many methods to three. SLF4J's own base classes would allocate an array a call. */
abstract class AbstractAsyncLogger implements AsyncLogger {
    private final String name;

    AbstractAsyncLogger(String name) {
        this.name = name;
    }

    /** Returns whether the level is enabled for this logger. */
    abstract boolean isEnabled(Level level);

    /** Logs a template with the first {@code count} of four arguments, if the level is enabled. */
    abstract void log(
            Level level,
            @Nullable Marker marker,
            @Nullable String template,
            int count,
            @Nullable Object first,
            @Nullable Object second,
            @Nullable Object third,
            @Nullable Object fourth);

    /** Logs a template with any number of arguments, if the level is enabled. */
    abstract void log(
            Level level, @Nullable Marker marker, @Nullable String template, @Nullable Object @Nullable [] args);

    /** Logs a text, which is no template, with an exception, if the level is enabled. */
    abstract void log(Level level, @Nullable Marker marker, @Nullable String text, @Nullable Throwable exception);

    @Override
    public final String getName() {
        return name;
    }

    // ---- trace
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public final boolean isTraceEnabled() {
        return isEnabled(Level.TRACE);
    }

    @Override
    public final boolean isTraceEnabled(@Nullable Marker marker) {
        return isEnabled(Level.TRACE);
    }

    @Override
    public final void trace(@Nullable String text) {
        log(Level.TRACE, null, text, (Throwable) null);
    }

    @Override
    public final void trace(@Nullable String format, @Nullable Object argument) {
        log(Level.TRACE, null, format, 1, argument, null, null, null);
    }

    @Override
    public final void trace(@Nullable String format, @Nullable Object first, @Nullable Object second) {
        log(Level.TRACE, null, format, 2, first, second, null, null);
    }

    @Override
    public final void trace(
            @Nullable String format, @Nullable Object first, @Nullable Object second, @Nullable Object third) {
        log(Level.TRACE, null, format, 3, first, second, third, null);
    }

    @Override
    public final void trace(
            @Nullable String format,
            @Nullable Object first,
            @Nullable Object second,
            @Nullable Object third,
            @Nullable Object fourth) {
        log(Level.TRACE, null, format, 4, first, second, third, fourth);
    }

    @Override
    public final void trace(@Nullable String format, @Nullable Object @Nullable ... args) {
        log(Level.TRACE, null, format, args);
    }

    @Override
    public final void trace(@Nullable String text, @Nullable Throwable exception) {
        log(Level.TRACE, null, text, exception);
    }

    @Override
    public final void trace(@Nullable Marker marker, @Nullable String text) {
        log(Level.TRACE, marker, text, (Throwable) null);
    }

    @Override
    public final void trace(@Nullable Marker marker, @Nullable String format, @Nullable Object argument) {
        log(Level.TRACE, marker, format, 1, argument, null, null, null);
    }

    @Override
    public final void trace(
            @Nullable Marker marker, @Nullable String format, @Nullable Object first, @Nullable Object second) {
        log(Level.TRACE, marker, format, 2, first, second, null, null);
    }

    @Override
    public final void trace(@Nullable Marker marker, @Nullable String format, @Nullable Object @Nullable ... args) {
        log(Level.TRACE, marker, format, args);
    }

    @Override
    public final void trace(@Nullable Marker marker, @Nullable String text, @Nullable Throwable exception) {
        log(Level.TRACE, marker, text, exception);
    }

    // ---- debug
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public final boolean isDebugEnabled() {
        return isEnabled(Level.DEBUG);
    }

    @Override
    public final boolean isDebugEnabled(@Nullable Marker marker) {
        return isEnabled(Level.DEBUG);
    }

    @Override
    public final void debug(@Nullable String text) {
        log(Level.DEBUG, null, text, (Throwable) null);
    }

    @Override
    public final void debug(@Nullable String format, @Nullable Object argument) {
        log(Level.DEBUG, null, format, 1, argument, null, null, null);
    }

    @Override
    public final void debug(@Nullable String format, @Nullable Object first, @Nullable Object second) {
        log(Level.DEBUG, null, format, 2, first, second, null, null);
    }

    @Override
    public final void debug(
            @Nullable String format, @Nullable Object first, @Nullable Object second, @Nullable Object third) {
        log(Level.DEBUG, null, format, 3, first, second, third, null);
    }

    @Override
    public final void debug(
            @Nullable String format,
            @Nullable Object first,
            @Nullable Object second,
            @Nullable Object third,
            @Nullable Object fourth) {
        log(Level.DEBUG, null, format, 4, first, second, third, fourth);
    }

    @Override
    public final void debug(@Nullable String format, @Nullable Object @Nullable ... args) {
        log(Level.DEBUG, null, format, args);
    }

    @Override
    public final void debug(@Nullable String text, @Nullable Throwable exception) {
        log(Level.DEBUG, null, text, exception);
    }

    @Override
    public final void debug(@Nullable Marker marker, @Nullable String text) {
        log(Level.DEBUG, marker, text, (Throwable) null);
    }

    @Override
    public final void debug(@Nullable Marker marker, @Nullable String format, @Nullable Object argument) {
        log(Level.DEBUG, marker, format, 1, argument, null, null, null);
    }

    @Override
    public final void debug(
            @Nullable Marker marker, @Nullable String format, @Nullable Object first, @Nullable Object second) {
        log(Level.DEBUG, marker, format, 2, first, second, null, null);
    }

    @Override
    public final void debug(@Nullable Marker marker, @Nullable String format, @Nullable Object @Nullable ... args) {
        log(Level.DEBUG, marker, format, args);
    }

    @Override
    public final void debug(@Nullable Marker marker, @Nullable String text, @Nullable Throwable exception) {
        log(Level.DEBUG, marker, text, exception);
    }

    // ---- info
    // ----------------------------------------------------------------------------------------------------------

    @Override
    public final boolean isInfoEnabled() {
        return isEnabled(Level.INFO);
    }

    @Override
    public final boolean isInfoEnabled(@Nullable Marker marker) {
        return isEnabled(Level.INFO);
    }

    @Override
    public final void info(@Nullable String text) {
        log(Level.INFO, null, text, (Throwable) null);
    }

    @Override
    public final void info(@Nullable String format, @Nullable Object argument) {
        log(Level.INFO, null, format, 1, argument, null, null, null);
    }

    @Override
    public final void info(@Nullable String format, @Nullable Object first, @Nullable Object second) {
        log(Level.INFO, null, format, 2, first, second, null, null);
    }

    @Override
    public final void info(
            @Nullable String format, @Nullable Object first, @Nullable Object second, @Nullable Object third) {
        log(Level.INFO, null, format, 3, first, second, third, null);
    }

    @Override
    public final void info(
            @Nullable String format,
            @Nullable Object first,
            @Nullable Object second,
            @Nullable Object third,
            @Nullable Object fourth) {
        log(Level.INFO, null, format, 4, first, second, third, fourth);
    }

    @Override
    public final void info(@Nullable String format, @Nullable Object @Nullable ... args) {
        log(Level.INFO, null, format, args);
    }

    @Override
    public final void info(@Nullable String text, @Nullable Throwable exception) {
        log(Level.INFO, null, text, exception);
    }

    @Override
    public final void info(@Nullable Marker marker, @Nullable String text) {
        log(Level.INFO, marker, text, (Throwable) null);
    }

    @Override
    public final void info(@Nullable Marker marker, @Nullable String format, @Nullable Object argument) {
        log(Level.INFO, marker, format, 1, argument, null, null, null);
    }

    @Override
    public final void info(
            @Nullable Marker marker, @Nullable String format, @Nullable Object first, @Nullable Object second) {
        log(Level.INFO, marker, format, 2, first, second, null, null);
    }

    @Override
    public final void info(@Nullable Marker marker, @Nullable String format, @Nullable Object @Nullable ... args) {
        log(Level.INFO, marker, format, args);
    }

    @Override
    public final void info(@Nullable Marker marker, @Nullable String text, @Nullable Throwable exception) {
        log(Level.INFO, marker, text, exception);
    }

    // ---- warn
    // ----------------------------------------------------------------------------------------------------------

    @Override
    public final boolean isWarnEnabled() {
        return isEnabled(Level.WARN);
    }

    @Override
    public final boolean isWarnEnabled(@Nullable Marker marker) {
        return isEnabled(Level.WARN);
    }

    @Override
    public final void warn(@Nullable String text) {
        log(Level.WARN, null, text, (Throwable) null);
    }

    @Override
    public final void warn(@Nullable String format, @Nullable Object argument) {
        log(Level.WARN, null, format, 1, argument, null, null, null);
    }

    @Override
    public final void warn(@Nullable String format, @Nullable Object first, @Nullable Object second) {
        log(Level.WARN, null, format, 2, first, second, null, null);
    }

    @Override
    public final void warn(
            @Nullable String format, @Nullable Object first, @Nullable Object second, @Nullable Object third) {
        log(Level.WARN, null, format, 3, first, second, third, null);
    }

    @Override
    public final void warn(
            @Nullable String format,
            @Nullable Object first,
            @Nullable Object second,
            @Nullable Object third,
            @Nullable Object fourth) {
        log(Level.WARN, null, format, 4, first, second, third, fourth);
    }

    @Override
    public final void warn(@Nullable String format, @Nullable Object @Nullable ... args) {
        log(Level.WARN, null, format, args);
    }

    @Override
    public final void warn(@Nullable String text, @Nullable Throwable exception) {
        log(Level.WARN, null, text, exception);
    }

    @Override
    public final void warn(@Nullable Marker marker, @Nullable String text) {
        log(Level.WARN, marker, text, (Throwable) null);
    }

    @Override
    public final void warn(@Nullable Marker marker, @Nullable String format, @Nullable Object argument) {
        log(Level.WARN, marker, format, 1, argument, null, null, null);
    }

    @Override
    public final void warn(
            @Nullable Marker marker, @Nullable String format, @Nullable Object first, @Nullable Object second) {
        log(Level.WARN, marker, format, 2, first, second, null, null);
    }

    @Override
    public final void warn(@Nullable Marker marker, @Nullable String format, @Nullable Object @Nullable ... args) {
        log(Level.WARN, marker, format, args);
    }

    @Override
    public final void warn(@Nullable Marker marker, @Nullable String text, @Nullable Throwable exception) {
        log(Level.WARN, marker, text, exception);
    }

    // ---- error
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public final boolean isErrorEnabled() {
        return isEnabled(Level.ERROR);
    }

    @Override
    public final boolean isErrorEnabled(@Nullable Marker marker) {
        return isEnabled(Level.ERROR);
    }

    @Override
    public final void error(@Nullable String text) {
        log(Level.ERROR, null, text, (Throwable) null);
    }

    @Override
    public final void error(@Nullable String format, @Nullable Object argument) {
        log(Level.ERROR, null, format, 1, argument, null, null, null);
    }

    @Override
    public final void error(@Nullable String format, @Nullable Object first, @Nullable Object second) {
        log(Level.ERROR, null, format, 2, first, second, null, null);
    }

    @Override
    public final void error(
            @Nullable String format, @Nullable Object first, @Nullable Object second, @Nullable Object third) {
        log(Level.ERROR, null, format, 3, first, second, third, null);
    }

    @Override
    public final void error(
            @Nullable String format,
            @Nullable Object first,
            @Nullable Object second,
            @Nullable Object third,
            @Nullable Object fourth) {
        log(Level.ERROR, null, format, 4, first, second, third, fourth);
    }

    @Override
    public final void error(@Nullable String format, @Nullable Object @Nullable ... args) {
        log(Level.ERROR, null, format, args);
    }

    @Override
    public final void error(@Nullable String text, @Nullable Throwable exception) {
        log(Level.ERROR, null, text, exception);
    }

    @Override
    public final void error(@Nullable Marker marker, @Nullable String text) {
        log(Level.ERROR, marker, text, (Throwable) null);
    }

    @Override
    public final void error(@Nullable Marker marker, @Nullable String format, @Nullable Object argument) {
        log(Level.ERROR, marker, format, 1, argument, null, null, null);
    }

    @Override
    public final void error(
            @Nullable Marker marker, @Nullable String format, @Nullable Object first, @Nullable Object second) {
        log(Level.ERROR, marker, format, 2, first, second, null, null);
    }

    @Override
    public final void error(@Nullable Marker marker, @Nullable String format, @Nullable Object @Nullable ... args) {
        log(Level.ERROR, marker, format, args);
    }

    @Override
    public final void error(@Nullable Marker marker, @Nullable String text, @Nullable Throwable exception) {
        log(Level.ERROR, marker, text, exception);
    }
}
