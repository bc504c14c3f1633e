package io.asynclog.benchmarks;

import java.io.IOException;

/**
 * One measurement of {@link BackgroundCost}, in a JVM of its own. Says the processor time of all threads but the one
 * that calls, the time that went by, and how many lines are lost or doubled.
 */
public final class BackgroundCostFork {
    /** In a round as fast as it goes. */
    private static final int WARM_UP_RECORDS = 400_000;

    private BackgroundCostFork() {}

    /** Measures. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int rate = Integer.parseInt(args[ForkedSubject.OWN_ARGUMENTS]);
        int calls = Integer.parseInt(args[ForkedSubject.OWN_ARGUMENTS + 1]);
        double warmUpSeconds = Double.parseDouble(args[ForkedSubject.OWN_ARGUMENTS + 2]) / 2;
        ForkedSubject forked = ForkedSubject.start(args);
        Subject subject = forked.subject();
        forked.warmUp(
                warmUpSeconds,
                () -> new Producers(subject, 1, Math.min(calls, WARM_UP_RECORDS), false).run(),
                calls,
                () -> call(subject, false, rate, Math.min(calls, (int) (rate * warmUpSeconds))));

        long ignored = backgroundNanos(); // loads what the measurement needs
        long begin = System.nanoTime();
        long before = backgroundNanos();
        call(subject, true, rate, calls);
        long nanos = backgroundNanos() - before;
        long wallNanos = System.nanoTime() - begin;
        subject.drain();
        LineCheck check = forked.check(1, calls);
        Fork.report(nanos, wallNanos, check.lost() + check.doubled());
    }

    /** Calls in this thread. */
    private static void call(Subject subject, boolean measured, int rate, int calls) {
        new PacedProducer(subject, OrderLine.user(measured, 0), System.nanoTime(), rate, calls).run();
    }

    private static long backgroundNanos() throws IOException {
        return ProcessCosts.threadNanos("") - ProcessCosts.ownThreadNanos();
    }
}
