package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * What a further sink costs, and what a slow one does to a file: once with calls as fast as they go, once at a fixed
 * rate.
 *
 * <ul>
 *   <li>{@code file}: one rolling file;
 *   <li>{@code two-files}: two of them;
 *   <li>{@code slow-required}: the file, and a sink that sleeps 100 ms for each batch, for which the buffer keeps
 *       everything; it has room for all that is measured, as it would otherwise make callers wait for that sink, as it
 *       should;
 *   <li>{@code slow-best-effort}: the same, but the sink is skipped when it lags; the buffer has its default of 64 MB.
 * </ul>
 *
 * <p>Each figure comes from a JVM of its own, which warms up in rounds of 300,000 records, until {@code warmup} seconds
 * are over or ten rounds are done, and one more of as many records as are measured, at the rate that is measured then:
 * the buffer has grown to its size, and the slow sink has caught up. The scenarios take turns. <i>Wall</i> counts from
 * the first call until the file sink, and the second file, have flushed every record; <i>processor</i> is that of the
 * whole process meanwhile, in which a caller at a fixed rate looks at the clock until the next call is due, and <i>of
 * sinks</i> that of asynclog's threads. How long a call takes is measured at a fixed rate only. <i>Lost, doubled or out
 * of order</i> is what the files show.
 *
 * <p>Arguments besides those of all benchmarks ({@link Arguments}), with their defaults: {@code records=2000000} a
 * round; {@code rates=0,100000} calls a second, 0 for as many as there can be; {@code seconds=5} at a fixed rate;
 * {@code warmup=3}. Leaves {@code sinks.csv}.
 */
public final class SeveralSinks implements Comparison {
    private static final List<String> SCENARIOS = List.of("file", "two-files", "slow-required", "slow-best-effort");

    private final Arguments arguments;

    SeveralSinks(String... args) {
        arguments = new Arguments(args, "records", "rates", "seconds", "warmup");
    }

    /** Runs the comparison, prints it as a Markdown table, and records it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Comparison.end(new SeveralSinks(args).run(System.out));
    }

    @Override
    public long run(PrintStream out) throws IOException, InterruptedException {
        out.printf(Locale.ROOT, "%s; %d rounds%n%n", Machine.description(), arguments.rounds());
        out.println(
                "| calls/s | sinks | records | wall s | M records/s | processor s | of sinks s | call p50 µs | p99 µs | p99.9 µs"
                        + " | lost, doubled or out of order |");
        out.println("|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        Results recorded = new Results();
        long faults = 0;
        for (String rate : arguments.list("rates", "0,100000")) {
            int records = rate.equals("0")
                    ? arguments.number("records", 2_000_000)
                    : Integer.parseInt(rate) * arguments.number("seconds", 5);
            Map<String, List<Result>> results =
                    Rounds.run(arguments.rounds(), SCENARIOS, scenario -> measure(scenario, records, rate));
            for (Map.Entry<String, List<Result>> entry : results.entrySet()) {
                faults += print(out, rate, entry.getKey(), records, entry.getValue());
            }
            record(recorded, rate, records, results);
        }
        recorded.write(arguments.results().resolve("sinks.csv"));
        return faults;
    }

    private static long print(PrintStream out, String rate, String scenario, int records, List<Result> results) {
        long faults = results.stream().mapToLong(Result::faults).sum();
        out.printf(
                Locale.ROOT,
                "| %s | %s | %,d | %s | %s | %s | %s | %s | %s | %s | %d |%n",
                rate.equals("0") ? "all" : rate,
                scenario,
                records,
                spread(results, result -> result.wallNanos / 1e9),
                spread(results, result -> records * 1e3 / result.wallNanos),
                spread(results, result -> result.cpuNanos / 1e9),
                spread(results, result -> result.sinkNanos / 1e9),
                ofCalls(rate, results, Result::p50Nanos),
                ofCalls(rate, results, Result::p99Nanos),
                ofCalls(rate, results, Result::p999Nanos),
                faults);
        return faults;
    }

    private static String ofCalls(String rate, List<Result> results, ToLongFunction<Result> nanos) {
        return rate.equals("0") ? "" : spread(results, result -> nanos.applyAsLong(result) / 1e3);
    }

    private static String spread(List<Result> results, ToDoubleFunction<Result> figure) {
        return Spread.of(results.stream().mapToDouble(figure)).format("%.2f");
    }

    private static void record(Results recorded, String rate, int records, Map<String, List<Result>> results) {
        boolean isPaced = !rate.equals("0");
        String load = isPaced ? rate + " a second" : "as fast as they go";
        String name = isPaced ? "sinks-" + rate : "sinks";
        Results.Chart rates =
                recorded.chart(name, "Several sinks: calls " + load, "", "million records a second into the file");
        results.forEach((scenario, all) -> rates.add(
                "records", scenario, Spread.of(all.stream().mapToDouble(result -> records * 1e3 / result.wallNanos))));
        if (!isPaced) {
            return;
        }
        Results.Chart calls =
                recorded.chart(name + "-call", "Several sinks: calls " + load, "", "microseconds of a call");
        results.forEach((scenario, all) -> {
            calls.add("p50", scenario, Spread.of(all.stream().mapToDouble(result -> result.p50Nanos / 1e3)));
            calls.add("p99", scenario, Spread.of(all.stream().mapToDouble(result -> result.p99Nanos / 1e3)));
            calls.add("p99.9", scenario, Spread.of(all.stream().mapToDouble(result -> result.p999Nanos / 1e3)));
        });
    }

    private Result measure(String scenario, int records, String rate) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.in(arguments.folder())) {
            long[] figures = new Fork(
                            List.of("-XX:MaxDirectMemorySize=2g"),
                            SeveralSinksFork.class,
                            scenario,
                            records,
                            rate,
                            scratch.folder(),
                            arguments.decimal("warmup", 3))
                    .run();
            return new Result(figures[0], figures[1], figures[2], figures[3], figures[4], figures[5], figures[6]);
        }
    }

    private record Result(
            long wallNanos, long cpuNanos, long sinkNanos, long p50Nanos, long p99Nanos, long p999Nanos, long faults) {}
}
