package io.asynclog.consumer;

/**
 * The thread of a sink's loop. A platform thread, so that busy virtual threads cannot starve the sinks, and a daemon,
 * so that a hanging sink cannot keep the JVM alive.
 */
public final class SinkThread extends Thread {
    /** Whether the sink has logged through an engine. Only this thread touches it. */
    private boolean logs;

    SinkThread(Runnable loop, String sink) {
        super(loop, "asynclog-" + sink);
        setDaemon(true);
    }

    /**
     * Notes that the sink logs through an engine, be it this one or another. From now on it is spared all records that
     * sinks log: it would otherwise answer its own, or two sinks each other's, those of two engines too, without end.
     * To be called by this thread only.
     */
    public void noteLogging() {
        logs = true;
    }

    boolean logs() {
        return logs;
    }
}
