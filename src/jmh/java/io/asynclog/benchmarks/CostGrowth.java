package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How the cost of a record grows: with producers, with sinks, with the size of its message, with arguments, and with
 * what else hangs on it. One of them varies at a time; the others are one producer, one file, a message of
 * {@value #SIZE} bytes.
 *
 * <p>Each figure comes from a JVM of its own, which warms up in rounds of a tenth of the records, until {@code warmup}
 * seconds are over or ten rounds are done, and in one of all. The rounds go through all of them one after the other.
 * Records a second count from the first call until every sink has flushed every record. <i>MB</i> are those of the
 * messages, where their size is what grows. <i>Bytes</i> are those that the producers allocate. <i>Missing</i> is what
 * a reader was not given, or a file has not got, or has too often.
 *
 * <p>What else hangs on a record is measured with the file's usual lines, which show an exception, but neither MDC nor
 * key-values, and as JSON, which shows all. The MDC is Logback's, and comes to the engine as the Spring Boot starter
 * has it come, without a copy.
 *
 * <p>Arguments besides those of all benchmarks ({@link Arguments}), with their defaults: {@code records=1500000}, fewer
 * where the messages are large or the files many; {@code charts=producers,sinks,size,arguments,extras};
 * {@code most=1000000}, the largest step of each that is measured; {@code warmup=8}: with eight sinks the compiler has
 * the two processors to share with ten threads, and is at work for longer. Leaves {@code growth.csv}.
 */
public final class CostGrowth implements Comparison {
    static final int SIZE = 100;

    private static final String READERS = "readers";
    private static final String JSON = "JSON";
    /** The messages that are measured, of all sinks together, have no more than these: see {@link Pages}. */
    private static final long MAX_BYTES = 150_000_000;
    /** What a line has beside the message, which is longer than it should be with many arguments. */
    private static final int LINE_BYTES = 170;
    /** The same with MDC or key-values, which only JSON shows. */
    private static final int JSON_BYTES = 240;
    /** What an exception of two frames adds at most. */
    private static final int EXCEPTION_BYTES = 500;
    /** Of the records those with an exception, since one takes long. */
    private static final int EXCEPTION_PART = 10;

    private final Arguments arguments;
    private final int records;
    private final int most;

    CostGrowth(String... args) {
        arguments = new Arguments(args, "records", "charts", "most", "warmup");
        records = arguments.number("records", 1_500_000);
        most = arguments.number("most", 1_000_000);
    }

    /** Runs the measurement, prints it as a Markdown table, and writes the file for the charts. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Comparison.end(new CostGrowth(args).run(System.out));
    }

    @Override
    public long run(PrintStream out) throws IOException, InterruptedException {
        Map<Step, List<Measured>> results = Rounds.run(arguments.rounds(), steps(), this::measure);
        out.printf(Locale.ROOT, "%s; %d rounds%n%n", Machine.description(), arguments.rounds());
        out.println("| what grows | | million records/s | MB/s | processor s/million | bytes a call | missing |");
        out.println("|---|---:|---:|---:|---:|---:|---:|");
        Results recorded = new Results();
        results.forEach((step, all) -> {
            step.print(out, all);
            step.record(recorded, all);
        });
        recorded.write(arguments.results().resolve("growth.csv"));
        return results.values().stream()
                .flatMap(List::stream)
                .mapToLong(Measured::faults)
                .sum();
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (String chart : arguments.list("charts", "producers,sinks,size,arguments,extras")) {
            switch (chart) {
                case "producers" -> add(steps, chart, "one file", "text", 1, 2, 4, 8, 16, 32, 64);
                case "sinks" -> {
                    add(steps, chart, "files", "text", 1, 2, 4, 8);
                    add(steps, chart, READERS, "text", 1, 2, 4, 8);
                }
                case "size" -> add(steps, chart, "one file", "text", 20, 100, 500, 2000, 8000, 32_000, 65_536);
                case "arguments" -> {
                    for (String kind : List.of("strings", "longs", "doubles", "objects")) {
                        add(steps, chart, kind, kind, 0, 1, 2, 3, 4, 6, 8, 10);
                    }
                }
                case "extras" -> {
                    for (String extra : List.of("text", "mdc", "key-values", "exception")) {
                        add(steps, chart, "lines", extra, 1);
                        add(steps, chart, JSON, extra, 1);
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
                steps.add(new Step(chart, series, extra, amount));
            }
        }
    }

    private Measured measure(Step step) throws IOException, InterruptedException {
        int size = step.of("size", SIZE);
        int sinks = step.of("sinks", 1);
        long limit = step.hasException() ? records / EXCEPTION_PART : records;
        long count = Math.max(1, Math.min(limit, MAX_BYTES / size / sinks));
        long bytes = step.sinks().equals(READERS) ? 0 : count * sinks * (size + step.lineBytes());
        try (Scratch scratch = Scratch.in(arguments.folder())) {
            long[] figures = new Fork(
                            List.of(),
                            CostGrowthFork.class,
                            step.of("producers", 1),
                            step.sinks(),
                            sinks,
                            size,
                            step.extra,
                            step.of("arguments", 0),
                            count,
                            scratch.folder(),
                            arguments.decimal("warmup", 8),
                            bytes)
                    .run();
            return new Measured(count, figures[0], figures[1], figures[2], figures[3]);
        }
    }

    private record Measured(long records, long nanos, long cpuNanos, long allocatedBytes, long faults) {
        double millionsPerSecond() {
            return records * 1e3 / nanos;
        }
    }

    /** One thing at one amount. */
    private record Step(String chart, String series, String extra, int amount) {
        int of(String what, int otherwise) {
            return chart.equals(what) ? amount : otherwise;
        }

        String sinks() {
            return series.equals(READERS) || series.equals(JSON) ? series : "files";
        }

        boolean hasException() {
            return extra.equals("exception");
        }

        /** Returns what a line has beside the message. */
        int lineBytes() {
            return (series.equals(JSON) ? JSON_BYTES : LINE_BYTES) + (hasException() ? EXCEPTION_BYTES : 0);
        }

        private boolean isOfExtras() {
            return chart.equals("extras");
        }

        void print(PrintStream out, List<Measured> measured) {
            out.printf(
                    Locale.ROOT,
                    "| %s: %s | %,d | %s | %s | %s | %s | %d |%n",
                    chart,
                    isOfExtras() ? extra + ", " + series : series,
                    amount,
                    spread(measured, Measured::millionsPerSecond).format("%.3f"),
                    chart.equals("size") ? megabytes(measured).format("%.0f") : "",
                    spread(measured, one -> one.cpuNanos * 1e-3 / one.records).format("%.2f"),
                    spread(measured, one -> (double) one.allocatedBytes / one.records)
                            .format("%.0f"),
                    measured.stream().mapToLong(Measured::faults).sum());
        }

        void record(Results results, List<Measured> measured) {
            results.chart("growth-" + chart, "Throughput by " + chart, chart, "million records a second")
                    .add(series, isOfExtras() ? extra : amount, spread(measured, Measured::millionsPerSecond));
            if (chart.equals("size")) {
                results.chart("growth-size-bytes", "Throughput by size in bytes", chart, "MB of messages a second")
                        .add(series, amount, megabytes(measured));
            }
        }

        private Spread megabytes(List<Measured> measured) {
            return spread(measured, one -> one.millionsPerSecond() * amount);
        }

        private static Spread spread(List<Measured> measured, ToDoubleFunction<Measured> figure) {
            return Spread.of(measured.stream().mapToDouble(figure));
        }
    }
}
