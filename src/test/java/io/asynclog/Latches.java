package io.asynclog;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits of tests for each other's threads. */
public final class Latches {
    private Latches() {}

    /** Waits for a latch to open, with a deadline, and without regard to interrupts, which are kept. */
    public static void await(CountDownLatch latch) {
        long deadline = System.nanoTime() + EngineFixture.DEADLINE.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (latch.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        return;
                    }
                    throw new AssertionError("The latch did not open in " + EngineFixture.DEADLINE);
                } catch (InterruptedException meanwhile) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
