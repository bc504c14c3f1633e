package io.asynclog.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * One measurement of {@link CallerLatency}, in a JVM of its own. Says the percentiles of the calls' durations, then
 * those by schedule, what the calls cost their threads, how often the JVM stopped and for how long at most, the longest
 * calls with their times, and how many lines are lost, doubled or out of order.
 */
public final class CallerLatencyFork {
    private static final long START_DELAY_NANOS = 100_000_000;
    /** In a round as fast as it goes, by all producers. */
    private static final int WARM_UP_RECORDS = 400_000;

    private CallerLatencyFork() {}

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int producers = Integer.parseInt(args[ForkedSubject.OWN_ARGUMENTS]);
        long callsPerSecond = Long.parseLong(args[ForkedSubject.OWN_ARGUMENTS + 1]);
        int calls = Integer.parseInt(args[ForkedSubject.OWN_ARGUMENTS + 2]);
        double warmUpSeconds = Double.parseDouble(args[ForkedSubject.OWN_ARGUMENTS + 3]) / 2;
        ForkedSubject forked = ForkedSubject.start(args);
        Subject subject = forked.subject();
        int atOnce = Math.min(calls, WARM_UP_RECORDS / producers);
        int paced = Math.min(calls, (int) (callsPerSecond * warmUpSeconds));
        forked.warmUp(
                warmUpSeconds,
                () -> new Producers(subject, producers, atOnce, false).run(),
                (long) producers * calls,
                () -> call(subject, false, producers, callsPerSecond, paced));

        SafepointLog safepoints = SafepointLog.begin(Path.of(args[2]).resolve("safepoints.log"));
        List<PacedProducer> measured = call(subject, true, producers, callsPerSecond, calls);
        long[] stops = safepoints.nanos();
        subject.drain();
        LineCheck check = forked.check(producers, calls);
        report(measured, stops, check.faults());
    }

    private static List<PacedProducer> call(
            Subject subject, boolean measured, int count, long callsPerSecond, int callsEach)
            throws InterruptedException {
        long first = System.nanoTime() + START_DELAY_NANOS;
        List<PacedProducer> producers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long offset = 1_000_000_000 / callsPerSecond * i / count;
            PacedProducer producer =
                    new PacedProducer(subject, OrderLine.user(measured, i), first + offset, callsPerSecond, callsEach);
            Thread thread = new Thread(producer, "caller-" + i);
            producers.add(producer);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        return producers;
    }

    private static void report(List<PacedProducer> producers, long[] stops, long faults) {
        Histogram service = producers.get(0).service.copy();
        Histogram schedule = producers.get(0).schedule.copy();
        ThreadCosts costs = producers.get(0).costs();
        for (PacedProducer producer : producers.subList(1, producers.size())) {
            service.add(producer.service);
            schedule.add(producer.schedule);
            costs = costs.plus(producer.costs());
        }
        LongStream latencies = Stream.of(service, schedule)
                .flatMapToLong(
                        histogram -> CallerLatency.PERCENTILES.stream().mapToLong(histogram::getValueAtPercentile));
        LongStream rest = LongStream.concat(
                LongStream.of(
                        costs.pageFaults(),
                        costs.blocked(),
                        costs.preempted(),
                        stops.length,
                        LongStream.of(stops).max().orElse(0)),
                longest(producers));
        Fork.report(LongStream.concat(LongStream.concat(latencies, rest), LongStream.of(faults))
                .toArray());
    }

    private static LongStream longest(List<PacedProducer> producers) {
        return producers.stream()
                .flatMap(producer -> Stream.iterate(0, i -> i + 1)
                        .limit(PacedProducer.LONGEST)
                        .map(i -> new long[] {producer.longestNanos[i], producer.longestAtNanos[i]}))
                .sorted(Comparator.comparingLong(call -> -call[0]))
                .limit(PacedProducer.LONGEST)
                .flatMapToLong(LongStream::of);
    }
}
