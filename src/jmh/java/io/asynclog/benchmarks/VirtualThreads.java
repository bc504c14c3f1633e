package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Records per second, end to end, into a file, when many virtual threads log a few records each: from the first log call until
 * every line is in the file. And how often a virtual thread waited and kept its carrier, as {@code jdk.VirtualThreadPinned} of Java
 * Flight Recorder tells, with no wait too short to count; the recording runs for all subjects.
 *
 * <p>Each figure comes from a JVM of its own, which warms up with the same load, then measures. The subjects take turns. Before
 * Java 21 a pool stands in for virtual threads, and nothing can be pinned.
 *
 * <p>Arguments, with their defaults: {@code rounds=5}; {@code threads=10000}; {@code records=100}, by thread;
 * {@code folder=} and {@code buffer=} as for {@link FileThroughput}; {@code subjects=}, all that write and serve many threads:
 * {@link Subjects}; {@code results=target/benchmarks/results}, where {@code virtual-threads.csv} is left for {@link Charts}.
 */
public final class VirtualThreads {
    private final int rounds;
    private final int threads;
    private final int records;
    private final Path folder;
    private final Path buffer;
    private final List<Setup> subjects;
    private final Path resultFolder;

    VirtualThreads(String... args) {
        Arguments arguments =
                new Arguments(args, "rounds", "threads", "records", "folder", "buffer", "subjects", "results");
        rounds = arguments.number("rounds", 5);
        threads = arguments.number("threads", 10_000);
        records = arguments.number("records", 100);
        folder = arguments.folder("folder");
        buffer = arguments.folder("buffer", folder);
        subjects = arguments.list("subjects", Subjects.names("noop", "spin", "limit-format", "limit-copy")).stream()
                .map(Subjects::named)
                .toList();
        resultFolder = arguments.folder("results", Results.FOLDER);
    }

    /** Runs the comparison, prints it as a Markdown table, and records it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        long ignored = new VirtualThreads(args).run(System.out);
    }

    /** Returns how many lines were lost or doubled. */
    long run(PrintStream out) throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "%s; %d rounds of %,d %s with %d records each%n%n",
                Machine.description(),
                rounds,
                threads,
                ManyThreads.description(),
                records);
        Subjects.describe(out, subjects.stream());
        Map<String, List<Result>> results = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Setup setup : subjects) {
                results.computeIfAbsent(setup.name(), key -> new ArrayList<>()).add(measure(setup));
            }
        }
        Results recorded = new Results();
        Results.Chart chart = recorded.chart(
                "virtual-threads",
                String.format(Locale.ROOT, "%d %s with %d records each", threads, ManyThreads.description(), records),
                "",
                "million records a second");
        out.println("| subject | M records/s | slowest | fastest | pinned | lost | doubled |");
        out.println("|---|---:|---:|---:|---:|---:|---:|");
        results.forEach((subject, all) -> {
            Spread rates =
                    Spread.of(all.stream().mapToDouble(result -> (double) threads * records * 1e3 / result.nanos));
            chart.add("records", subject, rates);
            out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.2f | %d | %d | %d |%n",
                    subject,
                    rates.median(),
                    rates.smallest(),
                    rates.largest(),
                    sum(all, Result::pinned),
                    sum(all, Result::lost),
                    sum(all, Result::doubled));
        });
        recorded.write(resultFolder.resolve("virtual-threads.csv"));
        return results.values().stream()
                .mapToLong(all -> sum(all, result -> result.lost + result.doubled))
                .sum();
    }

    private static long sum(List<Result> results, ToLongFunction<Result> figure) {
        return results.stream().mapToLong(figure).sum();
    }

    private Result measure(Setup setup) throws IOException, InterruptedException {
        try (Scratch files = Scratch.in(folder);
                Scratch segments = Scratch.in(buffer)) {
            Path file = files.folder().resolve("benchmark.log");
            long[] figures = Fork.of(
                            setup,
                            (long) threads * records,
                            file,
                            VirtualThreadsFork.class,
                            threads,
                            records,
                            file,
                            segments.folder())
                    .run();
            return new Result(figures[0], figures[1], figures[2], figures[3]);
        }
    }

    /** The figures of {@link VirtualThreadsFork}. */
    private record Result(long nanos, long pinned, long lost, long doubled) {}
}
