package io.asynclog.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.asynclog.AsyncLogManager;
import io.asynclog.started.StartedApplication;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Measures what the starter adds to the start of an application: from the start of the JVM until the context is ready,
 * with asynclog on the class path and without, taking turns. Nothing is said of the times;
 * {@code -DstartCost.rounds=20} makes them worth reading.
 */
class StartCostIT {
    private static final int ROUNDS = Integer.getInteger("startCost.rounds", 1);

    @Test
    void applicationStartsWithAsynclogAndWithout() throws Exception {
        String with = System.getProperty("java.class.path");
        String without = withoutAsynclog(with);
        List<Started> allWith = new ArrayList<>();
        List<Started> allWithout = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            allWithout.add(start(without, false));
            allWith.add(start(with, true));
        }
        System.out.println("| application | start ms | resident MiB |");
        System.out.println("|---|---:|---:|");
        print("without asynclog", allWithout);
        print("with asynclog", allWith);
    }

    private static void print(String name, List<Started> all) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s |%n",
                name,
                spread(all, Started::millis),
                spread(all, Started::residentMiB));
    }

    /** Returns the median, with the smallest and the largest. */
    private static String spread(List<Started> all, ToLongFunction<Started> figure) {
        long[] sorted = all.stream().mapToLong(figure).sorted().toArray();
        return sorted[sorted.length / 2] + " (" + sorted[0] + "-" + sorted[sorted.length - 1] + ")";
    }

    private static String withoutAsynclog(String classPath) throws URISyntaxException {
        Set<Path> asynclog = Set.of(locationOf(AsyncLogManager.class), locationOf(AsyncLogAutoConfiguration.class));
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .filter(entry -> !asynclog.contains(Path.of(entry).normalize()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path locationOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .normalize();
    }

    private static Started start(String classPath, boolean expected) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        classPath,
                        StartedApplication.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> ready = output.lines()
                    .filter(line -> line.startsWith(StartedApplication.READY))
                    .toList();
            assertThat(process.waitFor()).isZero();
            assertThat(ready).hasSize(1);
            String[] figures = ready.get(0).split(" ", -1);
            assertThat(figures[1]).as("asynclog is there").isEqualTo(Boolean.toString(expected));
            return new Started(Long.parseLong(figures[2]), Long.parseLong(figures[3]));
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * An application that is ready.
     *
     * @param millis since the start of its JVM
     * @param residentMiB what of it is in the machine's memory; 0 where it is not Linux
     */
    private record Started(long millis, long residentMiB) {}
}
