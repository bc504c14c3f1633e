package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks, in a JVM of its own, for the records of calls that had returned in a process which was killed. Says how many
 * calls had, how many of their records are missing, how many are there once more, and how many behind a later one.
 */
public final class CrashLossCheck {
    private CrashLossCheck() {}

    /** Checks. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Setup setup = Subjects.named(args[0]);
        Path file = Path.of(args[1]);
        Path buffer = Path.of(args[2]);
        if (holdsFiles(buffer)) {
            Subject again = setup.opener().open(file, buffer);
            again.drain();
            again.close();
        }
        CrashLoss.Found found = find(setup, file, CallCounts.read(CrashLossFork.folderOf(args)));
        Fork.report(found.returned(), found.lost(), found.doubled(), found.disordered());
    }

    static CrashLoss.Found find(Setup setup, Path file, CallCounts returned) throws IOException {
        // The last call of each thread may have left its record and not returned.
        int records = producers(returned).map(returned::get).max().orElseThrow() + 1;
        LineCheck check = new LineCheck(returned.threads(), records);
        setup.reader().read(file, 0, check);
        return new CrashLoss.Found(
                returned.sum(),
                producers(returned)
                        .mapToLong(producer -> check.lost(producer, returned.get(producer)))
                        .sum(),
                check.doubled(),
                check.disordered());
    }

    private static IntStream producers(CallCounts returned) {
        return IntStream.range(0, returned.threads());
    }

    private static boolean holdsFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }
}
