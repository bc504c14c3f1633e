package io.asynclog.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * One measurement of {@link FileThroughput}, in a JVM of its own. Says the figures of {@link FileThroughput.Result}.
 */
public final class FileThroughputFork {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    /** In a round of the warm-up, of the records that are measured. */
    private static final int WARM_UP_PART = 8;

    private FileThroughputFork() {}

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int count = Integer.parseInt(args[ForkedSubject.OWN_ARGUMENTS]);
        int recordsEach = Integer.parseInt(args[ForkedSubject.OWN_ARGUMENTS + 1]);
        double warmUpSeconds = Double.parseDouble(args[ForkedSubject.OWN_ARGUMENTS + 2]);
        ForkedSubject forked = ForkedSubject.start(args);
        Subject subject = forked.subject();
        int warmUpEach = Math.max(1, recordsEach / WARM_UP_PART);
        long records = (long) count * recordsEach;
        forked.warmUp(warmUpSeconds, records, () -> new Producers(subject, count, warmUpEach, false).run());

        Producers producers = new Producers(subject, count, recordsEach, true);
        long beginCpu = SYSTEM.getProcessCpuTime();
        long begin = System.nanoTime();
        producers.run();
        long returned = System.nanoTime();
        subject.drain();
        long end = System.nanoTime();
        long cpuNanos = SYSTEM.getProcessCpuTime() - beginCpu;

        LineCheck check = forked.check(count, recordsEach); // and closes the subject
        long handover = Handover.measure();
        Fork.report(
                returned - begin,
                end - begin,
                cpuNanos,
                producers.allocatedBytes(),
                check.lost(),
                check.doubled(),
                check.disordered(),
                check.faults(),
                check.meanLength(),
                handover);
    }
}
