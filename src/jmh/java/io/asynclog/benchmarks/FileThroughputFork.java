package io.asynclog.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** One measurement of {@link FileThroughput}, in a JVM of its own. Says the figures of {@link FileThroughput.Result}. */
public final class FileThroughputFork {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private FileThroughputFork() {}

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Setup setup = Subjects.named(args[0]);
        int count = Integer.parseInt(args[1]);
        int recordsEach = Integer.parseInt(args[2]);
        int warmUpEach = Integer.parseInt(args[3]);
        Path file = Path.of(args[4]);
        Subject subject = setup.opener().open(file, Path.of(args[5]));
        new Producers(subject, count, warmUpEach, false).run();
        subject.drain();
        subject.resume();

        Producers producers = new Producers(subject, count, recordsEach, true);
        long beginCpu = SYSTEM.getProcessCpuTime();
        long begin = System.nanoTime();
        producers.run();
        long returned = System.nanoTime();
        subject.drain();
        long end = System.nanoTime();
        long cpuNanos = SYSTEM.getProcessCpuTime() - beginCpu;
        subject.close();

        LineCheck check = new LineCheck(count, recordsEach);
        setup.reader().read(file, check);
        Fork.report(
                returned - begin,
                end - begin,
                cpuNanos,
                producers.allocatedBytes(),
                check.lost(),
                check.doubled(),
                check.disordered(),
                check.meanLength());
    }
}
