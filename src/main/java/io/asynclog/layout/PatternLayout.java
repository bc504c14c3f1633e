package io.asynclog.layout;

import io.asynclog.InvalidOptionException;
import io.asynclog.LogRecord;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as lines of text by a pattern with the words of Logback:
 *
 * <table>
 * <caption>The words</caption>
 * <tr><td>{@code %d}, {@code %date}<td>time; {@code %d{format, zone, locale}} with a format of
 *     {@link java.time.format.DateTimeFormatter}, {@code ISO8601} (the default) or {@code STRICT}
 * <tr><td>{@code %level}, {@code %le}, {@code %p}<td>level
 * <tr><td>{@code %thread}, {@code %t}<td>name of the thread
 * <tr><td>{@code %logger}, {@code %lo}, {@code %c}<td>name of the logger; {@code %c{n}} abbreviates packages until it has n
 *     characters, {@code %c{0}} leaves the last segment
 * <tr><td>{@code %msg}, {@code %m}, {@code %message}<td>message
 * <tr><td>{@code %kvp}<td>key-values as {@code a="1" b="2"}; {@code %kvp{SINGLE}} and {@code %kvp{NONE}} quote otherwise
 * <tr><td>{@code %X}, {@code %mdc}<td>MDC as {@code a=1, b=2}; {@code %X{key}} one value, {@code %X{key:-default}}
 * <tr><td>{@code %correlationId}<td>the MDC's {@code traceId} and {@code spanId} in brackets, padded with blanks,
 *     and a blank, as in Spring Boot; {@code %correlationId{key(length),...}} other ids
 * <tr><td>{@code %marker}<td>markers
 * <tr><td>{@code %ex}, {@code %exception}, {@code %throwable}<td>stack trace, ended by a line break; {@code %wEx} with an
 *     empty line before and after it, as in Spring Boot. A pattern without any of these has {@code %ex} at its end, unless it
 *     has {@code %nopex}
 * <tr><td>{@code %pid}<td>number of the process
 * <tr><td>{@code %n}<td>line break
 * <tr><td>{@code %clr(...){colour}}<td>a part in colours, without options in the colour of the level
 * <tr><td>{@code %(...)}<td>a group, for a common width
 * </table>
 *
 * <p>After the percent sign goes a width: {@code %20c} pads on the left, {@code %-20c} on the right, {@code %.30c} cuts
 * the beginning off, {@code %.-30c} the end. It counts characters (Unicode code points). A backslash escapes the
 * characters {@code % ( ) { } \} and stands for a tab, a line feed or a carriage return in {@code \t}, {@code \n},
 * {@code \r}; {@code \_} prints nothing and ends a word; {@code %%} prints a percent sign.
 *
 * <p><b>No forged lines.</b> Control characters (below 0x20, 0x7f to 0x9f), the separators U+2028 and U+2029, and what
 * turns the direction of text (U+202A to U+202E, U+2066 to U+2069) are escaped in arguments of the message, key-values,
 * MDC, markers and the names of threads and loggers: as {@code \n}, {@code \r} and {@code \t}, the others as
 * {@code \}{@code u0000}. Line breaks of the message's template stay. A stack trace keeps its lines, but as the message
 * of an exception may hold a user's input, each line after the first begins with a tab or {@code Caused by: }, where
 * need be by a tab that is added: no line of it can pass for the first line of a record, unless the pattern itself
 * begins like that. The first line begins with the name of the exception's class; an exception that overrides
 * {@code toString} to begin with foreign text gives that away.
 *
 * <p>Keeps caches: to be used by one thread at a time.
 */
public final class PatternLayout implements Layout {
    // The first parts are called each from a place of its own. There the JVM sees one class as a rule, and takes the
    // call in; in a loop over all parts it sees several, and looks up the method for each of them: 7 of 50 ns.
    private final Part first;
    private final Part second;
    private final Part third;
    private final Part fourth;
    private final Part[] others;

    /**
     * Compiles a pattern.
     *
     * @param option the option the pattern comes from, for the message of the exception, such as
     *     {@code console.pattern}
     * @param pattern the pattern
     * @param colored whether {@code %clr} colours; if not, its text comes plain
     * @throws InvalidOptionException when the pattern has a fault; the message tells at which character
     */
    public PatternLayout(String option, String pattern, boolean colored) {
        if (pattern.isEmpty()) {
            throw new InvalidOptionException(
                    option,
                    pattern,
                    "A pattern needs at least one word.",
                    "Write at least %m%n, or leave the default.");
        }
        Part[] parts = new PatternParser(new PatternText(option, pattern), colored).parse();
        first = part(parts, 0);
        second = part(parts, 1);
        third = part(parts, 2);
        fourth = part(parts, 3);
        others = Arrays.copyOfRange(parts, Math.min(4, parts.length), parts.length);
    }

    private static Part part(Part[] parts, int index) {
        return index < parts.length ? parts[index] : (record, out) -> {};
    }

    /**
     * Returns the pattern of Spring Boot's own console lines.
     *
     * @param correlation a pattern of its own between thread and logger, such as {@code "%correlationId"}, or an empty
     *     text
     * @param names of the application and its group, each shown in brackets before the thread unless null or empty
     */
    public static String consolePattern(String correlation, @Nullable String... names) {
        return "%clr(%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX}){faint} %clr(%5p) %clr(%pid){magenta} %clr(--- "
                + bracketed(names)
                + "[%15.15t] "
                + correlation
                + "){faint}%clr(%-40.40logger{39}){cyan} %clr(:){faint} %m%n%wEx";
    }

    /**
     * Returns the pattern of the lines of Spring Boot's own log file, where names of threads are not cut.
     *
     * @param correlation as in {@link #consolePattern}
     * @param names as in {@link #consolePattern}
     */
    public static String filePattern(String correlation, @Nullable String... names) {
        return "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %5p %pid --- "
                + bracketed(names)
                + "[%t] "
                + correlation
                + "%-40.40logger{39} : %m%n%wEx";
    }

    private static String bracketed(@Nullable String... names) {
        StringBuilder bracketed = new StringBuilder();
        for (String name : names) {
            if (name != null && !name.isEmpty()) {
                bracketed.append('[').append(escape(name)).append("] ");
            }
        }
        return bracketed.toString();
    }

    /** Returns a text in a form that prints it as it is when put into a pattern, other than directly after a word. */
    public static String escape(String literal) {
        StringBuilder escaped = new StringBuilder(literal.length() + 8);
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if ("\\%(){}".indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    @Override
    public void append(LogRecord record, ByteOutput out) {
        first.append(record, out);
        second.append(record, out);
        third.append(record, out);
        fourth.append(record, out);
        for (Part part : others) {
            part.append(record, out);
        }
    }
}
