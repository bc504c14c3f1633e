package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the flow that the engine goes back to claims for tasks over threads: little memory for one that waits, more of
 * them at once than a pool has threads, and a cheap switch from one to the next.
 *
 * <ul>
 *   <li>{@code platform}: a platform thread each;
 *   <li>{@code virtual}: a virtual thread each, on Java 21 or later;
 *   <li>{@code future}: a record logged with {@code logAsync}, whose sink is held up, and a step that goes on when it
 *       is flushed.
 * </ul>
 *
 * <p>Each figure comes from a JVM of its own; the kinds take turns. All tasks wait at the same time. <i>Heap</i> is
 * what is reachable then, <i>resident</i> what of the process is in memory, both by task and less what was before; for
 * futures the latter has the record in the buffer too. <i>Threads</i> is how many platform threads the JVM has
 * meanwhile. A <i>switch</i> is, for threads, from the one that wakes the other to the other that runs; for futures, it
 * is the time from when the sink takes the records, with all steps waiting for them, to the last step, by step.
 *
 * <p>Arguments besides those of all benchmarks ({@link Arguments}), with their defaults: {@code platform=5000},
 * {@code virtual=500000}, {@code future=500000} tasks; {@code switches=200000}.
 */
public final class WaitingTasks implements Comparison {
    private final Arguments arguments;

    WaitingTasks(String... args) {
        arguments = new Arguments(args, "platform", "virtual", "future", "switches");
    }

    /** Runs the comparison and prints it as a Markdown table. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Comparison.end(new WaitingTasks(args).run(System.out));
    }

    @Override
    public long run(PrintStream out) throws IOException, InterruptedException {
        Map<String, Integer> kinds = new LinkedHashMap<>();
        kinds.put("platform", arguments.number("platform", 5000));
        if (ManyThreads.areVirtual()) {
            kinds.put("virtual", arguments.number("virtual", 500_000));
        }
        kinds.put("future", arguments.number("future", 500_000));
        Map<Map.Entry<String, Integer>, List<Result>> results = Rounds.run(
                arguments.rounds(), List.copyOf(kinds.entrySet()), kind -> measure(kind.getKey(), kind.getValue()));
        out.printf(Locale.ROOT, "%s; %d rounds%n%n", Machine.description(), arguments.rounds());
        out.println("| task | waiting at once | threads | heap bytes each | resident bytes each | switch ns |");
        out.println("|---|---:|---:|---:|---:|---:|");
        results.forEach((kind, all) -> out.printf(
                Locale.ROOT,
                "| %s | %,d | %s | %s | %s | %s |%n",
                kind.getKey(),
                kind.getValue(),
                spread(all, result -> result.threads),
                spread(all, result -> result.heapBytes),
                spread(all, result -> result.residentBytes),
                spread(all, result -> result.switchNanos)));
        return 0;
    }

    private static String spread(List<Result> results, ToDoubleFunction<Result> figure) {
        return Spread.of(results.stream().mapToDouble(figure)).format("%.0f");
    }

    private Result measure(String kind, int tasks) throws IOException, InterruptedException {
        int switches = arguments.number("switches", 200_000);
        long[] figures = new Fork(
                        List.of("-XX:MaxDirectMemorySize=1g", "-Xmx2g"), WaitingTasksFork.class, kind, tasks, switches)
                .run();
        return new Result(
                (double) figures[0] / tasks, (double) figures[1] / tasks, figures[2], (double) figures[3] / switches);
    }

    private record Result(double heapBytes, double residentBytes, double threads, double switchNanos) {}
}
