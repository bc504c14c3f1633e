package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a future costs that waits for its record to be flushed: heap, the time of the call, and the time until all are
 * completed once the sink, which was held up, takes the records.
 *
 * <p>Each figure comes from a JVM of its own. The heap is what is reachable with all futures outstanding, less what was
 * before the first; the futures themselves are part of it, the array that keeps hold of them is not. The records are in
 * the buffer, which is no heap.
 *
 * <p>Arguments besides those of all benchmarks ({@link Arguments}), with their defaults: {@code futures=1000000}.
 */
public final class FutureMemory implements Comparison {
    private final int rounds;
    private final int futures;

    FutureMemory(String... args) {
        Arguments arguments = new Arguments(args, "futures");
        rounds = arguments.rounds();
        futures = arguments.number("futures", 1_000_000);
    }

    /** Runs the measurement and prints it as a Markdown table. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Comparison.end(new FutureMemory(args).run(System.out));
    }

    @Override
    public long run(PrintStream out) throws IOException, InterruptedException {
        List<long[]> results = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            results.add(new Fork(List.of("-XX:MaxDirectMemorySize=1g"), FutureMemoryFork.class, futures).run());
        }
        out.printf(Locale.ROOT, "%s; %d rounds%n%n", Machine.description(), rounds);
        out.println("| outstanding futures | heap bytes each | call ns | completion ns each | not completed |");
        out.println("|---:|---:|---:|---:|---:|");
        long lost = results.stream().mapToLong(figures -> figures[3]).sum();
        out.printf(
                Locale.ROOT,
                "| %,d | %s | %s | %s | %d |%n",
                futures,
                each(results, 0, "%.1f"),
                each(results, 1, "%.0f"),
                each(results, 2, "%.0f"),
                lost);
        return lost;
    }

    private String each(List<long[]> results, int figure, String format) {
        return Spread.of(results.stream().mapToDouble(figures -> (double) figures[figure] / futures))
                .format(format);
    }
}
