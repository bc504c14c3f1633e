package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Records per second, end to end, into a file: from the first log call until the engine has stopped and every line is in
 * the file, with 1, 2, 4 and 16 producers.
 *
 * <p>Each figure comes from a JVM of its own, which warms up, then measures. The subjects take turns, so that a machine that
 * slows down does so for all. What is printed is the median of the rounds, with the slowest and the fastest, and how many
 * lines are missing from the files: loss belongs beside speed.
 *
 * <p>Arguments, with their defaults: {@code rounds=5}; {@code records=5000000} a round; {@code folder=}, for the file, that
 * for temporary files; {@code buffer=}, for a buffer in mapped files, the same one;
 * {@code subjects=asynclog-memory,log4j2}, see {@link Subjects}; {@code producers=1,2,4,16}.
 */
public final class FileThroughput {
    private final int rounds;
    private final int records;
    private final Path folder;
    private final Path buffer;
    private final List<String> subjects;
    private final List<String> producers;

    FileThroughput(String... args) {
        Arguments arguments = new Arguments(args, "rounds", "records", "folder", "buffer", "subjects", "producers");
        rounds = arguments.number("rounds", 5);
        records = arguments.number("records", 5_000_000);
        folder = arguments.folder("folder");
        buffer = arguments.folder("buffer", folder);
        subjects = arguments.list("subjects", "asynclog-memory,log4j2");
        producers = arguments.list("producers", "1,2,4,16");
    }

    /** Runs the comparison and prints it as a Markdown table. */
    public static void main(String[] args) throws IOException, InterruptedException {
        long ignored = new FileThroughput(args).run(System.out);
    }

    /** Returns how many lines were lost. */
    long run(PrintStream out) throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "Java %s, %d processors, %d rounds of %,d records%n%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                rounds,
                records);
        out.println("| producers | subject | M records/s | slowest | fastest | caller ns/record | lines lost |");
        out.println("|---:|---|---:|---:|---:|---:|---:|");
        long lost = 0;
        for (String count : producers) {
            Map<String, List<Result>> results = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) {
                for (String subject : subjects) {
                    results.computeIfAbsent(subject, key -> new ArrayList<>())
                            .add(measure(subject, Integer.parseInt(count)));
                }
            }
            for (Map.Entry<String, List<Result>> entry : results.entrySet()) {
                lost += print(out, Integer.parseInt(count), entry.getKey(), entry.getValue());
            }
        }
        return lost;
    }

    private long print(PrintStream out, int count, String subject, List<Result> results) {
        Spread rates = Spread.of(results.stream().mapToDouble(result -> records * 1e3 / result.totalNanos));
        Spread callers =
                Spread.of(results.stream().mapToDouble(result -> (double) result.callerNanos * count / records));
        long lost = results.stream().mapToLong(result -> records - result.lines).sum();
        out.printf(
                Locale.ROOT,
                "| %d | %s | %.2f | %.2f | %.2f | %.0f | %d |%n",
                count,
                subject,
                rates.median(),
                rates.smallest(),
                rates.largest(),
                callers.median(),
                lost);
        return lost;
    }

    private Result measure(String subject, int count) throws IOException, InterruptedException {
        try (Scratch files = Scratch.in(folder);
                Scratch segments = Scratch.in(buffer)) {
            Path file = files.folder().resolve("benchmark.log");
            long[] figures = new Fork(
                            Subjects.jvmArguments(subject, file),
                            FileThroughputFork.class,
                            subject,
                            count,
                            records,
                            file,
                            segments.folder())
                    .run();
            return new Result(figures[0], figures[1], figures[2]);
        }
    }

    private record Result(long callerNanos, long totalNanos, long lines) {}
}
