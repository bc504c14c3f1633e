package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How long a log call takes at a fixed rate that leaves the engine well below its limit, so the latency of a call in a
 * service. Twice: <i>call</i> is the time from call to return; <i>schedule</i> the time from the moment at which the
 * call was due, so that a call that was held up counts for all those that had to wait behind it ("no coordinated
 * omission").
 *
 * <p>Each figure comes from a JVM of its own, which warms up half the time as fast as it goes, as a service that has
 * had its peak already, and half the time at the rate that is measured then. The subjects take turns. A cell holds the
 * median of the rounds in microseconds, with the smallest and the largest. The subjects {@code noop} and {@code spin}
 * log nothing: what they show is the clock, and the machine that takes processors away; no engine can be seen below
 * them.
 *
 * <p>The second table says what the calls cost the threads that made them, by million calls, which tells where long
 * calls come from: page faults; waits, for a lock when a segment is exchanged say; and processors taken away, which
 * happens between calls too. Then how often the JVM stopped all threads meanwhile, and for how long at most. Then the
 * longest calls of all rounds, in milliseconds, with the second at which they returned.
 *
 * <p>Arguments besides those of all benchmarks ({@link Arguments}), with their defaults: {@code seconds=5};
 * {@code warmup=4}, also in seconds; {@code subjects=}, all that a service would log with: {@link Subjects};
 * {@code load=1x50000,4x12500,1x200000,4x50000}, producers and the calls per second of each. Leaves
 * {@code latency.csv}.
 */
public final class CallerLatency implements Comparison {
    static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9, 99.99, 100.0);

    /** Percentiles in the charts, by their places in the list above. */
    private static final Map<String, Integer> CHARTED = new TreeMap<>(Map.of("p50", 0, "p99", 2, "p99.9", 3));

    private static final String DEFAULT_SUBJECTS =
            "noop,spin,asynclog-memory,asynclog-mapped,log4j2-best,log4j2-default,"
                    + "logstash,logback-async,tinylog,reference-flow";

    private static final String HEADER = """
            | producers x calls/s | subject | measured | p50 | p90 | p99 | p99.9 | p99.99 | max | lost, doubled or out of order |
            |---|---|---|---:|---:|---:|---:|---:|---:|---:|""";
    private static final String COSTS_HEADER = """

            | producers x calls/s | subject | page faults | waits | preempted | safepoints | longest safepoint, ms | longest calls, ms (at s) |
            |---|---|---:|---:|---:|---:|---:|---|""";

    private final Arguments arguments;
    private final double seconds;
    private final double warmUpSeconds;
    private final List<Setup> subjects;

    CallerLatency(String... args) {
        arguments = new Arguments(args, "seconds", "warmup", "subjects", "load");
        seconds = arguments.decimal("seconds", 5);
        warmUpSeconds = arguments.decimal("warmup", 4);
        subjects = arguments.subjects(DEFAULT_SUBJECTS);
    }

    /** Runs the comparison and prints it as two Markdown tables. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Comparison.end(new CallerLatency(args).run(System.out));
    }

    @Override
    public long run(PrintStream out) throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "%s; %d rounds of %.1f seconds after up to %.1f to warm up%n%n",
                Machine.description(),
                arguments.rounds(),
                seconds,
                warmUpSeconds);
        Subjects.describe(out, subjects.stream());
        out.println(HEADER);
        List<String> costs = new ArrayList<>();
        Results recorded = new Results();
        long faults = 0;
        for (String load : arguments.list("load", "1x50000,4x12500,1x200000,4x50000")) {
            Map<Setup, List<Result>> results =
                    Rounds.run(arguments.rounds(), subjects, subject -> measure(subject, Load.parse(load)));
            for (Map.Entry<Setup, List<Result>> entry : results.entrySet()) {
                String subject = entry.getKey().name();
                long faultsHere =
                        entry.getValue().stream().mapToLong(Result::faults).sum();
                out.println(row(load, subject, "call", entry.getValue(), 0, faultsHere));
                out.println(row(load, subject, "schedule", entry.getValue(), PERCENTILES.size(), faultsHere));
                costs.add(costs(load, subject, entry.getValue()));
                faults += faultsHere;
            }
            record(recorded, load, "call", 0, results);
            record(recorded, load, "schedule", PERCENTILES.size(), results);
        }
        recorded.write(arguments.results().resolve("latency.csv"));
        out.println(COSTS_HEADER);
        costs.forEach(out::println);
        return faults;
    }

    private static void record(
            Results recorded, String load, String measured, int first, Map<Setup, List<Result>> results) {
        Results.Chart chart = recorded.chart(
                "latency-" + measured + "-" + load,
                "Latency of a call by " + measured + " (producers x calls a second: " + load + ")",
                "",
                "microseconds");
        CHARTED.forEach((name, at) ->
                results.forEach((subject, rounds) -> chart.add(name, subject.name(), micros(rounds, first + at))));
    }

    private static Spread micros(List<Result> results, int at) {
        return Spread.of(results.stream().mapToDouble(result -> result.latencyNanos.get(at) / 1e3));
    }

    private static String row(
            String load, String subject, String measured, List<Result> results, int first, long faults) {
        String cells = IntStream.range(first, first + PERCENTILES.size())
                .mapToObj(at -> micros(results, at).format("%.2f"))
                .collect(Collectors.joining(" | "));
        return String.join(" | ", "| " + load, subject, measured, cells, faults + " |");
    }

    private static String costs(String load, String subject, List<Result> results) {
        return String.join(
                " | ",
                "| " + load,
                subject,
                perMillion(results, ThreadCosts::pageFaults),
                perMillion(results, ThreadCosts::blocked),
                perMillion(results, ThreadCosts::preempted),
                Spread.of(results.stream().mapToDouble(Result::safepoints)).format("%.0f"),
                String.format(
                        Locale.ROOT,
                        "%.2f",
                        results.stream()
                                        .mapToLong(Result::longestSafepointNanos)
                                        .max()
                                        .orElse(0)
                                / 1e6),
                results.stream()
                                .flatMap(result -> result.longest.stream())
                                .sorted(Comparator.comparingLong(Call::nanos).reversed())
                                .limit(PacedProducer.LONGEST)
                                .map(Call::toString)
                                .collect(Collectors.joining(", "))
                        + " |");
    }

    private static String perMillion(List<Result> results, ToLongFunction<ThreadCosts> cost) {
        return Spread.of(results.stream().mapToDouble(result -> cost.applyAsLong(result.costs) * 1e6 / result.calls))
                .format("%.1f");
    }

    private Result measure(Setup setup, Load load) throws IOException, InterruptedException {
        int calls = (int) (load.callsPerSecond * seconds);
        long[] figures = Fork.run(
                setup,
                (long) load.producers * calls,
                arguments,
                CallerLatencyFork.class,
                load.producers,
                load.callsPerSecond,
                calls,
                warmUpSeconds);
        return Result.of(figures, (long) load.producers * calls);
    }

    private record Load(int producers, long callsPerSecond) {
        static Load parse(String load) {
            int by = load.indexOf('x');
            return new Load(Integer.parseInt(load.substring(0, by)), Long.parseLong(load.substring(by + 1)));
        }
    }

    private record Call(long nanos, long atNanos) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.2f (%.1f)", nanos / 1e6, atNanos / 1e9);
        }
    }

    /** The figures of {@link CallerLatencyFork}. */
    private record Result(
            List<Long> latencyNanos,
            ThreadCosts costs,
            long safepoints,
            long longestSafepointNanos,
            List<Call> longest,
            long calls,
            long faults) {
        static Result of(long[] figures, long calls) {
            int at = 2 * PERCENTILES.size();
            List<Long> latencyNanos = LongStream.of(figures).limit(at).boxed().toList();
            ThreadCosts costs = new ThreadCosts(figures[at], figures[at + 1], figures[at + 2]);
            long safepoints = figures[at + 3];
            long longestSafepointNanos = figures[at + 4];
            List<Call> longest = new ArrayList<>();
            for (at += 5; at + 1 < figures.length - 1; at += 2) {
                longest.add(new Call(figures[at], figures[at + 1]));
            }
            return new Result(
                    latencyNanos,
                    costs,
                    safepoints,
                    longestSafepointNanos,
                    longest,
                    calls,
                    figures[figures.length - 1]);
        }
    }
}
