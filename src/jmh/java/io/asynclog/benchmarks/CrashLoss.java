package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the end of the process costs: producers log as fast as they can, the process is killed with {@code SIGKILL} in
 * the midst of that, and each record is looked for whose call had returned.
 *
 * <p>Each figure comes from a JVM of its own, which warms up as that of {@link FileThroughput} does, and is killed at a
 * moment left to chance, within a second. Each thread's count of calls that have returned is in a mapped file, which
 * outlives it. Another JVM then reads what is there; where the subject has left a buffer in mapped files, it starts the
 * subject again first, as the application would. The subjects take turns.
 *
 * <p>Arguments besides those of all benchmarks ({@link Arguments}), with their defaults: {@code warmup=2};
 * {@code records=4000000}, of which an eighth is a round of the warm-up, and for which queues without a bound get a
 * heap; some subjects get a share; {@code subjects=}, all that write but for the bare limits: {@link Subjects};
 * {@code producers=1,4}.
 */
public final class CrashLoss implements Comparison {
    private static final String HEADER = """
            | producers | subject | calls that had returned | lost, a kill | least | most | doubled | out of order |
            |---:|---|---:|---:|---:|---:|---:|---:|""";

    private static final int MOST_KILLS = 5;

    private final Arguments arguments;
    private final int records;
    private final double warmUpSeconds;
    private final List<Setup> subjects;
    private final List<Integer> producers;

    CrashLoss(String... args) {
        arguments = new Arguments(args, "records", "warmup", "subjects", "producers");
        records = arguments.number("records", 4_000_000);
        warmUpSeconds = arguments.decimal("warmup", 2);
        subjects = arguments.subjects(Subjects.names("noop", "spin", "limit-format", "limit-copy"));
        producers = arguments.list("producers", "1,4").stream()
                .map(Integer::valueOf)
                .toList();
    }

    /** Runs the comparison and prints it as a Markdown table. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Comparison.end(new CrashLoss(args).run(System.out));
    }

    /** Returns what was doubled or out of order, and what was lost by subjects that are to lose nothing. */
    @Override
    public long run(PrintStream out) throws IOException, InterruptedException {
        out.printf(Locale.ROOT, "%s; %d kills each%n%n", Machine.description(), arguments.rounds());
        Subjects.describe(out, subjects.stream());
        out.println(HEADER);
        long faults = 0;
        for (int count : producers) {
            List<Setup> able = subjects.stream()
                    .filter(setup -> count <= setup.mostProducers())
                    .toList();
            faults += Rounds.run(arguments.rounds(), able, setup -> kill(setup, count)).entrySet().stream()
                    .mapToLong(entry -> print(out, count, entry.getKey(), entry.getValue()))
                    .sum();
        }
        return faults;
    }

    private Found kill(Setup setup, int count) throws IOException, InterruptedException {
        for (int i = 0; i < MOST_KILLS; i++) {
            Found found = killOnce(setup, count);
            if (found != null) {
                return found;
            }
        }
        throw new IllegalStateException("'" + setup.name() + "' stands still");
    }

    /**
     * Returns null where no call has returned since it was under way: a collection of garbage, the disk, or a full
     * buffer.
     */
    private @Nullable Found killOnce(Setup setup, int count) throws IOException, InterruptedException {
        try (Scratch files = Scratch.in(arguments.folder());
                Scratch segments = Scratch.in(arguments.buffer())) {
            Path file = Fork.fileIn(files);
            Path buffer = segments.folder();
            int share = (int) (records * setup.share());
            long[] underWay = Fork.of(setup, records, file, buffer, CrashLossFork.class, count, share, warmUpSeconds)
                    .runAndKill();
            long[] found = Fork.of(setup, 0, file, buffer, CrashLossCheck.class).run();
            return found[0] <= underWay[0] ? null : new Found(found[0], found[1], found[2], found[3]);
        }
    }

    private static long print(PrintStream out, int count, Setup setup, List<Found> kills) {
        Spread lost = Spread.of(kills.stream().mapToDouble(Found::lost));
        long doubled = sum(kills, Found::doubled);
        long disordered = sum(kills, Found::disordered);
        out.printf(
                Locale.ROOT,
                "| %d | %s | %,d | %,.0f | %,.0f | %,.0f | %,d | %,d |%n",
                count,
                setup.name(),
                sum(kills, Found::returned),
                lost.median(),
                lost.smallest(),
                lost.largest(),
                doubled,
                disordered);
        return doubled + (setup.ordered() ? disordered : 0) + (setup.durable() ? sum(kills, Found::lost) : 0);
    }

    private static long sum(List<Found> kills, ToLongFunction<Found> figure) {
        return kills.stream().mapToLong(figure).sum();
    }

    /**
     * The figures of {@link CrashLossCheck}.
     *
     * @param returned calls that had returned
     * @param lost of these, whose record is not there
     * @param doubled records that are there once more
     * @param disordered records that are there behind a later one of their producer
     */
    record Found(long returned, long lost, long doubled, long disordered) {}
}
