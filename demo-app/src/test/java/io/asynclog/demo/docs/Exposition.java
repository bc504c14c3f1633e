package io.asynclog.demo.docs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an application exposes to Prometheus, in its text format. */
final class Exposition {
    /** Labels that Prometheus adds to whatever it scrapes. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("job", "instance");

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"([^\"]*)\",?");

    private final Map<String, List<Map<String, String>>> series = new HashMap<>();

    Exposition(String text) {
        text.lines().filter(line -> !line.startsWith("#")).forEach(this::add);
    }

    private void add(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new IllegalArgumentException("No sample: " + line);
        }
        Map<String, String> labels = new HashMap<>();
        if (sample.group(2) != null) {
            for (Matcher label = LABEL.matcher(sample.group(2)); label.find(); ) {
                labels.put(label.group(1), label.group(2));
            }
        }
        series.computeIfAbsent(sample.group(1), name -> new ArrayList<>()).add(labels);
    }

    Set<String> metrics() {
        return series.keySet();
    }

    /** Returns the labels that a metric has when it was scraped. */
    Set<String> labels(String metric) {
        Set<String> labels = new TreeSet<>(OF_THE_SCRAPE);
        series.getOrDefault(metric, List.of()).forEach(one -> labels.addAll(one.keySet()));
        return labels;
    }

    /** Returns whether a metric has a series of which a label has a value. */
    boolean has(String metric, String label, String value) {
        return series.getOrDefault(metric, List.of()).stream().anyMatch(one -> value.equals(one.get(label)));
    }
}
