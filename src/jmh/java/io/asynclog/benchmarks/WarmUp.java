package io.asynclog.benchmarks;

import java.io.IOException;

/**
 * Logs in rounds before anything is measured: the compiler is done with what is called, and heap, buffers and queues have grown
 * to what they need. Everything is drained after each round, so that a queue without a bound stays small.
 */
final class WarmUp {
    /** Each round leaves its lines in the file, and of those there should not be too many. */
    private static final int MOST_ROUNDS = 10;

    private WarmUp() {}

    /** Runs one round at least, and others until all of them took so long. Returns how many there were. */
    static int run(double seconds, Round round) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        int rounds = 0;
        do {
            round.run();
            rounds++;
        } while (rounds < MOST_ROUNDS && System.nanoTime() - begin < seconds * 1e9);
        System.gc(); // what it collects, none of the calls that are measured has made
        return rounds;
    }

    /** Logs some records and waits until they are written. */
    @FunctionalInterface
    interface Round {
        void run() throws IOException, InterruptedException;
    }
}
