package io.asynclog.benchmarks;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All subjects. A new one is a class and a line here. */
final class Subjects {
    private static final List<Setup> ALL = List.of(
            AsynclogSubject.memory(),
            AsynclogSubject.mapped(),
            AsynclogSubject.mapped64(),
            LogbackBridgeSubject.memory(),
            Log4jSubject.best(),
            Log4jSubject.byDefault(),
            LogbackSubject.logstash(),
            LogbackSubject.asynchronous(),
            LogbackSubject.synchronous(),
            TinylogSubject.writingThread(),
            ChronicleSubject.queue(),
            ReferenceFlowSubject.taskPerPush(),
            ThreadPoolFlowSubject.doubleBuffer(),
            LimitSubject.format(),
            LimitSubject.copy(),
            IdleSubject.noop(),
            IdleSubject.spin());

    private Subjects() {}

    static Setup named(String name) {
        return ALL.stream()
                .filter(setup -> setup.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no subject '" + name + "', only " + names()));
    }

    /** Returns the names of all subjects but some, joined by commas. */
    static String names(String... without) {
        return ALL.stream()
                .map(Setup::name)
                .filter(name -> !Arrays.asList(without).contains(name))
                .collect(Collectors.joining(","));
    }

    /** Prints versions and settings. */
    static void describe(PrintStream out, Stream<Setup> setups) {
        setups.forEach(setup -> out.printf("- `%s`: %s%n", setup.name(), setup.configuration()));
        out.println();
    }
}
