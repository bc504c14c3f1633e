package io.asynclog.benchmarks;

import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Logs in rounds before anything is measured: the compiler is done with what is called, and heap, buffers and queues
 * have grown to what they need. Everything is drained after each round, so that a queue without a bound stays small.
 */
final class WarmUp {
    /** But for the last. Each round leaves its lines in the file, and of those there should not be too many. */
    private static final int MOST_ROUNDS = 10;

    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();
    private static final long LOOK_MILLIS = 40;
    /** A compilation counts only when it is done, and a long method takes the second compiler a while. */
    private static final int QUIET_LOOKS = 5;

    private static final int MOST_LOOKS = 50;

    private final double seconds;
    private int rounds;

    /** Prepares a warm-up that takes so many seconds, or hardly more than two rounds where they are 0. */
    WarmUp(double seconds) {
        this.seconds = seconds;
    }

    /** Runs rounds until all of them took so long, and one more while the pages are held. */
    void run(Pages pages, Round round) throws IOException, InterruptedException {
        run(round);
        runLast(pages, round);
    }

    /** Runs rounds until all of them took so long, one at least. */
    void run(Round round) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        do {
            round.run();
            settle();
        } while (rounds < MOST_ROUNDS && System.nanoTime() - begin < seconds * 1e9);
    }

    /** Runs the last round, while the pages are held that what is measured directly after it takes. */
    void runLast(Pages pages, Round round) throws IOException, InterruptedException {
        pages.holdDuring(() -> runLast(round));
    }

    /** Runs the last round, whose own pages are those that what is measured directly after it takes. */
    void runLast(Round round) throws IOException, InterruptedException {
        round.run();
        settle();
        System.gc(); // what it collects, none of the calls that are measured has made
    }

    private void settle() throws InterruptedException {
        rounds++;
        if (seconds > 0) {
            awaitCompiler();
        }
    }

    /** Returns how many rounds there were. */
    int rounds() {
        return rounds;
    }

    /**
     * Waits until the compiler has come to rest, two seconds at most: a fast subject is done with its rounds before the
     * compiler is with the first of them, and what is compiled then takes the processors from what is measured.
     */
    private static void awaitCompiler() throws InterruptedException {
        long last = COMPILER.getTotalCompilationTime();
        int quiet = 0;
        for (int look = 0; look < MOST_LOOKS && quiet < QUIET_LOOKS; look++) {
            Thread.sleep(LOOK_MILLIS);
            long now = COMPILER.getTotalCompilationTime();
            quiet = now == last ? quiet + 1 : 0;
            last = now;
        }
    }

    /** Logs some records and waits until they are written. */
    @FunctionalInterface
    interface Round {
        void run() throws IOException, InterruptedException;
    }
}
