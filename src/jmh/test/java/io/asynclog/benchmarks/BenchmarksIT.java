package io.asynclog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs each benchmark with a few records. Nothing is said of their speed; but all of them have to arrive. */
class BenchmarksIT {
    @TempDir
    Path folder;

    @Test
    void theThroughputIntoAFileIsMeasuredWithoutLoss() throws Exception {
        FileThroughput benchmark = new FileThroughput(
                "rounds=1",
                "records=1000",
                "producers=2",
                "subjects=asynclog-memory,asynclog-mapped,asynclog-mapped-64mb,log4j2",
                "folder=" + folder);

        assertThat(benchmark.run(System.out)).isZero();
    }

    @Test
    void theLatencyOfACallIsMeasuredWithoutLoss() throws Exception {
        CallerLatency benchmark =
                new CallerLatency("rounds=1", "seconds=1", "warmup=0", "load=2x500", "folder=" + folder);

        assertThat(benchmark.run(System.out)).isZero();
    }

    @Test
    void nothingThatWasAcknowledgedIsMissingAfterTheKill() throws Exception {
        AcknowledgedLogging benchmark =
                new AcknowledgedLogging("rounds=1", "threads=20", "records=5", "folder=" + folder);

        assertThat(benchmark.run(System.out)).isZero();
    }
}
