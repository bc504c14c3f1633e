package io.asynclog.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A measurement in a JVM of its own, which says its figures in one line of standard output. */
final class Fork {
    private static final String RESULT = "RESULT ";
    /** So that it is under way. */
    private static final long LEAST_MILLIS_TO_KILL = 100;

    private static final long MOST_MILLIS_TO_KILL = 1000;

    private final List<String> command = new ArrayList<>();

    /** Prepares a JVM of 512 MB. */
    Fork(List<String> jvmArguments, Class<?> main, Object... arguments) {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(
                "-Dslf4j.internal.verbosity=ERROR"); // not that several threads looked for a logger at the same time
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow"); // not that peers use what is deprecated
        }
        command.addAll(List.of("-Xms512m", "-Xmx512m", "-cp", System.getProperty("java.class.path")));
        command.addAll(jvmArguments);
        command.add(main.getName());
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    }

    /**
     * Runs the JVM of a subject, with files of its own.
     *
     * @param records that it gets at a time
     */
    static long[] run(Setup setup, long records, Arguments folders, Class<?> main, Object... arguments)
            throws IOException, InterruptedException {
        try (Scratch files = Scratch.in(folders.folder());
                Scratch segments = Scratch.in(folders.buffer())) {
            return of(setup, records, fileIn(files), segments.folder(), main, arguments)
                    .run();
        }
    }

    static Path fileIn(Scratch files) {
        return files.folder().resolve("benchmark.log");
    }

    /**
     * Prepares the JVM of a subject. It is called with the subject's name, its file, the folder of its buffer, and then
     * the arguments: {@link ForkedSubject}.
     */
    static Fork of(Setup setup, long records, Path file, Path buffer, Class<?> main, Object... arguments) {
        List<String> jvmArguments = setup.jvmArgumentsFor(records);
        jvmArguments.add("-D" + Setup.FILE + "=" + file);
        jvmArguments.add("-D" + Setup.PATTERN + "=" + OrderLine.PATTERN);
        List<Object> all = new ArrayList<>(List.of(setup.name(), file, buffer));
        all.addAll(Arrays.asList(arguments));
        return new Fork(jvmArguments, main, all.toArray());
    }

    /** Within the forked JVM: says its figures. */
    static void report(long... figures) {
        System.out.println(
                RESULT + LongStream.of(figures).mapToObj(Long::toString).collect(Collectors.joining(" ")));
        System.out.flush();
    }

    /** Runs the JVM to its end. */
    long[] run() throws IOException, InterruptedException {
        return run(false);
    }

    /**
     * Runs the JVM until it has said its figures, and has the operating system kill it at an arbitrary moment of what
     * it does then.
     */
    long[] runAndKill() throws IOException, InterruptedException {
        return run(true);
    }

    private long[] run(boolean kill) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            long[] figures = readFigures(output);
            if (figures != null && kill) {
                Thread.sleep(ThreadLocalRandom.current().nextLong(LEAST_MILLIS_TO_KILL, MOST_MILLIS_TO_KILL));
                if (!process.isAlive()) {
                    throw new IllegalStateException("Ended before it was killed: " + String.join(" ", command));
                }
                process.destroyForcibly();
            }
            int status = process.waitFor();
            if (figures == null || (status != 0 && !kill)) {
                throw new IllegalStateException("Ended with " + status + ": " + String.join(" ", command));
            }
            return figures;
        } finally {
            process.destroyForcibly();
        }
    }

    private static long @Nullable [] readFigures(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(RESULT)) {
                return Arrays.stream(line.substring(RESULT.length()).split(" ", -1))
                        .mapToLong(Long::parseLong)
                        .toArray();
            }
        }
        return null;
    }
}
