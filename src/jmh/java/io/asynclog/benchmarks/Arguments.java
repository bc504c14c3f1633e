package io.asynclog.benchmarks;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Arguments of a benchmark, of the form {@code key=value}, in any order; each has a default. */
final class Arguments {
    private final Map<String, String> values = new HashMap<>();

    /** Reads arguments; a key that is not among those given is refused, for a slip would measure something else. */
    Arguments(String[] args, String... keys) {
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (equals < 0 || !List.of(keys).contains(arg.substring(0, equals))) {
                throw new IllegalArgumentException(
                        "'" + arg + "' is none of " + String.join("=, ", keys) + "=; for example " + keys[0] + "=3");
            }
            values.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
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

    /** Returns a folder: that for temporary files if not given. */
    Path folder(String key) {
        return folder(key, Path.of(System.getProperty("java.io.tmpdir")));
    }

    Path folder(String key, Path byDefault) {
        String value = values.get(key);
        return value == null ? byDefault : Path.of(value);
    }
}
