package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What benchmarks have measured, in the form of the file that {@link Charts} describes. Not safe for several threads.
 */
final class Results {
    /** Where a benchmark leaves its results unless told otherwise; those that are kept lie in {@code docs/results}. */
    static final Path FOLDER = Path.of("target", "benchmarks", "results");

    private static final String HEADER = "chart,series,x,y,low,high";
    private static final String CHART = "#chart,";
    private static final String MACHINE = "#machine,";

    private final String machine;
    private final Map<String, Chart> charts = new LinkedHashMap<>();

    /** Prepares for what this machine measures. */
    Results() {
        this(Machine.description().replace(", ", " / "));
    }

    private Results(String machine) {
        this.machine = machine;
    }

    /** Returns what measured. */
    String machine() {
        return machine;
    }

    /** Returns the charts in the order in which they were added. */
    List<Chart> charts() {
        return List.copyOf(charts.values());
    }

    /** Returns the chart of that name, to which points can be added; it is made if there is none. */
    Chart chart(String name, String title, String xLabel, String yLabel) {
        return charts.computeIfAbsent(name, key -> new Chart(key, title, xLabel, yLabel, new ArrayList<>()));
    }

    /** Writes a file; its folder is created, an older file of that name replaced. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(MACHINE + machine);
        charts.values().forEach(chart -> lines.add(CHART + chart.declaration()));
        lines.add(HEADER);
        charts.values().forEach(chart -> chart.points.forEach(point -> lines.add(chart.name + "," + point.row())));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
    }

    static Results read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        Results results = new Results(lines.stream()
                .filter(line -> line.startsWith(MACHINE))
                .map(line -> line.substring(MACHINE.length()))
                .findFirst()
                .orElse(""));
        for (String line : lines) {
            String[] fields = line.split(",", -1);
            if (line.startsWith(CHART)) {
                Chart ignored = results.chart(fields[1], fields[2], fields[3], fields[4]);
            } else if (!line.startsWith("#") && !line.equals(HEADER)) {
                Objects.requireNonNull(results.charts.get(fields[0]), line)
                        .points
                        .add(Point.of(fields));
            }
        }
        return results;
    }

    /** A chart and its points, in the order in which they are drawn. */
    record Chart(String name, String title, String xLabel, String yLabel, List<Point> points) {
        /** Adds the median and the spread of some rounds. */
        void add(String series, Object x, Spread y) {
            points.add(new Point(series, x.toString(), y.median(), y.smallest(), y.largest()));
        }

        private String declaration() {
            return String.join(",", name, title, xLabel, yLabel);
        }
    }

    /** One value. */
    record Point(String series, String x, double y, double low, double high) {
        private static Point of(String[] fields) {
            return new Point(
                    fields[1],
                    fields[2],
                    Double.parseDouble(fields[3]),
                    Double.parseDouble(fields[4]),
                    Double.parseDouble(fields[5]));
        }

        private String row() {
            return String.format(Locale.ROOT, "%s,%s,%.4g,%.4g,%.4g", series, x, y, low, high);
        }
    }
}
