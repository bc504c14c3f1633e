package io.asynclog.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process has used. Where it is not Linux, nothing is known of its threads and of its resident memory: zeros.
 */
final class ProcessCosts {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final Path OWN_THREAD = Path.of("/proc/thread-self/schedstat");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int COLLECTIONS = 3;

    private ProcessCosts() {}

    /** Returns the processor time of all threads there were, in steps of ten milliseconds. */
    static long cpuNanos() {
        return SYSTEM.getProcessCpuTime();
    }

    /**
     * Returns the processor time of the threads that live, to the nanosecond.
     *
     * @param prefixes of the names of those that count; the system knows no more than seven characters for certain
     */
    static long threadNanos(String... prefixes) throws IOException {
        if (!Files.exists(THREADS)) {
            return 0;
        }
        List<Path> threads;
        try (Stream<Path> all = Files.list(THREADS)) {
            threads = all.toList();
        }
        long nanos = 0;
        for (Path thread : threads) {
            try {
                String name = Files.readString(thread.resolve("comm"));
                if (Stream.of(prefixes).anyMatch(name::startsWith)) {
                    String[] times =
                            Files.readString(thread.resolve("schedstat")).split(" ", -1);
                    nanos += Long.parseLong(times[0]);
                }
            } catch (IOException ended) {
                // It does not count any more. Its files are gone, or were just opened and say that there is no such
                // process, for which there is no exception of its own.
            }
        }
        return nanos;
    }

    /** Returns that of the JVM's compiler. */
    static long compilerNanos() throws IOException {
        return threadNanos("C1 Comp", "C2 Comp");
    }

    /** Returns that of the garbage collector. */
    static long collectorNanos() throws IOException {
        return threadNanos("GC Thre", "G1 ");
    }

    /** Returns the processor time of the thread that asks, by the same clock. */
    static long ownThreadNanos() throws IOException {
        return Files.exists(OWN_THREAD)
                ? Long.parseLong(Files.readString(OWN_THREAD).split(" ", -1)[0])
                : 0;
    }

    /** Returns how much of the process is in the machine's memory. */
    static long residentBytes() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .sum();
    }

    /** Returns what is reachable on the heap. */
    static long heapBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
