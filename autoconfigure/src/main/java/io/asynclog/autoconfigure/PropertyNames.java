package io.asynclog.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** The names of all properties, read off {@link AsyncLogProperties}, to suggest one for a name that does not exist. */
final class PropertyNames {
    private static final String SINKS = AsyncLogProperties.PREFIX + ".sinks.";
    private static final Pattern SINK = Pattern.compile("(asynclog\\.sinks\\.(?:\\[[^]]*]|[^.]+)\\.)(.+)");
    private static final Pattern CAPITAL = Pattern.compile("([A-Z])");
    /** A name that differs in more than this share of its characters was not meant. */
    private static final double MAX_DIFFERENCE = 0.4;

    private PropertyNames() {}

    /** Returns the property whose name is most like a name, or null when there is none that is like it. */
    static @Nullable String closestTo(String name) {
        Matcher sink = SINK.matcher(name);
        if (sink.matches()) {
            String inBrackets = withSinkInBrackets(name);
            if (inBrackets != null) {
                return inBrackets;
            }
            String closest = closest(sink.group(2), ofSink());
            return closest == null ? null : sink.group(1) + closest;
        }
        // What all names begin with would make any two short ones alike.
        String prefix = AsyncLogProperties.PREFIX + ".";
        String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
        String closest = closest(rest, of(AsyncLogProperties.class, ""));
        return closest == null ? null : prefix + closest;
    }

    /** Returns an option of a sink whose name has dots, and therefore needs brackets, or null when it is none. */
    private static @Nullable String withSinkInBrackets(String name) {
        String rest = name.substring(SINKS.length());
        return ofSink().stream()
                .filter(option -> !rest.startsWith("[") && rest.endsWith("." + option))
                .map(option -> SINKS + "[" + rest.substring(0, rest.length() - option.length() - 1) + "]." + option)
                .findFirst()
                .orElse(null);
    }

    /** Returns whether there is a property of a name. */
    static boolean contains(String name) {
        Matcher sink = SINK.matcher(name);
        return sink.matches() ? ofSink().contains(sink.group(2)) : all().contains(name);
    }

    /** Returns all names but those below {@code asynclog.sinks}. */
    static List<String> all() {
        return of(AsyncLogProperties.class, AsyncLogProperties.PREFIX + ".");
    }

    /** Returns the names of the lists among these, of which each element may be set alone. */
    static List<String> lists() {
        return of(AsyncLogProperties.class, AsyncLogProperties.PREFIX + ".", Collection.class::isAssignableFrom);
    }

    /** Returns the names of the options of a sink, without what comes before them. */
    static List<String> ofSink() {
        return of(AsyncLogProperties.Sink.class, "");
    }

    private static @Nullable String closest(String name, List<String> candidates) {
        String best = null;
        double bestDifference = MAX_DIFFERENCE;
        String last = lastElement(name);
        for (String candidate : candidates) {
            // The last element alone finds 'asynclog.buffer.max-wait' as well, which is
            // 'asynclog.buffer.overflow.max-wait'.
            double difference =
                    Math.min(difference(name, candidate), 0.5 * difference(last, lastElement(candidate)) + 0.1);
            if (difference < bestDifference) {
                best = candidate;
                bestDifference = difference;
            }
        }
        return best;
    }

    private static String lastElement(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static List<String> of(Class<?> type, String prefix) {
        return of(type, prefix, value -> value != Map.class);
    }

    private static List<String> of(Class<?> type, String prefix, Predicate<Class<?>> wanted) {
        List<String> names = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + dashed(component.getName());
            if (component.getType().isRecord()) {
                names.addAll(of(component.getType(), name + ".", wanted));
            } else if (wanted.test(component.getType())) {
                names.add(name);
            }
        }
        return names;
    }

    /** A native image has the components of a record where their accessors may be called, and else throws. */
    static final class Hints implements RuntimeHintsRegistrar {
        @Override
        public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
            new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), AsyncLogProperties.class);
        }
    }

    /** Returns the name that a component has as a property. */
    static String dashed(String name) {
        return CAPITAL.matcher(name).replaceAll("-$1").toLowerCase(Locale.ROOT);
    }

    /** Returns the edit distance of two names, as a share of the longer one's length. */
    private static double difference(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return (double) row[other.length()] / Math.max(1, Math.max(one.length(), other.length()));
    }
}
