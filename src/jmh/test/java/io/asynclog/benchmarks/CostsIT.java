package io.asynclog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs what measures single costs with a few records. Nothing is said of the costs; but all of it has to work. */
class CostsIT {
    @TempDir
    Path folder;

    @Test
    void eachMicroBenchmarkRuns() throws Exception {
        Options options = new OptionsBuilder()
                .include("io.asynclog.benchmarks.micro")
                .param("count", "4")
                .param("kind", "STRING")
                .shouldFailOnError(true)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(20))
                .build();

        assertThat(new Runner(options).run()).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void severalSinksAreMeasuredWithoutLoss() throws Exception {
        SeveralSinks benchmark = new SeveralSinks(
                "rounds=1",
                "records=1000",
                "rates=0,10000",
                "seconds=1",
                "warmup=0",
                "folder=" + folder,
                "results=" + folder.resolve("results"));

        assertThat(benchmark.run(System.out)).isZero();
        assertThat(Results.read(folder.resolve("results").resolve("sinks.csv")).charts())
                .hasSize(3);
    }

    @Test
    void anIdleEngineIsMeasured() throws Exception {
        assertThat(new IdleCost("rounds=1", "seconds=0", "folder=" + folder).run(System.out))
                .isZero();
    }

    @Test
    void everyOutstandingFutureIsCompletedInTheEnd() throws Exception {
        assertThat(new FutureMemory("rounds=1", "futures=1000").run(System.out)).isZero();
    }

    @Test
    void growthIsMeasuredWithoutLossAndWrittenForTheCharts() throws Exception {
        CostGrowth benchmark = new CostGrowth(
                "rounds=1",
                "records=1000",
                "most=1",
                "warmup=0",
                "folder=" + folder,
                "results=" + folder.resolve("results"));

        assertThat(benchmark.run(System.out)).isZero();
        assertThat(Results.read(folder.resolve("results").resolve("growth.csv")).charts())
                .hasSize(4);
    }

    @Test
    void tasksThatWaitAreMeasured() throws Exception {
        WaitingTasks benchmark = new WaitingTasks("rounds=1", "platform=10", "virtual=10", "future=10", "switches=100");

        assertThat(benchmark.run(System.out)).isZero();
    }
}
