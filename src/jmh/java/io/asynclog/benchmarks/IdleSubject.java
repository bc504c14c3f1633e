package io.asynclog.benchmarks;

/** Logs nothing. It shows what the measurement itself and the machine do, below which no engine can be seen. */
final class IdleSubject implements Subject {
    private static final long SPIN_NANOS = 100;

    private final long nanos;

    private IdleSubject(long nanos) {
        this.nanos = nanos;
    }

    static Setup noop() {
        return setup("noop", "does nothing", 0);
    }

    /** So that the machine takes the processor away within as many calls. */
    static Setup spin() {
        return setup("spin", "looks at the clock for as long as a call of asynclog takes", SPIN_NANOS);
    }

    private static Setup setup(String name, String description, long nanos) {
        return Setup.of(name, description, (file, buffer) -> new IdleSubject(nanos))
                .withReader((file, from, check) -> check.expectNothing());
    }

    @Override
    public void log(String user, Integer order, Integer cents, String address) {
        if (nanos > 0) {
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < nanos) {
                // looks again
            }
        }
    }

    @Override
    public void drain() {}

    @Override
    public void close() {}
}
