package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A subject before it runs: how it is set up, and what its JVM has to be told. Every JVM has besides the system properties
 * {@link #FILE} and {@link #PATTERN}, which configuration files refer to.
 *
 * @param name how it is called in arguments and tables
 * @param configuration the library with its version, and its settings where they matter
 * @param jvmArguments for its JVM alone
 * @param share of the records that it is given, 1 or less, since some are slow
 * @param mostProducers that may call it at a time
 * @param opener starts it
 * @param reader finds its lines when it has stopped
 */
record Setup(
        String name,
        String configuration,
        List<String> jvmArguments,
        double share,
        int mostProducers,
        Opener opener,
        Reader reader) {
    static final String FILE = "benchmark.file";
    static final String PATTERN = "benchmark.pattern";

    /** What a queue without a bound needs when its thread falls behind, with all of its pages there when it is measured. */
    static final List<String> LARGE_HEAP =
            List.of("-Xms4g", "-Xmx4g", "-XX:+UseParallelGC", "-XX:+AlwaysPreTouch", "-XX:+UseTransparentHugePages");

    static Setup of(String name, String configuration, Opener opener) {
        return new Setup(name, configuration, List.of(), 1, Integer.MAX_VALUE, opener, LineCheck::readFile);
    }

    Setup withJvmArguments(List<String> arguments) {
        return new Setup(name, configuration, arguments, share, mostProducers, opener, reader);
    }

    Setup withShare(double smaller) {
        return new Setup(name, configuration, jvmArguments, smaller, mostProducers, opener, reader);
    }

    Setup forOneProducer() {
        return new Setup(name, configuration, jvmArguments, share, 1, opener, reader);
    }

    Setup withReader(Reader other) {
        return new Setup(name, configuration, jvmArguments, share, mostProducers, opener, other);
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
        /** Shows each line to the check. */
        void read(Path file, LineCheck check) throws IOException;
    }
}
