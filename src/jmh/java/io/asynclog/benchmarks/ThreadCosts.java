package io.asynclog.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the operating system counts for a thread; nothing but zeros where it is not Linux.
 *
 * @param pageFaults stores and loads that found their page not mapped, or write-protected since it was last written to
 *     the disk
 * @param blocked times the thread gave up its processor to wait
 * @param preempted times its processor was taken from it
 */
record ThreadCosts(long pageFaults, long blocked, long preempted) {
    private static final Path STAT = Path.of("/proc/thread-self/stat");
    private static final Path STATUS = Path.of("/proc/thread-self/status");
    /** Places behind the name of the thread, which is in parentheses and may hold blanks. */
    private static final int MINOR_FAULTS = 7;

    private static final int MAJOR_FAULTS = 9;

    static ThreadCosts ofThisThread() {
        if (!Files.exists(STAT)) {
            return new ThreadCosts(0, 0, 0);
        }
        try {
            String stat = Files.readString(STAT);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            List<String> status = Files.readAllLines(STATUS);
            return new ThreadCosts(
                    Long.parseLong(fields[MINOR_FAULTS]) + Long.parseLong(fields[MAJOR_FAULTS]),
                    find(status, "voluntary_ctxt_switches:"),
                    find(status, "nonvoluntary_ctxt_switches:"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long find(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.substring(key.length()).strip()))
                .findFirst()
                .orElse(0);
    }

    ThreadCosts minus(ThreadCosts earlier) {
        return new ThreadCosts(
                pageFaults - earlier.pageFaults, blocked - earlier.blocked, preempted - earlier.preempted);
    }

    ThreadCosts plus(ThreadCosts other) {
        return new ThreadCosts(pageFaults + other.pageFaults, blocked + other.blocked, preempted + other.preempted);
    }
}
