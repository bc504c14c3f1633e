package io.asynclog.benchmarks;

import org.HdrHistogram.Histogram;

/**
 * A thread that calls at a fixed rate. Every call has its time in a schedule that does not move: a producer that was
 * held up makes its late calls one after the other until it has caught up, and the time that each of them had to wait
 * for its turn counts too, as it would for the requests of a service. Between calls it reads the clock again and again,
 * since a thread that sleeps is woken too late to keep a schedule of microseconds.
 */
final class PacedProducer implements Runnable {
    static final int LONGEST = 3;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long HIGHEST_NANOS = 100 * NANOS_PER_SECOND;
    private static final int DIGITS = 3;

    /** How long the calls took. */
    final Histogram service = new Histogram(HIGHEST_NANOS, DIGITS);
    /** How long after their time in the schedule the calls returned. */
    final Histogram schedule = new Histogram(HIGHEST_NANOS, DIGITS);
    /** The longest calls: nanoseconds, and when they returned, in nanoseconds since the beginning. */
    final long[] longestNanos = new long[LONGEST];

    final long[] longestAtNanos = new long[LONGEST];

    private final Subject subject;
    private final String user;
    private final long firstNanoTime;
    private final long callsPerSecond;
    private final int calls;
    private ThreadCosts costs = new ThreadCosts(0, 0, 0);

    PacedProducer(Subject subject, String user, long firstNanoTime, long callsPerSecond, int calls) {
        this.subject = subject;
        this.user = user;
        this.firstNanoTime = firstNanoTime;
        this.callsPerSecond = callsPerSecond;
        this.calls = calls;
    }

    /** Returns what the calls cost the thread besides time. */
    ThreadCosts costs() {
        return costs;
    }

    @Override
    public void run() {
        ThreadCosts before = ThreadCosts.ofThisThread();
        for (int call = 0; call < calls; call++) {
            call(call, firstNanoTime + call * NANOS_PER_SECOND / callsPerSecond);
        }
        costs = ThreadCosts.ofThisThread().minus(before);
    }

    /** Not a part of the loop above, so that it is compiled by the time another producer begins. */
    private void call(int number, long due) {
        long begin = System.nanoTime();
        while (begin - due < 0) {
            begin = System.nanoTime();
        }
        OrderLine.log(subject, user, number);
        long end = System.nanoTime();
        service.recordValue(Math.min(HIGHEST_NANOS, end - begin));
        schedule.recordValue(Math.min(HIGHEST_NANOS, end - due));
        if (end - begin > longestNanos[LONGEST - 1]) {
            noteLong(end - begin, end - firstNanoTime);
        }
    }

    /** Keeps the longest first. */
    private void noteLong(long nanos, long atNanos) {
        int place = LONGEST - 1;
        for (; place > 0 && longestNanos[place - 1] < nanos; place--) {
            longestNanos[place] = longestNanos[place - 1];
            longestAtNanos[place] = longestAtNanos[place - 1];
        }
        longestNanos[place] = nanos;
        longestAtNanos[place] = atNanos;
    }
}
