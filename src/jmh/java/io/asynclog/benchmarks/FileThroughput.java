package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records per second, end to end, into a file: from the first log call until the engine has stopped and every line is in
 * the file, with 1, 2, 4 and 16 producers, for asynclog and for Log4j2's async loggers.
 *
 * <p>Each figure comes from a JVM of its own, which warms up, then measures. The subjects take turns, so that a machine that
 * slows down does so for both. What is printed is the median of the rounds, with the slowest and the fastest, and how many
 * lines are missing from the files: loss belongs beside speed.
 *
 * <p>Arguments: {@code [rounds] [records per round] [folder]}, 5, 5,000,000 and the folder for temporary files if not given.
 */
public final class FileThroughput {
    private static final int[] PRODUCERS = {1, 2, 4, 16};
    private static final List<String> SUBJECTS = List.of("asynclog", "log4j2");

    private FileThroughput() {}

    /** Runs the comparison and prints it as a Markdown table. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        long records = args.length > 1 ? Long.parseLong(args[1]) : 5_000_000;
        Path parent = Path.of(args.length > 2 ? args[2] : System.getProperty("java.io.tmpdir"));
        Path folder = Files.createTempDirectory(parent, "asynclog-benchmark");
        System.out.printf(
                "Java %s, %d processors, %d rounds of %,d records%n%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors(), rounds, records);
        System.out.println("| producers | subject | M records/s | slowest | fastest | caller ns/record | lines lost |");
        System.out.println("|---:|---|---:|---:|---:|---:|---:|");
        for (int producers : PRODUCERS) {
            Map<String, List<Result>> results = new TreeMap<>();
            for (int round = 0; round < rounds; round++) {
                for (String subject : SUBJECTS) {
                    Result result = fork(subject, producers, records, folder.resolve(subject + ".log"));
                    results.computeIfAbsent(subject, key -> new ArrayList<>()).add(result);
                }
            }
            results.forEach((subject, all) -> print(producers, subject, records, all));
        }
        Files.delete(folder);
    }

    private static void print(int producers, String subject, long records, List<Result> results) {
        double[] rates = results.stream()
                .mapToDouble(result -> records * 1e3 / result.totalNanos)
                .sorted()
                .toArray();
        double[] callers = results.stream()
                .mapToDouble(result -> (double) result.callerNanos * producers / records)
                .sorted()
                .toArray();
        long lost = results.stream().mapToLong(result -> records - result.lines).sum();
        System.out.printf(
                Locale.ROOT,
                "| %d | %s | %.2f | %.2f | %.2f | %.0f | %d |%n",
                producers,
                subject,
                rates[rates.length / 2],
                rates[0],
                rates[rates.length - 1],
                callers[callers.length / 2],
                lost);
    }

    private static Result fork(String subject, int producers, long records, Path file)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(Log4jSubject.jvmArguments(file));
        command.addAll(Arrays.asList(
                FileThroughputFork.class.getName(),
                subject,
                Integer.toString(producers),
                Long.toString(records),
                file.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(subject + " ended with " + process.exitValue() + ": " + output);
        }
        String[] figures = output.strip().split(" ", -1);
        Result result = new Result(Long.parseLong(figures[0]), Long.parseLong(figures[1]), Long.parseLong(figures[2]));
        Files.delete(file);
        return result;
    }

    private record Result(long callerNanos, long totalNanos, long lines) {}
}
