package io.asynclog.benchmarks;

import io.asynclog.buffer.BufferOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * The engines that are measured, by name.
 *
 * <ul>
 *   <li>{@code asynclog-memory}: asynclog with its defaults, so with a buffer of 64 MB in memory;
 *   <li>{@code asynclog-mapped}: with a buffer in memory-mapped files and its default of 1 GB;
 *   <li>{@code asynclog-mapped-64mb}: the same, no larger than the one in memory;
 *   <li>{@code log4j2}: Log4j2's async loggers;
 *   <li>{@code noop}: a logger that does nothing, which shows what the measurement itself and the machine do;
 *   <li>{@code spin}: one that looks at the clock for as long as a call of asynclog takes, and does nothing else, so that the
 *       machine takes the processor away within as many calls.
 * </ul>
 */
final class Subjects {
    private static final long SPIN_NANOS = 100;

    private Subjects() {}

    /**
     * Returns an engine that runs.
     *
     * @param file the file it writes, never rolled
     * @param buffer the directory of a buffer in mapped files
     */
    static Subject open(String name, Path file, Path buffer) {
        BufferOptions memory = BufferOptions.defaults();
        return switch (name) {
            case "asynclog-memory" -> new AsynclogSubject(file, memory);
            case "asynclog-mapped" -> new AsynclogSubject(file, memory.withDirectory(buffer));
            case "asynclog-mapped-64mb" ->
                new AsynclogSubject(file, memory.withDirectory(buffer).withMaxSize(memory.maxSize()));
            case "log4j2" -> new Log4jSubject();
            case "noop" -> new IdleSubject(0);
            case "spin" -> new IdleSubject(SPIN_NANOS);
            default -> throw new IllegalArgumentException("There is no subject '" + name + "'.");
        };
    }

    /** Returns what the JVM of an engine has to be told. */
    static List<String> jvmArguments(String name, Path file) {
        return name.equals("log4j2") ? Log4jSubject.jvmArguments(file) : List.of();
    }

    /** Returns whether a subject writes to the file. */
    static boolean writes(String name) {
        return !name.equals("noop") && !name.equals("spin");
    }

    private static final class IdleSubject implements Subject {
        private final long nanos;

        IdleSubject(long nanos) {
            this.nanos = nanos;
        }

        @Override
        public void log(String phase, String customer, String account) {
            if (nanos > 0) {
                long begin = System.nanoTime();
                while (System.nanoTime() - begin < nanos) {
                    // looks again
                }
            }
        }

        @Override
        public void drain() {}

        @Override
        public void stop() {}
    }
}
