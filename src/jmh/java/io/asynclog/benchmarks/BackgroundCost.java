package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What logging takes of a processor beside the thread that logs, at rates well below what an engine can do, which is
 * where services are: in percent of one processor, all threads of the process but the caller, compiler and garbage
 * collector included. An engine whose thread wakes for each record, or looks for the next one again and again, shows
 * here and nowhere else. Counted from the first call to the last: what is still in a queue then is left out.
 *
 * <p>Each figure comes from a JVM of its own, which warms up half the time as fast as it goes and half the time at the
 * rate that is measured then. The subjects take turns. A cell holds the median of the rounds, with the smallest and the
 * largest.
 *
 * <p>Arguments besides those of all benchmarks ({@link Arguments}), with their defaults: {@code seconds=3};
 * {@code warmup=3}, also in seconds; {@code subjects=}, some: {@link Subjects};
 * {@code rates=1000,10000,100000,200000,500000} calls a second. Leaves {@code background.csv}.
 */
public final class BackgroundCost implements Comparison {
    private static final String DEFAULT_SUBJECTS =
            "noop,asynclog-memory,asynclog-mapped,asynclog-logback,log4j2-best,log4j2-default,logstash,logback-async,tinylog";

    private final Arguments arguments;
    private final List<Setup> subjects;
    private final double seconds;

    BackgroundCost(String... args) {
        arguments = new Arguments(args, "seconds", "warmup", "subjects", "rates");
        subjects = arguments.subjects(DEFAULT_SUBJECTS);
        seconds = arguments.decimal("seconds", 3);
    }

    /** Runs the comparison and prints it as a Markdown table. */
    public static void main(String[] args) throws IOException, InterruptedException {
        long ignored = new BackgroundCost(args).run(System.out);
    }

    @Override
    public long run(PrintStream out) throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT, "%s; %d rounds of %.1f seconds%n%n", Machine.description(), arguments.rounds(), seconds);
        Subjects.describe(out, subjects.stream());
        List<String> rates = arguments.list("rates", "1000,10000,100000,200000,500000");
        out.println("| calls a second | " + String.join(" | ", rates) + " | lost or doubled |");
        out.println("|---|" + "---:|".repeat(rates.size() + 1));
        Results recorded = new Results();
        Results.Chart chart = recorded.chart(
                "background", "Processor time beside the caller", "calls a second", "percent of one processor");
        List<Map<Setup, List<Result>>> byRate = new ArrayList<>();
        for (String rate : rates) {
            byRate.add(Rounds.run(arguments.rounds(), subjects, setup -> measure(setup, Integer.parseInt(rate))));
        }
        long faults = 0;
        for (Setup setup : subjects) {
            StringBuilder row = new StringBuilder("| ").append(setup.name());
            long faultsHere = 0;
            for (int i = 0; i < rates.size(); i++) {
                List<Result> results = Objects.requireNonNull(byRate.get(i).get(setup));
                Spread spread = Spread.of(results.stream().mapToDouble(Result::percent));
                chart.add(setup.name(), Integer.parseInt(rates.get(i)), spread);
                row.append(" | ").append(spread.format("%.1f"));
                faultsHere += results.stream().mapToLong(Result::faults).sum();
            }
            out.println(row.append(" | ").append(faultsHere).append(" |"));
            faults += faultsHere;
        }
        recorded.write(arguments.results().resolve("background.csv"));
        return faults;
    }

    private Result measure(Setup setup, int rate) throws IOException, InterruptedException {
        int calls = (int) (rate * seconds);
        long[] figures = Fork.run(
                setup, calls, arguments, BackgroundCostFork.class, rate, calls, arguments.decimal("warmup", 3));
        return new Result(100.0 * figures[0] / figures[1], figures[2]);
    }

    private record Result(double percent, long faults) {}
}
