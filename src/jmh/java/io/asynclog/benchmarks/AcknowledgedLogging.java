package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * How many records a second are logged by threads each of which waits until its record is safe before it logs the next.
 * What <i>safe</i> means is the subject's promise: a record that was forced to the device survives the end of the
 * machine, one in a mapped file that of the process.
 *
 * <p>Each figure comes from a JVM of its own, which warms up in rounds of a tenth of the records, until {@code warmup}
 * seconds are over or ten rounds are done, and one more, then measures, from the first call to the last
 * acknowledgement. The subjects take turns. When it has said its figures the threads log on, and the JVM is killed in
 * the midst of that, within a second; another one then looks for every single record that was acknowledged until then,
 * and whether one is there twice. That proves what is said of the process. Of the machine it cannot, since a killed
 * process leaves the caches of the operating system alone: there the proof is that the subject calls {@code fdatasync}
 * or {@code msync} and waits for it.
 *
 * <p>Arguments besides those of all benchmarks ({@link Arguments}), with their defaults: {@code threads=10000};
 * {@code records=200}, by thread, unless {@code seconds=15} are over before; {@code warmup=4}; {@code subjects=}, all:
 * {@link Contender#ALL}. The folder had better be on a disk. Leaves {@code acknowledged.csv}.
 */
public final class AcknowledgedLogging implements Comparison {
    private final Arguments arguments;
    private final int threads;
    private final int records;
    private final int seconds;
    private final List<Contender> subjects;

    AcknowledgedLogging(String... args) {
        arguments = new Arguments(args, "threads", "records", "seconds", "warmup", "subjects");
        threads = arguments.number("threads", 10_000);
        records = arguments.number("records", 200);
        seconds = arguments.number("seconds", 15);
        subjects =
                arguments
                        .list(
                                "subjects",
                                Contender.ALL.stream().map(Contender::name).collect(Collectors.joining(",")))
                        .stream()
                        .map(Contender::named)
                        .toList();
    }

    /** Runs the comparison, prints it as a Markdown table, and records it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Comparison.end(new AcknowledgedLogging(args).run(System.out));
    }

    @Override
    public long run(PrintStream out) throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "%s; %d rounds of %,d %s with %,d records each, within %d seconds%n%n",
                Machine.description(),
                arguments.rounds(),
                threads,
                ManyThreads.description(),
                records,
                seconds);
        out.println("| subject | survives the end of the | acknowledged records/s | slowest | fastest"
                + " | ack p50 ms | ack p99 ms | acknowledged | of these lost | doubled |");
        out.println("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        Map<Contender, List<Result>> results = Rounds.run(arguments.rounds(), subjects, this::measure);
        results.forEach((contender, all) -> print(out, contender, all));
        record(results).write(arguments.results().resolve("acknowledged.csv"));
        return results.values().stream()
                .flatMap(List::stream)
                .mapToLong(result -> result.found.missing() + result.found.doubled())
                .sum();
    }

    private static void print(PrintStream out, Contender contender, List<Result> results) {
        Spread rates = spread(results, Result::acknowledgedPerSecond);
        out.printf(
                Locale.ROOT,
                "| %s | %s | %,.0f | %,.0f | %,.0f | %.2f | %.2f | %,d | %,d | %,d |%n",
                contender.name(),
                contender.survives(),
                rates.median(),
                rates.smallest(),
                rates.largest(),
                spread(results, result -> result.p50Nanos / 1e6).median(),
                spread(results, result -> result.p99Nanos / 1e6).median(),
                sum(results, AcknowledgedLoggingCheck.Found::acknowledged),
                sum(results, AcknowledgedLoggingCheck.Found::missing),
                sum(results, AcknowledgedLoggingCheck.Found::doubled));
    }

    private static long sum(List<Result> results, ToLongFunction<AcknowledgedLoggingCheck.Found> figure) {
        return results.stream()
                .mapToLong(result -> figure.applyAsLong(result.found))
                .sum();
    }

    private static Spread spread(List<Result> results, ToDoubleFunction<Result> figure) {
        return Spread.of(results.stream().mapToDouble(figure));
    }

    private Results record(Map<Contender, List<Result>> results) {
        String load = String.format(Locale.ROOT, "%d %s that wait for each record", threads, ManyThreads.description());
        Results recorded = new Results();
        Results.Chart rates = recorded.chart("acknowledged", load, "", "million acknowledged records a second");
        Results.Chart waits = recorded.chart("acknowledged-latency", load, "", "milliseconds to the acknowledgement");
        results.forEach((contender, all) -> {
            rates.add(
                    "survives the end of the " + contender.survives(),
                    contender.name(),
                    spread(all, result -> result.acknowledgedPerSecond() / 1e6));
            waits.add("p50", contender.name(), spread(all, result -> result.p50Nanos / 1e6));
            waits.add("p99", contender.name(), spread(all, result -> result.p99Nanos / 1e6));
        });
        return recorded;
    }

    private Result measure(Contender contender) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.in(arguments.folder())) {
            long[] figures = new Fork(
                            contender.jvmArguments(),
                            AcknowledgedLoggingFork.class,
                            contender.name(),
                            threads,
                            records,
                            seconds,
                            scratch.folder(),
                            arguments.decimal("warmup", 4))
                    .runAndKill();
            long[] found = new Fork(
                            contender.jvmArguments(),
                            AcknowledgedLoggingCheck.class,
                            contender.name(),
                            scratch.folder())
                    .run();
            return new Result(
                    figures[0],
                    figures[1],
                    figures[2],
                    figures[3],
                    new AcknowledgedLoggingCheck.Found(found[0], found[1], found[2]));
        }
    }

    /** The figures of {@link AcknowledgedLoggingFork}, and what was found of all that it logged. */
    private record Result(
            long nanos, long acknowledged, long p50Nanos, long p99Nanos, AcknowledgedLoggingCheck.Found found) {
        private double acknowledgedPerSecond() {
            return acknowledged * 1e9 / nanos;
        }
    }
}
