package io.asynclog.benchmarks;

/** A logging engine that writes to a file. */
interface Subject {
    /** Logs a line of about 143 bytes with three arguments. */
    void log(String phase, String customer, String account);

    /** Waits until what was logged is in the file. */
    void drain() throws InterruptedException;

    /** Stops the engine, with everything written. */
    void stop();
}
