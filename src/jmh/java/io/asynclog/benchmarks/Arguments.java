package io.asynclog.benchmarks;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Arguments of a benchmark, of the form {@code key=value}, in any order; each has a default. These are common to all:
 *
 * <ul>
 *   <li>{@code rounds=3}
 *   <li>{@code folder=}, for the files that are written: that for temporary files
 *   <li>{@code buffer=}, for buffers in mapped files: the same one
 *   <li>{@code results=target/benchmarks/results}, where files for {@link Charts} are left
 * </ul>
 */
final class Arguments {
    private static final List<String> COMMON = List.of("rounds", "folder", "buffer", "results");

    private final Map<String, String> values = new HashMap<>();

    /** Reads arguments; a key that is neither given nor common is refused, for a slip would measure something else. */
    Arguments(String[] args, String... keys) {
        List<String> all = Stream.concat(COMMON.stream(), Stream.of(keys)).toList();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (equals < 0 || !all.contains(arg.substring(0, equals))) {
                throw new IllegalArgumentException(
                        "'" + arg + "' is none of " + String.join("=, ", all) + "=; for example rounds=3");
            }
            values.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
    }

    int rounds() {
        return number("rounds", 3);
    }

    Path folder() {
        return folder("folder", Path.of(System.getProperty("java.io.tmpdir")));
    }

    Path buffer() {
        return folder("buffer", folder());
    }

    Path results() {
        return folder("results", Results.FOLDER);
    }

    /** Returns the subjects of the argument with that name. */
    List<Setup> subjects(String byDefault) {
        return list("subjects", byDefault).stream().map(Subjects::named).toList();
    }

    int number(String key, int byDefault) {
        String value = values.get(key);
        return value == null ? byDefault : Integer.parseInt(value);
    }

    double decimal(String key, double byDefault) {
        String value = values.get(key);
        return value == null ? byDefault : Double.parseDouble(value);
    }

    List<String> list(String key, String byDefault) {
        return List.of(values.getOrDefault(key, byDefault).split(",", -1));
    }

    Path folder(String key, Path byDefault) {
        String value = values.get(key);
        return value == null ? byDefault : Path.of(value);
    }
}
