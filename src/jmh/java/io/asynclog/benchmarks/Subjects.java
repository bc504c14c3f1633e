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
 *   <li>{@code noop}: a logger that does nothing, which shows what the measurement itself and the machine do.
 * </ul>
 */
final class Subjects {
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
            case "noop" -> new NoopSubject();
            default -> throw new IllegalArgumentException("There is no subject '" + name + "'.");
        };
    }

    /** Returns what the JVM of an engine has to be told. */
    static List<String> jvmArguments(String name, Path file) {
        return name.equals("log4j2") ? Log4jSubject.jvmArguments(file) : List.of();
    }

    private static final class NoopSubject implements Subject {
        @Override
        public void log(String phase, String customer, String account) {}

        @Override
        public void drain() {}

        @Override
        public void stop() {}
    }
}
