package io.asynclog.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The jar files on the class path, whose names tell the versions that are really measured. */
final class Libraries {
    private Libraries() {}

    /** Returns the name of a jar file without its ending, as {@code log4j-core-2.26.1}. */
    static String named(String artifact) {
        return Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1))
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(name -> name.matches(artifact + "-[0-9].*[.]jar"))
                .map(name -> name.substring(0, name.length() - ".jar".length()))
                .collect(Collectors.joining(" "));
    }
}
