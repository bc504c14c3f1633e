package io.asynclog.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The moments at which the JVM stops all its threads, for a collection or its own housekeeping, from when the log is
 * begun on. The JVM writes it by itself, see its option {@code -Xlog:safepoint}.
 */
final class SafepointLog {
    private static final Pattern TOTAL = Pattern.compile("Total: +(\\d+) ns");

    private final Path file;

    private SafepointLog(Path file) {
        this.file = file;
    }

    /** Has the JVM begin. */
    static SafepointLog begin(Path file) {
        try {
            Object ignored = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmLog",
                            new Object[] {new String[] {"output=" + file, "what=safepoint"}},
                            new String[] {String[].class.getName()});
            return new SafepointLog(file);
        } catch (JMException failure) {
            throw new IllegalStateException("The JVM does not log its safepoints", failure);
        }
    }

    /** Returns how long each took so far, in nanoseconds. */
    long[] nanos() throws IOException {
        return TOTAL.matcher(Files.readString(file))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .toArray();
    }
}
