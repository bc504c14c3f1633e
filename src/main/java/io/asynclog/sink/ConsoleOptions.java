package io.asynclog.sink;

import io.asynclog.InvalidOptionException;
import io.asynclog.layout.Layout;
import io.asynclog.layout.PatternLayout;
import io.asynclog.layout.ServiceInfo;
import java.util.Objects;

/**
 * Options of the {@link ConsoleSink}. Immutable.
 *
 * @param format in which form records are written
 * @param pattern the form of a line, in the words of {@link PatternLayout}
 * @param colors whether {@code %clr} colours
 * @param service what the service says of itself in lines of {@link LineFormat#ECS}
 */
public record ConsoleOptions(LineFormat format, String pattern, ColorMode colors, ServiceInfo service) {
    private static final ConsoleOptions DEFAULTS = new ConsoleOptions(
            LineFormat.PATTERN, PatternLayout.consolePattern(""), ColorMode.DETECT, ServiceInfo.NONE);

    /** Whether the console shows colours. */
    public enum ColorMode {
        /** Always, even into a file. */
        ALWAYS,
        /** Never. */
        NEVER,
        /** When standard output is a terminal that shows them, and {@code NO_COLOR} is not set. */
        DETECT
    }

    /**
     * Creates options.
     *
     * @throws InvalidOptionException when the pattern has a fault
     */
    public ConsoleOptions {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(colors, "colors");
        Objects.requireNonNull(service, "service");
        checkPattern(pattern);
    }

    /** Returns the defaults: lines like those of Spring Boot, coloured on a terminal. */
    public static ConsoleOptions defaults() {
        return DEFAULTS;
    }

    /** Returns a copy with another format. */
    public ConsoleOptions withFormat(LineFormat value) {
        return new ConsoleOptions(value, pattern, colors, service);
    }

    /** Returns a copy with another pattern. */
    public ConsoleOptions withPattern(String value) {
        return new ConsoleOptions(format, value, colors, service);
    }

    /** Returns a copy with another choice about colours. */
    public ConsoleOptions withColors(ColorMode value) {
        return new ConsoleOptions(format, pattern, value, service);
    }

    /** Returns a copy for another service. */
    public ConsoleOptions withService(ServiceInfo value) {
        return new ConsoleOptions(format, pattern, colors, value);
    }

    /** Returns a layout of its own for each sink. */
    Layout layout(boolean colored) {
        return format.layout("console.pattern", pattern, colored, service);
    }

    private static void checkPattern(String pattern) {
        new PatternLayout("console.pattern", pattern, false);
    }
}
