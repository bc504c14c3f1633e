package io.asynclog.benchmarks;

/** A logging engine that writes to a file. Log calls may come from any number of threads, the others from one. */
interface Subject {
    /** Logs {@link OrderLine#MESSAGE} with four arguments that exist already. */
    void log(String user, Integer order, Integer cents, String address);

    /** Waits until what was logged is in the file, as far as that can be had without stopping; more may be logged after. */
    void drain() throws InterruptedException;

    /** Stops the engine, and returns when everything is in the file. */
    void stop() throws InterruptedException;
}
