package io.asynclog.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * Looks, in a JVM of its own, for the records that were acknowledged to a process which was killed. Says how many are
 * missing.
 */
public final class AcknowledgedLoggingCheck {
    private AcknowledgedLoggingCheck() {}

    /** Checks. */
    public static void main(String[] args) throws IOException {
        Fork.report(missing(
                Contender.named(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]), Path.of(args[3])));
    }

    /** Returns how many of the records that are known to be acknowledged are not in the folder. */
    static long missing(Contender contender, int threads, int records, Path folder) throws IOException {
        BitSet found = new BitSet();
        contender.reader().read(folder, line -> {
            String id = JournalLine.measuredId(line);
            if (!id.isEmpty()) {
                int dot = id.indexOf('.');
                int thread = Integer.parseInt(id.substring(0, dot));
                found.set(thread * records + Integer.parseInt(id.substring(dot + 1)));
            }
        });
        long missing = 0;
        try (DataInputStream counts =
                new DataInputStream(Files.newInputStream(AcknowledgedLoggingFork.counts(folder)))) {
            for (int thread = 0; thread < threads; thread++) {
                int first = thread * records;
                int acknowledged = counts.readInt();
                missing += acknowledged - found.get(first, first + acknowledged).cardinality();
            }
        }
        return missing;
    }
}
