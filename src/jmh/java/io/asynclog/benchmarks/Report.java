package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs all comparisons one after the other. What they print goes to one Markdown file, {@code report.md}, next to the
 * files for {@link Charts}, in a folder that is named by the Java version: {@code docs/results/java-17}.
 *
 * <p>At its head stands what it was run with, and the commit.
 *
 * <p>Arguments are those of all benchmarks ({@link Arguments}), except that {@code results} is {@code docs/results};
 * {@code parts=}, the comparisons to run, all: {@code throughput}, {@code latency}, {@code virtual-threads},
 * {@code acknowledged}, {@code crash}, {@code sinks}, {@code growth}, {@code background}, {@code idle},
 * {@code futures}, {@code waiting}; and any argument of one of them behind its name, as {@code latency.seconds=2} or
 * {@code growth.rounds=1}.
 */
public final class Report {
    private static final Map<String, Part> ALL = all();

    private final String[] args;
    private final List<String> parts;
    private final Path folder;

    Report(String... args) {
        this.args = args;
        Arguments own = new Arguments(
                Stream.of(args).filter(arg -> partOf(arg).isEmpty()).toArray(String[]::new), "parts");
        parts = own.list("parts", String.join(",", ALL.keySet()));
        folder = own.folder("results", Path.of("docs", "results"))
                .resolve("java-" + Runtime.version().feature());
        if (!ALL.keySet().containsAll(parts)) {
            throw new IllegalArgumentException("Of " + parts + " there are only " + ALL.keySet());
        }
    }

    private static Map<String, Part> all() {
        Map<String, Part> all = new LinkedHashMap<>();
        all.put("throughput", new Part("End to end into a file", FileThroughput::new));
        all.put("latency", new Part("Latency of a call", CallerLatency::new));
        all.put("virtual-threads", new Part("Many virtual threads", VirtualThreads::new));
        all.put("acknowledged", new Part("Acknowledged records", AcknowledgedLogging::new));
        all.put("crash", new Part("What the end of the process costs", CrashLoss::new));
        all.put("sinks", new Part("Several sinks", SeveralSinks::new));
        all.put("growth", new Part("Growth of cost", CostGrowth::new));
        all.put("background", new Part("Processor time beside the caller", BackgroundCost::new));
        all.put("idle", new Part("Idle, memory, start", IdleCost::new));
        all.put("futures", new Part("Outstanding futures", FutureMemory::new));
        all.put("waiting", new Part("What waits: threads, virtual threads, futures", WaitingTasks::new));
        return all;
    }

    /** Returns the comparison whose argument this is; an empty text if it is for all. */
    private static String partOf(String arg) {
        int dot = arg.indexOf('.');
        return dot < 0 || !ALL.containsKey(arg.substring(0, dot)) ? "" : arg.substring(0, dot);
    }

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Comparison.end(new Report(args).run(System.out));
    }

    /** Returns how many records were lost, doubled or out of order. */
    long run(PrintStream progress) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path file = folder.resolve("report.md");
        long faults = 0;
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8)) {
            out.printf("# Measured on %s%n%n", LocalDate.now(ZoneId.systemDefault()));
            out.printf("%s%s%n", args.length == 0 ? "Without arguments" : "`" + String.join(" ", args) + "`", commit());
            for (String name : parts) {
                long begin = System.nanoTime();
                faults += run(name, out);
                long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
                progress.printf(Locale.ROOT, "%s: %d s%n", name, seconds);
            }
        }
        progress.println(file);
        return faults;
    }

    /** Returns the commit that is checked out; nothing where Git is not there, or this is no clone. */
    private static String commit() throws InterruptedException {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return git.waitFor() == 0 ? ", commit " + commit : "";
        } catch (IOException notThere) {
            return "";
        }
    }

    private long run(String name, PrintStream out) throws IOException, InterruptedException {
        Part part = Objects.requireNonNull(ALL.get(name));
        List<String> arguments = argumentsOf(name);
        out.printf("%n## %s%n%n", part.title);
        return part.comparison.apply(arguments.toArray(String[]::new)).run(out);
    }

    /** What is said for one comparison comes last, and so takes the place of what is said for all. */
    private List<String> argumentsOf(String name) {
        List<String> arguments = new ArrayList<>();
        Arrays.stream(args)
                .filter(arg -> partOf(arg).isEmpty() && !arg.startsWith("parts="))
                .forEach(arguments::add);
        arguments.add("results=" + folder);
        Arrays.stream(args)
                .filter(arg -> partOf(arg).equals(name))
                .map(arg -> arg.substring(name.length() + 1))
                .forEach(arguments::add);
        return arguments;
    }

    private record Part(String title, Function<String[], Comparison> comparison) {}
}
