package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the cost of a record grows: with producers, with sinks, with the size of its message, with arguments, and with what else
 * hangs on it. One of them varies at a time; the others are one producer, one file, a message of {@value #SIZE} bytes.
 *
 * <p>Each figure comes from a JVM of its own, and the rounds go through all of them one after the other. Records a second count
 * from the first call until every sink has flushed every record. <i>Bytes</i> are those that the producers allocate.
 *
 * <p>Arguments, with their defaults: {@code rounds=3}; {@code records=2000000}, fewer where the messages are large; {@code
 * charts=producers,sinks,size,arguments,extras}; {@code most=1000000}, the largest step of each that is measured; {@code folder=},
 * that for temporary files; {@code results=target/benchmarks/results}, where {@code growth.csv} is written for {@code Charts}.
 */
public final class CostGrowth {
    static final int SIZE = 100;

    private static final long MAX_BYTES = 400_000_000;

    private final Arguments arguments;
    private final int rounds;
    private final int records;
    private final int most;

    CostGrowth(String... args) {
        arguments = new Arguments(args, "rounds", "records", "charts", "most", "folder", "results");
        rounds = arguments.number("rounds", 3);
        records = arguments.number("records", 2_000_000);
        most = arguments.number("most", 1_000_000);
    }

    /** Runs the measurement, prints it as a Markdown table, and writes the file for the charts. */
    public static void main(String[] args) throws IOException, InterruptedException {
        long ignored = new CostGrowth(args).run(System.out);
    }

    /** Returns how many records were not flushed. */
    long run(PrintStream out) throws IOException, InterruptedException {
        List<Step> steps = steps();
        for (int round = 0; round < rounds; round++) {
            for (Step step : steps) {
                step.measured.add(measure(step));
            }
        }
        out.printf(Locale.ROOT, "%s; %d rounds%n%n", Machine.description(), rounds);
        out.println("| what grows | | million records/s | processor s/million | bytes a call | not flushed |");
        out.println("|---|---|---:|---:|---:|---:|");
        Results results = new Results();
        for (Step step : steps) {
            step.print(out);
            step.addTo(results);
        }
        results.write(arguments.folder("results", Results.FOLDER).resolve("growth.csv"));
        return steps.stream()
                .flatMap(step -> step.measured.stream())
                .mapToLong(Measured::lost)
                .sum();
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (String chart : arguments.list("charts", "producers,sinks,size,arguments,extras")) {
            switch (chart) {
                case "producers" -> add(steps, chart, "one file", "text", 1, 2, 4, 8, 16, 32, 64);
                case "sinks" -> {
                    add(steps, chart, "files", "text", 1, 2, 4, 8);
                    add(steps, chart, "readers", "text", 1, 2, 4, 8);
                }
                case "size" -> add(steps, chart, "one file", "text", 20, 100, 500, 2000, 8000, 32_000, 65_536);
                case "arguments" -> {
                    for (String kind : List.of("strings", "longs", "doubles", "objects")) {
                        add(steps, chart, kind, kind, 0, 1, 2, 3, 4, 6, 8, 10);
                    }
                }
                case "extras" -> {
                    for (String extra : List.of("text", "mdc", "key-values", "exception")) {
                        add(steps, chart, extra, extra, 1);
                    }
                }
                default -> throw new IllegalArgumentException("There is no chart '" + chart + "'.");
            }
        }
        return steps;
    }

    private void add(List<Step> steps, String chart, String series, String extra, int... amounts) {
        for (int amount : amounts) {
            if (amount <= most) {
                steps.add(new Step(chart, series, extra, amount, new ArrayList<>()));
            }
        }
    }

    private Measured measure(Step step) throws IOException, InterruptedException {
        int size = step.of("size", SIZE);
        long limit = step.extra.equals("exception") ? MAX_BYTES / 4000 : MAX_BYTES / size;
        long count = Math.min(records, Math.max(1, limit / step.of("sinks", 1)));
        Path folder = arguments.folder("folder");
        try (Scratch scratch = Scratch.in(folder)) {
            long[] figures = new Fork(
                            List.of(),
                            CostGrowthFork.class,
                            step.of("producers", 1),
                            step.series.equals("readers") ? "readers" : "files",
                            step.of("sinks", 1),
                            size,
                            step.extra,
                            step.of("arguments", 0),
                            count,
                            scratch.folder())
                    .run();
            return new Measured(count, figures[0], figures[1], figures[2], figures[3]);
        }
    }

    private record Measured(long records, long nanos, long cpuNanos, long allocatedBytes, long lost) {}

    /** One thing at one amount. */
    private record Step(String chart, String series, String extra, int amount, List<Measured> measured) {
        int of(String what, int otherwise) {
            return chart.equals(what) ? amount : otherwise;
        }

        Spread rates() {
            return Spread.of(measured.stream().mapToDouble(one -> one.records * 1e3 / one.nanos));
        }

        void print(PrintStream out) {
            out.printf(
                    Locale.ROOT,
                    "| %s: %s | %,d | %s | %s | %s | %d |%n",
                    chart,
                    series,
                    amount,
                    rates().format("%.3f"),
                    Spread.of(measured.stream().mapToDouble(one -> one.cpuNanos * 1e-3 / one.records))
                            .format("%.2f"),
                    Spread.of(measured.stream().mapToDouble(one -> (double) one.allocatedBytes / one.records))
                            .format("%.0f"),
                    measured.stream().mapToLong(Measured::lost).sum());
        }

        void addTo(Results results) {
            String name = "growth-" + chart;
            Results.Chart drawn = results.charts().stream()
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElseGet(() -> results.chart(name, "Throughput by " + chart, chart, "million records a second"));
            drawn.add(chart.equals("extras") ? "one file" : series, chart.equals("extras") ? extra : amount, rates());
        }
    }
}
