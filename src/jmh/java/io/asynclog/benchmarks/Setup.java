package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A subject before it runs: how it is set up, and what its JVM has to be told. Every JVM has besides the system
 * properties {@link #FILE} and {@link #PATTERN}, which configuration files refer to.
 *
 * @param name how it is called in arguments and tables
 * @param configuration the library with its version, and its settings where they matter
 * @param jvmArguments for its JVM alone
 * @param bounded whether its queue is; if not, the heap of its JVM has to hold all records
 * @param ordered whether the lines of a producer come in the order of its calls
 * @param durable whether a record whose call has returned is to outlive the process
 * @param share of the records that it is given, 1 or less, since some are slow or have to hold all of them
 * @param mostProducers that may call it at a time
 * @param opener starts it
 * @param reader finds its lines when it has stopped
 */
record Setup(
        String name,
        String configuration,
        List<String> jvmArguments,
        boolean bounded,
        boolean ordered,
        boolean durable,
        double share,
        int mostProducers,
        Opener opener,
        Reader reader) {
    static final String FILE = "benchmark.file";
    static final String PATTERN = "benchmark.pattern";

    /** What a record takes while it waits in a queue of objects, at most. */
    private static final long HEAP_BYTES_A_RECORD = 1_200;

    private static final long HEAP_MEGABYTES = 512;

    static Setup of(String name, String configuration, Opener opener) {
        return new Setup(
                name, configuration, List.of(), true, true, false, 1, Integer.MAX_VALUE, opener, LineCheck::readFile);
    }

    Setup withJvmArguments(List<String> arguments) {
        return new Setup(
                name, configuration, arguments, bounded, ordered, durable, share, mostProducers, opener, reader);
    }

    Setup withoutBound() {
        return new Setup(
                name, configuration, jvmArguments, false, ordered, durable, share, mostProducers, opener, reader);
    }

    Setup withoutOrder() {
        return new Setup(
                name, configuration, jvmArguments, bounded, false, durable, share, mostProducers, opener, reader);
    }

    Setup thatIsDurable() {
        return new Setup(
                name, configuration, jvmArguments, bounded, ordered, true, share, mostProducers, opener, reader);
    }

    Setup withShare(double smaller) {
        return new Setup(
                name, configuration, jvmArguments, bounded, ordered, durable, smaller, mostProducers, opener, reader);
    }

    Setup forOneProducer() {
        return new Setup(name, configuration, jvmArguments, bounded, ordered, durable, share, 1, opener, reader);
    }

    Setup withReader(Reader other) {
        return new Setup(
                name, configuration, jvmArguments, bounded, ordered, durable, share, mostProducers, opener, other);
    }

    /**
     * Returns what a JVM has to be told that logs so many records; the pages of a large heap are there from the start.
     */
    List<String> jvmArgumentsFor(long records) {
        List<String> arguments = new ArrayList<>(jvmArguments);
        if (!bounded) {
            long megabytes = HEAP_MEGABYTES + ((records * HEAP_BYTES_A_RECORD) >> 20);
            arguments.addAll(List.of(
                    "-Xms" + megabytes + "m",
                    "-Xmx" + megabytes + "m",
                    "-XX:+UseParallelGC",
                    "-XX:+AlwaysPreTouch",
                    "-XX:+UseTransparentHugePages"));
        }
        return arguments;
    }

    /** Starts a subject. */
    @FunctionalInterface
    interface Opener {
        /**
         * Returns a subject that runs.
         *
         * @param file the file it writes, never rolled
         * @param buffer the directory of a buffer in mapped files
         */
        Subject open(Path file, Path buffer) throws IOException;
    }

    /** Finds lines. */
    @FunctionalInterface
    interface Reader {
        /**
         * Shows each line that was measured to the check; others may be among them.
         *
         * @param from where the file ended before anything was measured
         */
        void read(Path file, long from, LineCheck check) throws IOException;
    }
}
