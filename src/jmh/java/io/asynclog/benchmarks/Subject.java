package io.asynclog.benchmarks;

/** A logging engine that writes to a file. Log calls may come from any number of threads, the others from one. */
interface Subject {
    /** Logs {@link OrderLine#MESSAGE} with four arguments that exist already. */
    void log(String user, Integer order, Integer cents, String address);

    /** Returns when everything that was logged is in the file. */
    void drain() throws InterruptedException;

    /**
     * Called before more is logged that was drained; for an engine that can be drained only by stopping a part of it.
     */
    default void resume() {}

    /** Stops the engine, after it was drained. */
    void close() throws InterruptedException;
}
