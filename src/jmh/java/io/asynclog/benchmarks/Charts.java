package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Draws the charts of recorded results: one SVG file for each chart of each {@code *.csv} file, in a folder below that
 * of the images as the results lie below theirs: {@code java-17/throughput.svg} comes from
 * {@code java-17/throughput.csv}.
 *
 * <p>A result file is written by {@link Results} and looks like this:
 *
 * <pre>{@code
 * #machine,Java 25.0.3 / amd64 / 2 processors
 * #chart,throughput,End to end into a file,producers,million records a second
 * chart,series,x,y,low,high
 * throughput,asynclog-memory,1,8.8,8.1,9.0
 * throughput,asynclog-memory,2,6.3,6.1,6.4
 * throughput,log4j2-best,1,3.9,3.8,4.2
 * }</pre>
 *
 * <ul>
 *   <li>A {@code #chart} line says a chart's name, which is that of its SVG file, its title, and what its axes show. It
 *       stands before the first value of the chart. {@code #machine} is written below the title. Every other line that
 *       begins with {@code #} is a remark.
 *   <li>{@code y} is the median, {@code low} and {@code high} the smallest and the largest of the rounds, drawn as
 *       whiskers.
 *   <li>{@code x} is a number or a name. The values of {@code x} are drawn evenly spaced, in the order in which they
 *       come in the file: numbers from left to right and joined by lines, names from top to bottom and not joined.
 *   <li>The axis of {@code y} begins at zero; when the largest value is more than a hundred times the smallest, it is
 *       logarithmic.
 *   <li>No field has a comma. A file may hold several charts, and a chart any number of series.
 * </ul>
 *
 * <p>Arguments, with their defaults: {@code results=docs/results}, {@code images=docs/images}.
 */
public final class Charts {
    private Charts() {}

    /** Draws. */
    public static void main(String[] args) throws IOException {
        Arguments arguments = new Arguments(args, "results", "images");
        draw(
                arguments.folder("results", Path.of("docs", "results")),
                arguments.folder("images", Path.of("docs", "images")),
                System.out);
    }

    static void draw(Path results, Path images, PrintStream out) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(results)) {
            files = all.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            Path folder = images.resolve(results.relativize(file.resolveSibling("")));
            Files.createDirectories(folder);
            Results read = Results.read(file);
            for (Results.Chart chart : read.charts()) {
                Path image = folder.resolve(chart.name() + ".svg");
                ChartImage.of(chart, read.machine()).write(image);
                out.println(image);
            }
        }
    }
}
