package io.asynclog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs each benchmark with a few records: one of them with every subject, the others with some of each kind. Nothing is
 * said of their speed; but all of them have to arrive.
 */
class BenchmarksIT {
    @TempDir
    Path folder;

    @Test
    void theThroughputOfEverySubjectIntoAFileIsMeasuredWithoutLoss() throws Exception {
        FileThroughput limits = new FileThroughput(
                arguments("records=1000", "warmup=0", "producers=1", "subjects=limit-format,limit-copy"));
        FileThroughput loggers = new FileThroughput(arguments(
                "records=1000",
                "warmup=0",
                "producers=2",
                "subjects=" + Subjects.names("limit-format", "limit-copy", "noop", "spin")));

        assertThat(limits.run(System.out)).isZero();
        assertThat(loggers.run(System.out)).isZero();
    }

    @Test
    void theLatencyOfACallIsMeasuredWithoutLoss() throws Exception {
        CallerLatency benchmark = new CallerLatency(arguments(
                "seconds=0.1", "warmup=0", "load=2x500", "subjects=noop,asynclog-memory,log4j2-best,chronicle"));

        assertThat(benchmark.run(System.out)).isZero();
    }

    @Test
    void whatLoggingTakesBesideTheCallerIsMeasuredWithoutLoss() throws Exception {
        BackgroundCost benchmark = new BackgroundCost(
                arguments("seconds=0.1", "warmup=0", "rates=100,500", "subjects=noop,asynclog-mapped,logback-async"));

        assertThat(benchmark.run(System.out)).isZero();
    }

    @Test
    void manyThreadsThatLogLittleAreMeasuredWithoutLoss() throws Exception {
        VirtualThreads benchmark = new VirtualThreads(arguments(
                "threads=50", "records=5", "warmup=0", "subjects=asynclog-memory,logback-async,reference-flow"));

        assertThat(benchmark.run(System.out)).isZero();
    }

    @Test
    void nothingThatWasAcknowledgedIsMissingAfterTheKill() throws Exception {
        AcknowledgedLogging benchmark = new AcknowledgedLogging(arguments("threads=20", "records=5", "warmup=0"));

        assertThat(benchmark.run(System.out)).isZero();
    }

    @Test
    void whatAKillCostsIsMeasuredAndSubjectsThatAreToLoseNothingLoseNothing() throws Exception {
        CrashLoss benchmark = new CrashLoss(arguments(
                "records=1000",
                "warmup=0",
                "producers=2",
                "subjects=asynclog-mapped,log4j2-best,logback-sync,chronicle"));

        assertThat(benchmark.run(System.out)).isZero();
    }

    @Test
    void aReportHasTheTablesOfItsPartsAndWhatTheirChartsAreDrawnFrom() throws Exception {
        Report report = new Report(arguments(
                "parts=throughput,futures",
                "throughput.records=1000",
                "throughput.warmup=0",
                "throughput.producers=1",
                "throughput.subjects=asynclog-memory",
                "futures.futures=1000"));

        assertThat(report.run(System.out)).isZero();

        String java = "java-" + Runtime.version().feature();
        Charts.draw(folder, folder.resolve("images"), System.out);
        assertThat(folder.resolve(java).resolve("report.md"))
                .content()
                .contains(
                        "`parts=throughput,futures throughput.records=1000 ",
                        "## End to end into a file",
                        "| 1 | asynclog-memory |",
                        "## Outstanding futures",
                        "| 1,000 |");
        assertThat(folder.resolve("images").resolve(java).resolve("throughput.svg"))
                .content()
                .contains(
                        "End to end into a file",
                        "asynclog-memory",
                        Runtime.version().toString());
    }

    private String[] arguments(String... own) {
        String[] all = new String[own.length + 3];
        System.arraycopy(own, 0, all, 0, own.length);
        all[own.length] = "rounds=1";
        all[own.length + 1] = "folder=" + folder;
        all[own.length + 2] = "results=" + folder;
        return all;
    }
}
