package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Looks, in a JVM of its own, for the records that were acknowledged to a process which was killed. Says how many there
 * are, how many of them are missing, and how many records are there once more, acknowledged or not.
 */
public final class AcknowledgedLoggingCheck {
    private AcknowledgedLoggingCheck() {}

    /** Checks. */
    public static void main(String[] args) throws IOException {
        Found found = find(Contender.named(args[0]), Path.of(args[1]));
        Fork.report(found.acknowledged, found.missing, found.doubled);
    }

    static Found find(Contender contender, Path folder) throws IOException {
        CallCounts counts = CallCounts.read(folder);
        BitSet[] found = new BitSet[counts.threads()];
        Arrays.setAll(found, thread -> new BitSet());
        long[] doubled = {0};
        contender.reader().read(folder, line -> {
            String id = JournalLine.measuredId(line);
            if (!id.isEmpty()) {
                int dot = id.indexOf('.');
                BitSet numbers = found[Integer.parseInt(id.substring(0, dot))];
                int number = Integer.parseInt(id.substring(dot + 1));
                doubled[0] += numbers.get(number) ? 1 : 0;
                numbers.set(number);
            }
        });
        long missing = 0;
        for (int thread = 0; thread < found.length; thread++) {
            int acknowledged = counts.get(thread);
            missing += acknowledged - found[thread].get(0, acknowledged).cardinality();
        }
        return new Found(counts.sum(), missing, doubled[0]);
    }

    /** What the folder shows. */
    record Found(long acknowledged, long missing, long doubled) {}
}
