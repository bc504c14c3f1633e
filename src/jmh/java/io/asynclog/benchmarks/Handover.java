package io.asynclog.benchmarks;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * How long it takes until one processor has what another has just written, with the cache line going to and fro between
 * two threads. Of a virtual machine it says whether its processors are near each other at the moment, on one chip or
 * complex of a chip, or far apart: the host moves them, and everything that several threads write depends on it.
 */
final class Handover {
    private static final int WARM_UP_ATTEMPTS = 100;
    private static final int ATTEMPTS = 9;
    private static final int TURNS = 2_000;

    private final AtomicInteger turn = new AtomicInteger();

    private Handover() {}

    /**
     * Returns nanoseconds, the median of some attempts of less than a millisecond as a rule; 0 of a single processor,
     * on which each turn would take as long as the other thread may run.
     */
    static long measure() throws InterruptedException {
        if (Runtime.getRuntime().availableProcessors() == 1) {
            return 0;
        }
        for (int attempt = 0; attempt < WARM_UP_ATTEMPTS; attempt++) {
            long ignored = new Handover().run();
        }
        long[] sorted = new long[ATTEMPTS];
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            sorted[attempt] = new Handover().run();
        }
        return LongStream.of(sorted).sorted().skip(ATTEMPTS / 2).findFirst().orElseThrow();
    }

    private long run() throws InterruptedException {
        Thread other = new Thread(() -> take(1, TURNS), "handover");
        other.start();
        take(0, 1);
        while (turn.get() == 1) { // until the other is under way
            Thread.onSpinWait();
        }
        long begin = System.nanoTime();
        take(0, TURNS - 1);
        long nanos = System.nanoTime() - begin;
        other.join();
        return nanos / (2 * (TURNS - 1));
    }

    /** Counts on whenever it is this thread's turn. */
    private void take(int own, int times) {
        for (int taken = 0; taken < times; taken++) {
            while ((turn.get() & 1) != own) {
                Thread.onSpinWait();
            }
            turn.incrementAndGet();
        }
    }
}
