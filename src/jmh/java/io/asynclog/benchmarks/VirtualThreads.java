package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Records per second, end to end, into a file, when many virtual threads log a few records each: from the first log
 * call until every line is in the file. And how often a virtual thread waited and kept its carrier, as
 * {@code jdk.VirtualThreadPinned} of Java Flight Recorder tells, with no wait too short to count; the recording runs
 * for all subjects.
 *
 * <p>Each figure comes from a JVM of its own, which warms up with the same load again and again, drained each time,
 * until {@code warmup} seconds are over or it was logged ten times, and once more. The subjects take turns. Before Java
 * 21 a pool stands in for virtual threads, and nothing can be pinned.
 *
 * <p>Arguments besides those of all benchmarks ({@link Arguments}), with their defaults: {@code threads=10000};
 * {@code records=100}, by thread; {@code warmup=3}; {@code subjects=}, all that write and serve many threads:
 * {@link Subjects}. Leaves {@code virtual-threads.csv}.
 */
public final class VirtualThreads implements Comparison {
    private final Arguments arguments;
    private final int threads;
    private final int records;
    private final List<Setup> subjects;

    VirtualThreads(String... args) {
        arguments = new Arguments(args, "threads", "records", "warmup", "subjects");
        threads = arguments.number("threads", 10_000);
        records = arguments.number("records", 100);
        subjects = arguments.subjects(Subjects.names("noop", "spin", "limit-format", "limit-copy"));
    }

    /** Runs the comparison, prints it as a Markdown table, and records it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Comparison.end(new VirtualThreads(args).run(System.out));
    }

    @Override
    public long run(PrintStream out) throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "%s; %d rounds of %,d %s with %d records each%n%n",
                Machine.description(),
                arguments.rounds(),
                threads,
                ManyThreads.description(),
                records);
        Subjects.describe(out, subjects.stream());
        Map<Setup, List<Result>> results = Rounds.run(arguments.rounds(), subjects, this::measure);
        Results recorded = new Results();
        Results.Chart chart = recorded.chart(
                "virtual-threads",
                String.format(Locale.ROOT, "%d %s with %d records each", threads, ManyThreads.description(), records),
                "",
                "million records a second");
        out.println("| subject | M records/s | slowest | fastest | pinned | lost | doubled | out of order |");
        out.println("|---|---:|---:|---:|---:|---:|---:|---:|");
        results.forEach((subject, all) -> {
            Spread rates =
                    Spread.of(all.stream().mapToDouble(result -> (double) threads * records * 1e3 / result.nanos));
            chart.add("records", subject.name(), rates);
            out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.2f | %d | %d | %d | %d |%n",
                    subject.name(),
                    rates.median(),
                    rates.smallest(),
                    rates.largest(),
                    sum(all, Result::pinned),
                    sum(all, Result::lost),
                    sum(all, Result::doubled),
                    sum(all, Result::disordered));
        });
        recorded.write(arguments.results().resolve("virtual-threads.csv"));
        return results.values().stream()
                .mapToLong(all -> sum(all, Result::faults))
                .sum();
    }

    private static long sum(List<Result> results, ToLongFunction<Result> figure) {
        return results.stream().mapToLong(figure).sum();
    }

    private Result measure(Setup setup) throws IOException, InterruptedException {
        long[] figures = Fork.run(
                setup,
                (long) threads * records,
                arguments,
                VirtualThreadsFork.class,
                threads,
                records,
                arguments.decimal("warmup", 3));
        return new Result(figures[0], figures[1], figures[2], figures[3], figures[4], figures[5]);
    }

    /** The figures of {@link VirtualThreadsFork}. */
    private record Result(long nanos, long pinned, long lost, long doubled, long disordered, long faults) {}
}
