package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What an engine costs that has nothing to do: a small application starts, writes ten lines, and idles; once with an
 * engine that has a console, a file and a sink of its own, and once without asynclog.
 *
 * <p>Each figure comes from a JVM of its own; the two take turns. <i>Processor</i> is the time that threads ran while
 * the application idled, in millionths of the time that went by: of all threads, and of asynclog's. <i>Resident</i> is
 * what of the process is in memory when the lines are out and the JVM had ten seconds to settle. The engine is built
 * and initialized in a JVM that has just started, has loaded of the JDK what any application uses, and has collected
 * its garbage: these times are those of loading the engine's classes, for the most part.
 *
 * <p>Arguments besides those of all benchmarks ({@link Arguments}), with their defaults: {@code seconds=10} of idling.
 */
public final class IdleCost implements Comparison {
    private static final double MEBIBYTE = 1024.0 * 1024;

    private final int seconds;
    private final Arguments arguments;

    IdleCost(String... args) {
        arguments = new Arguments(args, "seconds");
        seconds = arguments.number("seconds", 10);
    }

    /** Runs the comparison and prints it as a Markdown table. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Comparison.end(new IdleCost(args).run(System.out));
    }

    @Override
    public long run(PrintStream out) throws IOException, InterruptedException {
        List<Result> without = new ArrayList<>();
        List<Result> with = new ArrayList<>();
        for (int round = 0; round < arguments.rounds(); round++) {
            without.add(measure(false));
            with.add(measure(true));
        }
        out.printf(
                Locale.ROOT,
                "%s; %d rounds of %d seconds of idling%n%n",
                Machine.description(),
                arguments.rounds(),
                seconds);
        out.println(
                "| application | build ms | initialize ms | resident MiB | processor ppm | of asynclog's threads ppm |");
        out.println("|---|---:|---:|---:|---:|---:|");
        print(out, "without asynclog", without);
        print(out, "with asynclog and three sinks", with);
        return 0;
    }

    private void print(PrintStream out, String name, List<Result> results) {
        out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s |%n",
                name,
                spread(results, result -> result.buildNanos / 1e6),
                spread(results, result -> result.initializeNanos / 1e6),
                spread(results, result -> result.residentBytes / MEBIBYTE),
                spread(results, result -> partsPerMillion(result.allNanos)),
                spread(results, result -> partsPerMillion(result.asynclogNanos)));
    }

    private double partsPerMillion(long nanos) {
        return nanos / (Math.max(1, seconds) * 1e3);
    }

    private static String spread(List<Result> results, ToDoubleFunction<Result> figure) {
        return Spread.of(results.stream().mapToDouble(figure)).format("%.1f");
    }

    private Result measure(boolean withAsynclog) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.in(arguments.folder())) {
            long[] figures = new Fork(List.of(), IdleCostFork.class, withAsynclog, seconds, scratch.folder()).run();
            return new Result(figures[0], figures[1], figures[2], figures[3], figures[4]);
        }
    }

    private record Result(
            long buildNanos, long initializeNanos, long residentBytes, long allNanos, long asynclogNanos) {}
}
