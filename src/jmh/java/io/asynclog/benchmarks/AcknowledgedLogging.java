package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many records a second are logged by threads each of which waits until its record is safe before it logs the next.
 * What <i>safe</i> means is the subject's promise: a record that was forced to the device survives the end of the machine, one
 * in a mapped file that of the process.
 *
 * <p>Each figure comes from a JVM of its own, which warms up with a tenth of the threads, then measures, from the first call to
 * the last acknowledgement. The subjects take turns. When it has said its figures the JVM is killed; another one then looks for
 * every single record that was acknowledged. That proves what is said of the process. Of the machine it cannot, since a
 * killed process leaves the caches of the operating system alone: there the proof is that the subject calls
 * {@code fdatasync} or {@code msync} and waits for it.
 *
 * <p>Arguments, with their defaults: {@code rounds=3}; {@code threads=10000}; {@code records=200}, by thread, unless
 * {@code seconds=15} are over before; {@code folder=}, that for temporary files, which had better be on a disk;
 * {@code subjects=}, all: {@link Contender#ALL}.
 */
public final class AcknowledgedLogging {
    private final int rounds;
    private final int threads;
    private final int records;
    private final int seconds;
    private final Path folder;
    private final List<String> subjects;

    AcknowledgedLogging(String... args) {
        Arguments arguments = new Arguments(args, "rounds", "threads", "records", "seconds", "folder", "subjects");
        rounds = arguments.number("rounds", 3);
        threads = arguments.number("threads", 10_000);
        records = arguments.number("records", 200);
        seconds = arguments.number("seconds", 15);
        folder = arguments.folder("folder");
        subjects = arguments.list(
                "subjects", Contender.ALL.stream().map(Contender::name).collect(Collectors.joining(",")));
    }

    /** Runs the comparison and prints it as a Markdown table. */
    public static void main(String[] args) throws IOException, InterruptedException {
        long ignored = new AcknowledgedLogging(args).run(System.out);
    }

    /** Returns how many acknowledged records were lost. */
    long run(PrintStream out) throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "Java %s, %d processors, %d rounds of %,d %s with %,d records each, within %d seconds%n%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                rounds,
                threads,
                ManyThreads.description(),
                records,
                seconds);
        out.println("| subject | survives the end of the | acknowledged records/s | slowest | fastest"
                + " | ack p50 ms | ack p99 ms | acknowledged | of these lost |");
        out.println("|---|---|---:|---:|---:|---:|---:|---:|---:|");
        Map<Contender, List<Result>> results = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String subject : subjects) {
                Contender contender = Contender.named(subject);
                results.computeIfAbsent(contender, key -> new ArrayList<>()).add(measure(contender));
            }
        }
        results.forEach((contender, all) -> print(out, contender, all));
        return results.values().stream()
                .flatMap(List::stream)
                .mapToLong(Result::missing)
                .sum();
    }

    private static void print(PrintStream out, Contender contender, List<Result> results) {
        Spread rates = Spread.of(results.stream().mapToDouble(result -> result.acknowledged * 1e9 / result.nanos));
        out.printf(
                Locale.ROOT,
                "| %s | %s | %,.0f | %,.0f | %,.0f | %.2f | %.2f | %,d | %,d |%n",
                contender.name(),
                contender.survives(),
                rates.median(),
                rates.smallest(),
                rates.largest(),
                Spread.of(results.stream().mapToDouble(result -> result.p50Nanos / 1e6))
                        .median(),
                Spread.of(results.stream().mapToDouble(result -> result.p99Nanos / 1e6))
                        .median(),
                results.stream().mapToLong(Result::acknowledged).sum(),
                results.stream().mapToLong(Result::missing).sum());
    }

    private Result measure(Contender contender) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.in(folder)) {
            long[] figures = new Fork(
                            contender.jvmArguments(),
                            AcknowledgedLoggingFork.class,
                            contender.name(),
                            threads,
                            records,
                            seconds,
                            scratch.folder())
                    .runAndKill();
            long[] missing = new Fork(
                            contender.jvmArguments(),
                            AcknowledgedLoggingCheck.class,
                            contender.name(),
                            threads,
                            records,
                            scratch.folder())
                    .run();
            return new Result(figures[0], figures[1], figures[2], figures[3], missing[0]);
        }
    }

    private record Result(long nanos, long acknowledged, long p50Nanos, long p99Nanos, long missing) {}
}
