package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * What logging takes of a processor beside the thread that logs, at rates well below what an engine can do, which is
 * where services are: in percent of one processor, all threads of the process but the caller and the JVM's compiler;
 * the garbage collector is among them, since garbage is the logger's. An engine whose thread wakes for each record, or
 * looks for the next one again and again, shows here and nowhere else. Counted from the first call to the last: what is
 * still in a queue then is left out.
 *
 * <p>Each figure comes from a JVM of its own, which warms up half the time as fast as it goes and half the time at the
 * rate that is measured then. The subjects take turns. A cell holds the median of the rounds, with the smallest and the
 * largest. The last two columns hold the largest of all rates and rounds: what of it was the collector's, and what the
 * compiler took besides, which tells whether the warm-up was long enough.
 *
 * <p>Arguments besides those of all benchmarks ({@link Arguments}), with their defaults: {@code seconds=3};
 * {@code warmup=6}, also in seconds; {@code subjects=}, some: {@link Subjects};
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
        Comparison.end(new BackgroundCost(args).run(System.out));
    }

    @Override
    public long run(PrintStream out) throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT, "%s; %d rounds of %.1f seconds%n%n", Machine.description(), arguments.rounds(), seconds);
        Subjects.describe(out, subjects.stream());
        List<String> rates = arguments.list("rates", "1000,10000,100000,200000,500000");
        out.println("| calls a second | " + String.join(" | ", rates)
                + " | lost, doubled or out of order | most of the collector | most of the compiler |");
        out.println("|---|" + "---:|".repeat(rates.size() + 3));
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
            List<Result> all = new ArrayList<>();
            for (int i = 0; i < rates.size(); i++) {
                List<Result> results = Objects.requireNonNull(byRate.get(i).get(setup));
                Spread spread = Spread.of(results.stream().mapToDouble(Result::percent));
                chart.add(setup.name(), Integer.parseInt(rates.get(i)), spread);
                row.append(" | ").append(spread.format("%.1f"));
                all.addAll(results);
            }
            long faultsHere = all.stream().mapToLong(Result::faults).sum();
            out.printf(
                    Locale.ROOT,
                    "%s | %d | %.1f | %.1f |%n",
                    row,
                    faultsHere,
                    most(all, Result::collectorPercent),
                    most(all, Result::compilerPercent));
            faults += faultsHere;
        }
        recorded.write(arguments.results().resolve("background.csv"));
        return faults;
    }

    private static double most(List<Result> results, ToDoubleFunction<Result> figure) {
        return results.stream().mapToDouble(figure).max().orElse(0);
    }

    private Result measure(Setup setup, int rate) throws IOException, InterruptedException {
        int calls = (int) (rate * seconds);
        int mostAtOnce = Math.max(calls, BackgroundCostFork.WARM_UP_RECORDS);
        long[] figures = Fork.run(
                setup, mostAtOnce, arguments, BackgroundCostFork.class, rate, calls, arguments.decimal("warmup", 6));
        double onePercent = figures[3] / 100.0;
        return new Result(figures[0] / onePercent, figures[1] / onePercent, figures[2] / onePercent, figures[4]);
    }

    private record Result(double percent, double compilerPercent, double collectorPercent, long faults) {}
}
