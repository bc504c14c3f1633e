package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Records per second, end to end, into a file: from the first log call until every line is in the file.
 *
 * <p>Each figure comes from a JVM of its own, which first warms up: in rounds of an eighth of the records, each of them
 * drained, until {@code warmup} seconds are over or ten rounds are done, and one more. The subjects take turns, so that
 * a machine that slows down does so for all. What is printed is the median of the rounds, for the rate with the slowest
 * and the fastest:
 *
 * <ul>
 *   <li><i>CPU</i> is the processor time of the whole process while it is measured, in seconds for a million records;
 *   <li><i>bytes</i> is what a call allocates on the thread that makes it;
 *   <li><i>caller</i> is the time that a call takes, waiting for room included: no latency of a service, since the
 *       threads do nothing but log;
 *   <li><i>lost</i>, <i>doubled</i> and <i>out of order</i> is what the file shows, summed over the rounds: loss
 *       belongs beside speed; out of order is no fault where a subject promises none;
 *   <li><i>handover</i> is what {@link Handover} says of the machine behind each round.
 * </ul>
 *
 * <p>Below stand the rates side by side, and how many times the rate of each other subject {@code asynclog-memory} has
 * ({@link RateSummary}).
 *
 * <p>Arguments besides those of all benchmarks ({@link Arguments}), with their defaults: {@code records=4000000} a
 * round, of which some subjects get a share; {@code warmup=4}; {@code subjects=}, all that write: {@link Subjects};
 * {@code producers=1,2,4,16}. Leaves {@code throughput.csv}.
 */
public final class FileThroughput implements Comparison {
    private static final String COMPARED = "asynclog-memory";
    private static final String HEADER = """
            | producers | subject | M records/s | slowest | fastest | CPU s/M | bytes/call | caller ns | lost | doubled | out of order | handover ns |
            |---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|""";

    private final Arguments arguments;
    private final int records;
    private final double warmUpSeconds;
    private final List<Setup> subjects;
    private final List<Integer> producers;

    FileThroughput(String... args) {
        arguments = new Arguments(args, "records", "warmup", "subjects", "producers");
        records = arguments.number("records", 4_000_000);
        warmUpSeconds = arguments.decimal("warmup", 4);
        subjects = arguments.subjects(Subjects.names("noop", "spin"));
        producers = arguments.list("producers", "1,2,4,16").stream()
                .map(Integer::valueOf)
                .toList();
    }

    /** Runs the comparison, prints it as a Markdown table, and records it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Comparison.end(new FileThroughput(args).run(System.out));
    }

    @Override
    public long run(PrintStream out) throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "%s; %d rounds of %,d records after up to %.1f s to warm up%n%n",
                Machine.description(),
                arguments.rounds(),
                records,
                warmUpSeconds);
        Subjects.describe(out, subjects.stream());
        out.println(HEADER);
        List<Row> rows = new ArrayList<>();
        for (int count : producers) {
            for (Row row : measure(count)) {
                out.println(row.format());
                rows.add(row);
            }
        }
        out.printf("%nA line has %d bytes.%n", rows.get(0).results.get(0).meanLength);
        subjects.stream()
                .filter(setup -> setup.share() < 1)
                .forEach(setup -> out.printf(
                        "`%s` was given %s of the records, since it is slow or its queue has no bound.%n",
                        setup.name(), setup.share()));
        summary(rows).print(out);
        record(rows).write(arguments.results().resolve("throughput.csv"));
        return rows.stream().mapToLong(Row::faults).sum();
    }

    private List<Row> measure(int count) throws IOException, InterruptedException {
        List<Setup> able = subjects.stream()
                .filter(setup -> count <= setup.mostProducers())
                .toList();
        return Rounds.run(arguments.rounds(), able, setup -> measure(setup, count)).entrySet().stream()
                .map(entry -> new Row(count, entry.getKey().name(), entry.getValue()))
                .toList();
    }

    private Result measure(Setup setup, int count) throws IOException, InterruptedException {
        int recordsEach = Math.max(1, (int) (records * setup.share() / count));
        long[] figures = Fork.run(
                setup,
                (long) count * recordsEach,
                arguments,
                FileThroughputFork.class,
                count,
                recordsEach,
                warmUpSeconds);
        return Result.of(count * recordsEach, figures);
    }

    private static RateSummary summary(List<Row> rows) {
        RateSummary summary = new RateSummary(COMPARED);
        for (Row row : rows) {
            summary.add(row.subject, row.producers, row.rates());
        }
        return summary;
    }

    private static Results record(List<Row> rows) {
        Results results = new Results();
        Results.Chart rates =
                results.chart("throughput", "End to end into a file", "producers", "million records a second");
        Results.Chart cpu =
                results.chart("throughput-cpu", "Processor time of the process", "", "seconds for a million records");
        Results.Chart bytes = results.chart("throughput-bytes", "Heap that a call takes", "", "bytes a call");
        for (Row row : rows) {
            String series = row.producers == 1 ? "1 producer" : row.producers + " producers";
            rates.add(row.subject, row.producers, row.spread(Result::millionsPerSecond));
            cpu.add(series, row.subject, row.spread(Result::cpuSecondsPerMillion));
            bytes.add(series, row.subject, row.spread(Result::bytesPerCall));
        }
        return results;
    }

    /** The rounds of one subject with a number of producers. */
    record Row(int producers, String subject, List<Result> results) {
        private Spread spread(ToDoubleFunction<Result> figure) {
            return Spread.of(results.stream().mapToDouble(figure));
        }

        private List<Double> rates() {
            return results.stream().map(Result::millionsPerSecond).toList();
        }

        private long faults() {
            return results.stream().mapToLong(Result::faults).sum();
        }

        private String format() {
            Spread rates = spread(Result::millionsPerSecond);
            return String.format(
                    Locale.ROOT,
                    "| %d | %s | %.2f | %.2f | %.2f | %.2f | %.0f | %.0f | %d | %d | %d | %s |",
                    producers,
                    subject,
                    rates.median(),
                    rates.smallest(),
                    rates.largest(),
                    spread(Result::cpuSecondsPerMillion).median(),
                    spread(Result::bytesPerCall).median(),
                    spread(result -> (double) result.callerNanos * producers / result.records)
                            .median(),
                    results.stream().mapToLong(Result::lost).sum(),
                    results.stream().mapToLong(Result::doubled).sum(),
                    results.stream().mapToLong(Result::disordered).sum(),
                    results.stream()
                            .map(result -> Long.toString(result.handoverNanos))
                            .collect(Collectors.joining(", ")));
        }
    }

    /** The figures of {@link FileThroughputFork}. */
    record Result(
            int records,
            long callerNanos,
            long totalNanos,
            long cpuNanos,
            long allocatedBytes,
            long lost,
            long doubled,
            long disordered,
            long faults,
            long meanLength,
            long handoverNanos) {
        private static Result of(int records, long[] figures) {
            return new Result(
                    records,
                    figures[0],
                    figures[1],
                    figures[2],
                    figures[3],
                    figures[4],
                    figures[5],
                    figures[6],
                    figures[7],
                    figures[8],
                    figures[9]);
        }

        private double millionsPerSecond() {
            return records * 1e3 / totalNanos;
        }

        private double cpuSecondsPerMillion() {
            return cpuNanos / 1e3 / records;
        }

        private double bytesPerCall() {
            return (double) allocatedBytes / records;
        }
    }
}
