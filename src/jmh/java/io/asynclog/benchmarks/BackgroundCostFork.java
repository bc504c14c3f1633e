package io.asynclog.benchmarks;

import java.io.IOException;

/**
 * One measurement of {@link BackgroundCost}, in a JVM of its own. Says the processor time of all threads but the one
 * that calls and the compiler's, of the compiler, and of the garbage collector; the time that went by; and how many
 * lines are lost, doubled or out of order.
 */
public final class BackgroundCostFork {
    /**
     * In a round as fast as it goes, whatever the rate is: were they fewer at a low one, what is measured there would
     * be code that is hardly compiled.
     */
    static final int WARM_UP_RECORDS = 400_000;

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
                () -> new Producers(subject, 1, WARM_UP_RECORDS, false).run(),
                calls,
                () -> call(subject, false, rate, (int) (rate * warmUpSeconds)));

        Used ignored = Used.now(); // loads what the measurement needs
        long begin = System.nanoTime();
        Used before = Used.now();
        call(subject, true, rate, calls);
        Used used = Used.now().minus(before);
        long wallNanos = System.nanoTime() - begin;
        subject.drain();
        LineCheck check = forked.check(1, calls);
        Fork.report(
                Math.max(0, used.backgroundNanos), // the caller goes on while it asks, and may seem to be all there is
                used.compilerNanos,
                used.collectorNanos,
                wallNanos,
                check.faults());
    }

    /** Calls in this thread. */
    private static void call(Subject subject, boolean measured, int rate, int calls) {
        new PacedProducer(subject, OrderLine.user(measured, 0), System.nanoTime(), rate, calls).run();
    }

    /** Processor time so far, where that of the collector is a part of the background, that of the compiler is not. */
    private record Used(long backgroundNanos, long compilerNanos, long collectorNanos) {
        static Used now() throws IOException {
            long compiler = ProcessCosts.compilerNanos();
            long background = ProcessCosts.threadNanos("") - compiler - ProcessCosts.ownThreadNanos();
            return new Used(background, compiler, ProcessCosts.collectorNanos());
        }

        Used minus(Used earlier) {
            return new Used(
                    backgroundNanos - earlier.backgroundNanos,
                    compilerNanos - earlier.compilerNanos,
                    collectorNanos - earlier.collectorNanos);
        }
    }
}
