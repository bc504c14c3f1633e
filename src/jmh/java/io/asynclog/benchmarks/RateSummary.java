package io.asynclog.benchmarks;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rates of {@link FileThroughput} as two tables with a column for each number of producers: the rates themselves,
 * and how many times the rate of each other subject one of them has.
 *
 * <p>Such a ratio is that of two measurements of one round, which lie next to each other in time, and the median of
 * these is printed, with the smallest and the largest: a machine that gets slower from one round to the next changes
 * the rates, but hardly their ratios.
 */
final class RateSummary {
    private static final String NOT_MEASURED = "";

    private final String compared;
    private final Map<String, Map<Integer, List<Double>>> rates = new LinkedHashMap<>();
    private final Set<Integer> producers = new TreeSet<>();

    /** Creates a summary that compares that subject with all others, if it is among those that are added. */
    RateSummary(String compared) {
        this.compared = compared;
    }

    /** Adds the rates of a subject, in million records a second, by rounds. */
    void add(String subject, int count, List<Double> byRound) {
        rates.computeIfAbsent(subject, key -> new TreeMap<>()).put(count, byRound);
        producers.add(count);
    }

    void print(PrintStream out) {
        print(
                out,
                "million records a second",
                rates.keySet(),
                (subject, count) -> Spread.of(ratesOf(subject, count).stream().mapToDouble(Double::doubleValue)));
        if (rates.containsKey(compared) && rates.size() > 1) {
            Set<String> others = new LinkedHashSet<>(rates.keySet());
            others.remove(compared);
            print(out, compared + ", times the rate of", others, this::ratio);
        }
    }

    private void print(PrintStream out, String title, Set<String> subjects, BiFunction<String, Integer, Spread> cell) {
        out.printf("%n| %s |", title);
        producers.forEach(count -> out.printf(" %d |", count));
        out.printf("%n|---|%s%n", "---:|".repeat(producers.size()));
        for (String subject : subjects) {
            out.println(producers.stream()
                    .map(count -> ratesOf(subject, count).isEmpty()
                            ? NOT_MEASURED
                            : cell.apply(subject, count).format("%.2f"))
                    .collect(Collectors.joining(" | ", "| " + subject + " | ", " |")));
        }
    }

    private Spread ratio(String other, int count) {
        List<Double> ours = ratesOf(compared, count);
        List<Double> theirs = ratesOf(other, count);
        return Spread.of(IntStream.range(0, ours.size()).mapToDouble(round -> ours.get(round) / theirs.get(round)));
    }

    private List<Double> ratesOf(String subject, int count) {
        return rates.getOrDefault(subject, Map.of()).getOrDefault(count, List.of());
    }
}
