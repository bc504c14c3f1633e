package io.asynclog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A process of its own, for an engine that is to be killed or confined. What it says is kept in a file. */
public final class ChildJvm implements AutoCloseable {
    private static final long LOOK_NANOS = 10_000;

    private final Process process;
    private final Path output;

    private ChildJvm(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Returns the command that runs a class with a small heap, and starts as fast as a JVM can. */
    public static List<String> command(String heap, Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Object argument : arguments) {
            command.add(String.valueOf(argument));
        }
        return command;
    }

    /** Starts a process whose output, of both kinds, is appended to a file. */
    public static ChildJvm start(List<String> command, Path output) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(output.toFile()))
                    .start();
            return new ChildJvm(process, output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits, looking often, until something is the case or a moment has come; fails when the process ends before. */
    void await(BooleanSupplier condition, Duration longest) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new AssertionError("The process ended by itself, with " + process.exitValue() + ": " + said());
            }
            if (System.nanoTime() - begin > longest.toNanos()) {
                throw new AssertionError("The process did not come so far in " + longest + ": " + said());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Waits for the process to end by itself, and returns what it said. */
    public String awaitEnd(Duration longest) {
        try {
            if (!process.waitFor(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("The process did not end in " + longest + ": " + said());
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("The process ended with " + process.exitValue() + ": " + said());
        }
        return said();
    }

    /** Kills the process and waits until the system has done so. On Linux that is {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    String said() {
        try {
            return Files.readString(output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
