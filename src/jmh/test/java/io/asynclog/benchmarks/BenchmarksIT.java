package io.asynclog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs each benchmark with a few records. Nothing is said of their speed; but all of them have to arrive. */
class BenchmarksIT {
    @TempDir
    Path folder;

    @Test
    void theThroughputIntoAFileIsMeasuredWithoutLoss() throws Exception {
        for (String subjects : List.of(
                "producers=1 subjects=limit-format,limit-copy",
                "producers=2 subjects=" + Subjects.names("limit-format", "limit-copy", "noop", "spin"))) {
            String arguments = "rounds=1 records=1000 folder=" + folder + " results=" + folder + " " + subjects;
            FileThroughput benchmark = new FileThroughput(arguments.split(" ", -1));

            assertThat(benchmark.run(System.out)).isNotEmpty().allSatisfy(row -> assertThat(row.faults())
                    .as(row.subject())
                    .isZero());
        }
        Charts.draw(folder, folder.resolve("images"), System.out);
        assertThat(folder.resolve("images/throughput.svg"))
                .content()
                .contains("End to end into a file", "asynclog-memory");
    }

    @Test
    void theLatencyOfACallIsMeasuredWithoutLoss() throws Exception {
        CallerLatency benchmark = new CallerLatency(
                "rounds=1", "seconds=0.1", "warmup=0", "load=2x500", "folder=" + folder, "results=" + folder);

        assertThat(benchmark.run(System.out)).isZero();
    }

    @Test
    void manyThreadsThatLogLittleAreMeasuredWithoutLoss() throws Exception {
        VirtualThreads benchmark =
                new VirtualThreads("rounds=1", "threads=50", "records=5", "folder=" + folder, "results=" + folder);

        assertThat(benchmark.run(System.out)).isZero();
    }

    @Test
    void nothingThatWasAcknowledgedIsMissingAfterTheKill() throws Exception {
        AcknowledgedLogging benchmark =
                new AcknowledgedLogging("rounds=1", "threads=20", "records=5", "folder=" + folder);

        assertThat(benchmark.run(System.out)).isZero();
    }
}
